"""What proves that two submissions are the same, and what an event commits to."""

import hashlib
import json


def canonical(content: object) -> bytes:
    """Return content as bytes that are the same however its keys were ordered."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode()


def content_digest(content: object) -> bytes:
    """Return the SHA-256 of content: the same key with another digest is another submission."""
    return hashlib.sha256(canonical(content)).digest()


def commitment(salt: bytes, content: object) -> str:
    """Return what an event says of a payload: SHA-256 of salt and content, as hex.

    Without the salt, which is erased with the payload, nobody can find the content by trying.
    """
    return hashlib.sha256(salt + canonical(content)).hexdigest()
