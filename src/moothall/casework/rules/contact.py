"""The contact a case was opened with, and the digests by which it is tracked without an account."""

import hashlib
import hmac
import re

PARTS = ("email", "phone", "postcode", "name", "language", "format")


def normalised(kind: str, value: str) -> str:
    """Return an e-mail address, phone number or postcode in the one form that digests are made of.

    >>> normalised("postcode", "zm1 2ab"), normalised("email", " Ann@Example.ORG ")
    ('ZM12AB', 'ann@example.org')
    """
    if kind == "email":
        return value.strip().lower()
    return re.sub(r"[^0-9A-Za-z+]", "", value).upper()


def digest(secret: str, kind: str, value: str) -> bytes:
    """Return the keyed digest of a contact value (HMAC SHA-256): it finds a case and does not tell the value."""
    return hmac.digest(secret.encode(), f"{kind}:{normalised(kind, value)}".encode(), hashlib.sha256)


def may_write(contact: dict) -> bool:
    """Return whether somebody who asked for urgent help said that it is safe to write to them. Silence is no.

    >>> may_write({"email": "ann@example.org"}), may_write({"email": "ann@example.org", "safe": "write"})
    (False, True)
    """
    return contact.get("safe") == "write"


def digests(secret: str, contact: dict, *, urgent: bool = False) -> list[bytes]:
    """Return the digests under which a contact can track its case: by e-mail address, phone number and postcode.

    An urgent referral is tracked by nobody, unless it is safe to write; and never by a postcode, which many know.
    """
    kinds = ("email", "phone", "postcode")
    if urgent:
        kinds = kinds[:2] if may_write(contact) else ()
    return [digest(secret, kind, contact[kind]) for kind in kinds if contact.get(kind)]
