"""Where mail for a body is sent: <body>@ the domain that is ours, and <body>+fax@ for a fax gateway. Plain Python.

Source: RFC 5233 (a part of an address after "+" says what it is about).
"""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


def addressed(address: str, domain: str) -> tuple[str, str] | None:
    """Return (the body's slug, the channel) that an address means, or None for an address that is none of ours.

    >>> addressed("<Ashby+Fax@in.example>", "in.example"), addressed("ashby@elsewhere.example", "in.example")
    (('ashby', 'fax'), None)
    """
    name, _, host = address.strip("<> ").lower().rpartition("@")
    slug, _, detail = name.partition("+")
    if not domain or host != domain or not slug or detail not in ("", "fax"):
        return None
    return slug, "fax" if detail else "email"


class NotAMailbox(ValueError):
    """A mailbox's address is not imaps://user:password@host/folder."""


@dataclass(frozen=True)
class Mailbox:
    """A mailbox that is polled."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    secret: bool


def mailbox(address: str) -> Mailbox:
    """Return a mailbox by its address; a folder that is not named is INBOX. Raises NotAMailbox.

    Without encryption a password is sent to our own machine only.

    >>> mailbox("imaps://help%40ashby.example:secret@mail.example/INBOX").user
    'help@ashby.example'
    """
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        raise NotAMailbox("its port is no number") from None
    if not (parts.hostname and parts.username and parts.password):
        raise NotAMailbox("write it as imaps://user:password@host/folder")
    near = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "imaps" and not (parts.scheme == "imap" and near):
        raise NotAMailbox("use imaps: without encryption anybody on the way reads the password")
    secret = parts.scheme == "imaps"
    return Mailbox(
        host=parts.hostname,
        port=port or (993 if secret else 143),
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        secret=secret,
    )
