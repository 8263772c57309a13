"""Read one e-mail, however hostile: never fails, and never takes more than its bounds. Plain Python.

Source: RFC 5322 (headers), RFC 2045 to 2047 (parts and encoded words).
"""

import email
import hashlib
import re
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from moothall.inbox.rules import doubts
from moothall.inbox.rules.automatic import NotDelivered, kind_of, not_delivered
from moothall.inbox.rules.words import from_html, line, plain, unquoted

MEGABYTE = 1_000_000
LARGEST = 25 * MEGABYTE
"""Bytes of a letter that are taken; larger ones are refused at the door, with a sentence that says so."""
MOST_PARTS = 100
MOST_FILES = 20
MOST_HEADERS = 500_000
"""Bytes in which a letter's headers must end."""
TRACE = ("received", "return-path", "delivered-to", "authentication-results", "x-", "arc-", "dkim-")


@dataclass(frozen=True)
class Enclosed:
    """A file that came with a letter: what its sender called it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A letter as read. `text` is what was written now, `quoted` what it answers; `answers` are Message-IDs."""

    sender: str = ""
    name: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    message_id: str = ""
    answers: tuple[str, ...] = ()
    files: tuple[Enclosed, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    automatic: str = ""
    signs: list[str] = field(default_factory=list)
    checked: dict[str, str] = field(default_factory=dict)
    not_delivered: NotDelivered | None = None


def key_of(raw: bytes) -> str:
    """Return what tells a letter from every other, the same however often and by whatever way it was handed over.

    Mail servers add their own lines at the top; who wrote what to whom and when stays as it is.
    """
    head, gap, body = _halves(raw)
    kept, keep = [], True
    for row in head.split(b"\n"):
        if row[:1] not in (b" ", b"\t"):
            keep = not row.lower().startswith(tuple(name.encode() for name in TRACE))
        if keep:
            kept.append(row.strip())
    return hashlib.sha256(b"\n".join(kept) + gap + body.replace(b"\r\n", b"\n")).hexdigest()


def read(raw: bytes, *, our_server: str = "", own_domain: str = "") -> Mail:
    """Return what a letter says. `our_server` names the mail server whose findings are believed, `own_domain` ours."""
    message, whole = _parsed(raw)
    sender, name = _address(message, "From")
    subject = line(_header(message, "Subject"))
    found = _Content()
    if whole:
        found.gather(message)
    else:
        found.left_out.append(("All that was enclosed", "The letter is made of too many parts to be opened safely."))
    text, quoted = unquoted(plain("\n\n".join(found.texts) or from_html("\n".join(found.pages))[0]))
    links = [link for page in found.pages for link in from_html(page)[1]]
    checked = doubts.results(message.get_all("Authentication-Results") or [], ours=our_server)
    headers = {key.lower(): str(value)[:1000] for key, value in reversed(message.items())}
    hops = len(message.get_all("Received") or ())
    kind = kind_of(headers, sender=sender, hops=hops, content_type=headers.get("content-type", ""))
    names = [file.name for file in found.files] + [name for name, _ in found.left_out]
    reply_to, _ = _address(message, "Reply-To")
    signs = doubts.signs(
        sender=sender, name=name, reply_to=reply_to, found=checked, links=links, files=names, own_domain=own_domain
    )
    return Mail(
        sender=sender,
        name=name,
        subject=subject,
        text=text,
        quoted=quoted,
        message_id=(message_ids(_header(message, "Message-ID")) or ("",))[0],
        answers=message_ids(f"{_header(message, 'In-Reply-To')} {_header(message, 'References')}"),
        files=tuple(found.files),
        left_out=tuple(found.left_out),
        automatic=kind,
        signs=signs,
        checked=checked,
        not_delivered=not_delivered(found.report, found.original) if kind == "bounce" else None,
    )


def message_ids(text: str) -> tuple[str, ...]:
    """Return the Message-IDs in a header, each once, at most twenty.

    >>> message_ids("<a@example.org>\\n <b@example.org> <a@example.org> junk")
    ('<a@example.org>', '<b@example.org>')
    """
    return tuple(dict.fromkeys(re.findall(r"<[^<>\s@]{1,200}@[^<>\s@]{1,200}>", text[:20_000])))[:20]


def _halves(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """Return (headers, the gap, the rest); a letter whose headers never end is all headers up to their bound."""
    found = re.search(rb"\r?\n\r?\n", raw[:MOST_HEADERS])
    if found is None:
        return raw[:MOST_HEADERS], b"", raw[MOST_HEADERS:]
    return raw[: found.start()], b"\n\n", raw[found.end() :]


def _parsed(raw: bytes) -> tuple[Message, bool]:
    """Return a letter taken apart, and whether it could be as a whole: else its headers alone."""
    raw = raw[:LARGEST]
    head = _halves(raw)[0]
    if len(re.findall(rb"boundary\s*\*?\d?\*?=|message/(?:rfc822|global)", raw, re.I)) <= MOST_PARTS:
        try:
            return email.message_from_bytes(raw), True
        except (RecursionError, ValueError, LookupError, TypeError, AttributeError, HeaderParseError):
            pass
    try:
        return email.message_from_bytes(head + b"\n\n"), False
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, HeaderParseError):
        return Message(), False


def _header(message: Message, name: str) -> str:
    """Return the first header of a name in plain text; what cannot be decoded is shown as it stands."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        return str(make_header(decode_header(value)))[:20_000]
    except (LookupError, ValueError, HeaderParseError, TypeError, AttributeError):
        return str(value).encode("ascii", "replace").decode()[:20_000]


def _address(message: Message, name: str) -> tuple[str, str]:
    """Return (address in small letters, name) of the first sender that a header names; empty where it names none."""
    written = re.sub(r"[\r\n]+", " ", _header(message, name))[:1000]
    try:
        said, address = parseaddr(written)
    except (ValueError, IndexError, RecursionError):
        said, address = "", ""
    address = plain(address).lower()
    if not re.fullmatch(r"[^\s@<>\"(),;:\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?", address):
        return "", line(said or written, 100)
    return address, line(said, 100)


class _Content:
    """The parts of a letter, sorted: what it says, what came with it, what was left out and why."""

    def __init__(self):
        self.texts: list[str] = []
        self.pages: list[str] = []
        self.files: list[Enclosed] = []
        self.left_out: list[tuple[str, str]] = []
        self.report = self.original = ""

    def gather(self, message: Message) -> None:
        """Sort every part of a letter."""
        for number, part in enumerate(message.walk()):
            if number > MOST_PARTS:
                self.left_out.append(("The rest", "The letter has more parts than we open."))
                return
            self._sort(part)

    def _sort(self, part: Message) -> None:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            self.report = "\n".join(str(sub)[:5000] for sub in part.get_payload()[:20] if isinstance(sub, Message))
        elif kind == "text/rfc822-headers":
            self.original = _text(part)[:20_000]
        elif kind == "message/rfc822" and isinstance(part.get_payload(), list) and part.get_payload():
            self.original = "\n".join(f"{k}: {v}" for k, v in part.get_payload()[0].items())[:20_000]
        if part.is_multipart():
            return
        name = _name(part)
        if kind in ("text/plain", "text/html") and not name and part.get_content_disposition() != "attachment":
            (self.texts if kind == "text/plain" else self.pages).append(_text(part))
        elif kind not in ("message/delivery-status", "text/rfc822-headers"):
            self._enclose(name or f"file.{kind.rpartition('/')[2][:10]}", part)

    def _enclose(self, name: str, part: Message) -> None:
        content = _bytes(part)
        if len(self.files) >= MOST_FILES:
            self.left_out.append((name, "The letter brings more files than we take from one."))
        elif content:
            self.files.append(Enclosed(name, content))


def _name(part: Message) -> str:
    """Return what a part's sender called it."""
    try:
        name = part.get_filename() or ""
        return line(str(make_header(decode_header(name))), 120)
    except (LookupError, ValueError, HeaderParseError, TypeError, AttributeError):
        return "file"


def _bytes(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    """Return a part's words; in the character set that it names, if that is one."""
    content = _bytes(part)
    charset = part.get_content_charset() or "utf-8"
    try:
        return content.decode(charset, "replace")
    except (LookupError, ValueError, UnicodeError):
        return content.decode("utf-8", "replace")
