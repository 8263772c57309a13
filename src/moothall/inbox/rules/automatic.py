"""Whether a person wrote, or a machine; and whether to say that it came. Plain Python.

Source: RFC 3834 (automatic responses), sections 2 and 5; RFC 3464 (what a mail server says of a letter that did not
arrive); RFC 2919 (lists).
"""

import re
from dataclasses import dataclass

SEEN_ONLY_ONCE = 3
"""Acknowledgements that one sender is sent in a day, whatever they write."""
HOPS = 50
"""Mail servers that a letter has passed; more is a letter going round (RFC 5321, 6.3 has a server stop at 100)."""
MACHINES = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|auto-?reply|notifications?)\b", re.I
)

KINDS = {
    "bounce": "A mail server says that a letter of ours did not arrive",
    "auto-reply": "An answering machine wrote this: somebody is away, or a system says that ours came",
    "list": "This went to a list of people, not to us alone",
    "machine": "The sender's address takes no answers",
    "loop": "This letter has gone round between machines",
}
"""What tells each kind of letter that no person wrote to us alone, in words."""


def kind_of(headers: dict[str, str], *, sender: str, hops: int, content_type: str = "") -> str:
    """Return which of KINDS a letter is, or "" when a person wrote it. `headers` by lower-case name, first of each.

    >>> kind_of({"auto-submitted": "auto-replied"}, sender="ann@example.org", hops=3)
    'auto-reply'
    >>> kind_of({"auto-submitted": "no"}, sender="ann@example.org", hops=3)
    ''
    """
    if hops > HOPS:
        return "loop"
    report = re.search(r"report-type\s*=\s*\"?delivery-status", content_type, re.I)
    if report or (headers.get("return-path", "").strip() == "<>" and MACHINES.match(sender)):
        return "bounce"
    submitted = headers.get("auto-submitted", "no").split(";")[0].strip().lower()
    precedence = headers.get("precedence", "").strip().lower()
    if submitted != "no" or precedence == "auto_reply" or headers.keys() & {"x-autoreply", "x-autorespond"}:
        return "auto-reply"
    if headers.get("return-path", "").strip() == "<>":
        return "auto-reply"
    if precedence in ("bulk", "list", "junk") or headers.keys() & {"list-id", "list-unsubscribe"}:
        return "list"
    return "machine" if MACHINES.match(sender) else ""


@dataclass(frozen=True)
class Silence:
    """Why no acknowledgement goes out."""

    because: str


def silent(*, automatic: str, doubtful: bool, sender: str, own: bool, threaded: bool, today: int) -> Silence | None:
    """Return why a letter is not acknowledged, or None when it is.

    `own` says that the sender's address is one of ours, `threaded` that the thread had its acknowledgement or an
    answer, `today` how many the sender was sent within a day.

    >>> silent(automatic="", doubtful=False, sender="ann@example.org", own=False, threaded=False, today=0)
    >>> silent(automatic="list", doubtful=False, sender="a@example.org", own=False, threaded=False, today=0).because
    'This went to a list of people, not to us alone.'
    """
    if automatic:
        return Silence(f"{KINDS[automatic]}.")
    if doubtful:
        return Silence("There are doubts about it: an answer would tell a stranger that somebody reads here.")
    if not sender or own:
        return Silence("There is no address of another to write to.")
    if threaded:
        return Silence("We have written in this conversation already.")
    if today >= SEEN_ONLY_ONCE:
        return Silence(f"The sender was told {today} times today.")
    return None


@dataclass(frozen=True)
class NotDelivered:
    """What a mail server says of a letter of ours: its Message-ID, and the status (RFC 3463), such as 5.1.1."""

    message_id: str
    status: str

    @property
    def final(self) -> bool:
        """Return whether trying again would not help: a status of class 5."""
        return self.status.startswith("5")


def not_delivered(report: str, original: str) -> NotDelivered | None:
    """Return what a delivery report says, of its machine-readable part and the headers of the letter it returns.

    >>> not_delivered("Action: failed\\nStatus: 5.1.1", "Message-ID: <a@example.org>")
    NotDelivered(message_id='<a@example.org>', status='5.1.1')
    """
    action = re.search(r"^Action:\s*(\w+)", report, re.I | re.M)
    status = re.search(r"^Status:\s*([245]\.\d{1,3}\.\d{1,3})", report, re.I | re.M)
    written = re.search(r"^Message-ID:\s*(<[^<>\s]{1,250}>)", original, re.I | re.M)
    if not (action and status and written) or action[1].lower() != "failed":
        return None
    return NotDelivered(written[1], status[1])
