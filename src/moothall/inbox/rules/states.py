"""The states of what came in, what may follow what, and how long it is kept. Plain Python."""

import datetime as dt

from moothall.core import channels

CHANNELS = channels.some("email", "post", "fax", "sms")
STATES = {
    "received": "Stored, not read yet",
    "waiting": "Waits for somebody",
    "doubtful": "Put aside: there are doubts",
    "done": "Dealt with",
}
OUTCOMES = {
    "opened": "A request was made of it",
    "added": "Added to a case",
    "answered": "Answered",
    "passed-on": "Told whom to turn to",
    "nothing": "Nothing to do",
    "automatic": "Written by a machine",
    "unwanted": "Unwanted",
}
SCANS = {".pdf": "application/pdf", ".tif": "image/tiff", ".tiff": "image/tiff", ".jpg": "image/jpeg",
         ".jpeg": "image/jpeg", ".png": "image/png"}  # fmt: skip
"""The media types of scans, by how their files' names end."""

CLOSING = ("passed-on", "nothing", "unwanted")
"""Outcomes that an adviser gives without anything else following."""

FOLLOWS = {
    "received": ("waiting", "doubtful", "done"),
    "waiting": ("done",),
    "doubtful": ("waiting", "done"),
    "done": ("waiting",),
}
FINAL = ("opened", "added")
"""Outcomes that cannot be taken back here: its words are the case's now."""

KEEP_DEALT_WITH = dt.timedelta(days=90)
KEEP_UNWANTED = dt.timedelta(days=30)
KEEP_WAITING = dt.timedelta(days=2 * 365)
"""How long the words and papers stay here: what became part of a case is kept there as long as the case is."""


def may_follow(state: str, new: str, outcome: str = "") -> bool:
    """Return whether what came in may go from one state to another.

    >>> may_follow("waiting", "done"), may_follow("done", "waiting", "opened")
    (True, False)
    """
    return new in FOLLOWS[state] and outcome not in FINAL


def kept_until(state: str, outcome: str, at: dt.datetime, ended_at: dt.datetime | None) -> dt.datetime:
    """Return until when its words are kept. `at` is when it came."""
    if state != "done" or ended_at is None:
        return at + KEEP_WAITING
    return ended_at + (KEEP_UNWANTED if outcome in ("unwanted", "automatic") else KEEP_DEALT_WITH)


def scan_kind(name: str) -> str:
    """Return the media type of a scan by its file's name; what it really is, is looked at when it is read.

    >>> scan_kind("Page 1.TIF"), scan_kind("page")
    ('image/tiff', 'application/octet-stream')
    """
    return next((kind for end, kind in SCANS.items() if name.lower().endswith(end)), "application/octet-stream")
