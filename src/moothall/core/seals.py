"""
What exactly is hashed and signed in the audit trail, so that anyone can do the same sums.

An entry commits to its payload by sha256(salt || payload); the payload can be erased and the entry still stands.
A leaf of the tree is the JSON array of an entry's columns. A head is the JSON object of a tree's size and root, the
hash of the head before it, and when it was made; heads are signed with Ed25519 (RFC 8032).
Plain Python: the stand-alone verifier reads this file and no framework.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from moothall.core.merkle import leaf_hash, root_from_path

NO_HEAD = bytes(32)  # stands before the first head of a body
RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def commitment(salt: bytes, payload: str) -> bytes:
    """
    Return what an entry says of its payload: it cannot be guessed from the payload's likely values, thanks to the salt.
    """
    return sha256(salt + payload.encode()).digest()


def micros(moment: datetime) -> int:
    """Return microseconds since 1970 UTC, exactly: the form in which moments are hashed."""
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def entry_leaf(columns: Iterable[int | str]) -> bytes:
    """
    Return the leaf's hash of one entry, from its columns in this order: id, body, at and recorded_at in microseconds,
    actor, purpose, action, object, commitment in hexadecimal.
    """
    return leaf_hash(json.dumps(list(columns), ensure_ascii=False, separators=(",", ":")).encode())


@dataclass(frozen=True, slots=True)
class Head:
    """The signed end of one body's trail: `size` entries, and what they hash to."""

    body_id: int
    number: int
    size: int
    root: bytes
    previous: bytes
    at: int
    key: str = ""
    signature: bytes = b""

    def message(self) -> bytes:
        """Return the bytes that are signed."""
        said = {"at": self.at, "body": self.body_id, "number": self.number, "previous": self.previous.hex()}
        said |= {"root": self.root.hex(), "size": self.size}
        return json.dumps(said, separators=(",", ":"), sort_keys=True).encode()

    @property
    def when(self) -> datetime:
        """Return the moment it was made."""
        return datetime.fromtimestamp(self.at / 1_000_000, UTC)

    def hash(self) -> bytes:
        """Return the hash that the next head repeats."""
        return sha256(self.message()).digest()

    def as_json(self) -> str:
        """Return the head and its signature on one line, as kept by witnesses."""
        signed = {"key": self.key, "signature": self.signature.hex(), "hash": self.hash().hex()}
        return json.dumps(json.loads(self.message()) | signed, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> "Head":
        """Read a line written by `as_json`. Raises ValueError or KeyError if it is not one."""
        said = json.loads(line)
        return cls(
            body_id=said["body"],
            number=said["number"],
            size=said["size"],
            root=bytes.fromhex(said["root"]),
            previous=bytes.fromhex(said["previous"]),
            at=said["at"],
            key=said["key"],
            signature=bytes.fromhex(said["signature"]),
        )


class Signer:
    """The key that signs heads, in a file that only its owner may read; made when first needed."""

    def __init__(self, folder: Path):
        self.folder = Path(folder)
        secret = self.folder / "audit.pem"
        if not secret.exists():
            _make_key(self.folder, secret)
        self._key = serialization.load_pem_private_key(secret.read_bytes(), password=None)
        public = self._key.public_key()
        self.key = key_name(public)
        kept = self.folder / f"audit-{self.key}.pub"
        if not kept.exists():  # whoever made the key may have been killed before this
            draft = kept.with_suffix(f".{token_hex(4)}")
            draft.write_text(public.public_bytes(*RAW).hex() + "\n")
            draft.replace(kept)

    def sign(self, head: Head) -> Head:
        """Return the head with this key's signature."""
        signature = self._key.sign(head.message())
        return Head(
            head.body_id, head.number, head.size, head.root, head.previous, head.at, key=self.key, signature=signature
        )


def _make_key(folder: Path, secret: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    draft = folder / f"audit.pem.{token_hex(4)}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(draft, secret)  # of two processes that start together, one key wins
    except FileExistsError:
        return
    finally:
        draft.unlink()


def key_name(key: Ed25519PublicKey) -> str:
    """Return the short name of a public key: the first eight bytes of its hash."""
    return sha256(key.public_bytes(*RAW)).hexdigest()[:16]


def public_keys(folder: Path) -> dict[str, Ed25519PublicKey]:
    """Return the public keys in a folder by name; more than one after a change of keys."""
    keys = {}
    for path in sorted(Path(folder).glob("audit-*.pub")):
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(path.read_text().strip()))
        keys[key_name(key)] = key
    return keys


def is_signed(head: Head, keys: dict[str, Ed25519PublicKey]) -> bool:
    """Return whether one of our keys signed this head as it stands."""
    if head.key not in keys:
        return False
    try:
        keys[head.key].verify(head.signature, head.message())
    except InvalidSignature:
        return False
    return True


def proof_holds(proof: dict, keys: dict[str, Ed25519PublicKey]) -> bool:
    """
    Return whether a proof of inclusion (see `core.audit.prove`) is sound: the entry is a leaf under the head's root,
    the head is signed by one of `keys`, and the payload, where it is still there, is the one that the entry commits to.
    """
    head = Head.from_json(json.dumps(proof["head"]))
    entry = proof["entry"]
    path = [bytes.fromhex(step) for step in proof["path"]]
    if root_from_path(proof["leaf"], head.size, entry_leaf(entry), path) != head.root or entry[1] != head.body_id:
        return False
    payload = proof.get("payload")
    if payload and commitment(bytes.fromhex(payload["salt"]), payload["data"]).hex() != entry[8]:
        return False
    return is_signed(head, keys)
