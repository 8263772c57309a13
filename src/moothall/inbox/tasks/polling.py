"""A mailbox, polled by IMAP (RFC 9051): a letter is moved out of the way when it is stored, not before."""

import datetime as dt
import imaplib
import re
import ssl
from email.message import EmailMessage

from moothall.core.scope import Scope, scoped
from moothall.inbox import actions
from moothall.inbox.rules import mail
from moothall.inbox.rules.addresses import Mailbox

TAKEN, LARGE = "Moothall", "Moothall-too-large"
AT_ONCE = 100
SECONDS = 30


class MailboxAway(Exception):
    """The mail server did not answer as it should; the text is what it said."""


def take_all(box: Mailbox, scope: Scope, *, at: dt.datetime) -> int:
    """
    Take in what lies in a mailbox, each letter in a transaction of its own, and move it into the folder "Moothall";
    return how many were new. Whoever is stopped in between stores it again next time, and it is the same letter.
    Raises MailboxAway.
    """
    try:
        link = _connect(box)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxAway(type(error).__name__) from None
    try:
        _ask(link.login(box.user, box.password))
        _ask(link.select(_quoted(box.folder)))
        for name in (TAKEN, LARGE):
            link.create(name)  # answers NO where it is there already
        found = _ask(link.uid("SEARCH", "ALL"))[0] or b""
        return sum(_take(link, uid.decode(), scope, at) for uid in found.split()[:AT_ONCE])
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxAway(type(error).__name__) from None
    finally:
        _leave(link)


def _connect(box: Mailbox) -> imaplib.IMAP4:
    if box.secret:
        return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=ssl.create_default_context(), timeout=SECONDS)
    return imaplib.IMAP4(box.host, box.port, timeout=SECONDS)


def _leave(link: imaplib.IMAP4) -> None:
    try:
        link.logout()
    except (OSError, imaplib.IMAP4.error):
        link.shutdown()


def _ask(answer: tuple[str, list]) -> list:
    """Return what a server answered; raise what it refused."""
    if answer[0] != "OK":
        raise MailboxAway(answer[0])
    return answer[1]


def _take(link: imaplib.IMAP4, uid: str, scope: Scope, at: dt.datetime) -> bool:
    """Store one letter, then tell the server."""
    told = _ask(link.uid("FETCH", uid, "(RFC822.SIZE)"))
    size = re.search(rb"RFC822\.SIZE (\d+)", _flat(told))
    large = bool(size and int(size[1]) > mail.LARGEST)
    content = _content(_ask(link.uid("FETCH", uid, "(BODY.PEEK[HEADER])" if large else "(BODY.PEEK[])")))
    if not content:
        return False
    raw = _stays_there(content) if large else content
    with scoped(scope):
        _, new = actions.take_in(
            body_id=scope.bodies[0], channel="email", raw=raw, name="letter.eml", kind=actions.MAIL, at=at,
            by=scope.actor,
        )  # fmt: skip
    _move(link, uid, LARGE if large else TAKEN)
    return new


def _flat(told: list) -> bytes:
    return b" ".join(part if isinstance(part, bytes) else b" ".join(part) for part in told if part)


def _content(told: list) -> bytes:
    """Return the bytes of a letter from an answer to FETCH: they come as the second of a pair."""
    return next((part[1] for part in told if isinstance(part, tuple)), b"")


def _stays_there(head: bytes) -> bytes:
    """Return a letter that stands for one too large to be taken: from whom, about what, and where it is."""
    read, made = mail.read(head), EmailMessage()
    made["From"] = read.sender or "unknown@invalid"
    made["Subject"] = read.subject or "A large letter"
    if read.message_id:
        made["Message-ID"] = read.message_id
    made.set_content(f"This letter is larger than 25 MB. It is in the mailbox, in the folder {LARGE}: read it there.")
    return made.as_bytes()


def _move(link: imaplib.IMAP4, uid: str, folder: str) -> None:
    """Move a letter (RFC 6851); where the server knows no MOVE, copy it and remove it."""
    if "MOVE" in link.capabilities:
        _ask(link.uid("MOVE", uid, folder))
        return
    _ask(link.uid("COPY", uid, folder))
    _ask(link.uid("STORE", uid, "+FLAGS", r"(\Deleted)"))
    _ask(link.uid("EXPUNGE", uid) if "UIDPLUS" in link.capabilities else link.expunge())


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
