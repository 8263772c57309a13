"""A contact: how somebody came to us, what about, what became of it, and whether it could have been spared."""

import datetime as dt

OF_THEMSELVES = ("web", "api", "open311")
"""Channels on which people serve themselves: no adviser records these, they are taken in from the requests made."""

KINDS = {
    "request": "Asks for something new",
    "chase": "Asks how it is going",
    "more": "Tells us more about a request",
    "question": "Asks a question",
    "complaint": "Is not content",
    "wrong-place": "Needs somebody else",
}
"""What a contact is about."""

OUTCOMES = {
    "opened": "A request was made",
    "answered": "Answered there and then",
    "passed-on": "Passed to whoever deals with it",
    "call-back": "We ring back",
    "referred": "Told whom to turn to",
    "nothing": "Nothing to do",
}
"""What became of it."""

REPEAT_DAYS = 7
"""Within how many days a second contact about the same case is a repeat: this county's own choice."""

AVOIDABLE = {
    "chased-in-time": "They asked how it was going though it was not late: we had not told them well enough",
    "chased-late": "They asked how it was going because it was late",
    "repeat": f"They asked a second time within {REPEAT_DAYS} days",
    "wrong-place": "They came to us and needed somebody else",
}
"""
Why a contact was of no value to whoever made it. The idea is that of National Indicator 14, "avoidable contact: the
proportion of customer contact that is of low or no value to the customer" (Communities and Local Government, 2008).
"""

IDENTITY = {
    "none": "Not asked",
    "known": "Answered questions about what we know",
    "document": "Showed a document",
    "account": "Signed in to their account",
}
"""How sure we are of who it was, least first."""

KEEP_DAYS = 730
"""How long we keep who a contact was from and what was noted: two years, as long as figures are compared."""

KEEP_RUNG_DAYS = 30
"""How long we keep the number of somebody whom we rang back, and what it was about."""


def avoidable(
    kind: str, *, at: dt.datetime, promise_due: dt.datetime | None = None, last_at: dt.datetime | None = None
) -> str:
    """
    Return which of AVOIDABLE a contact was; "" for one of value to who made it.

    `promise_due` is until when their case was promised, `last_at` when they last were in touch about it.
    """
    if kind == "wrong-place":
        return "wrong-place"
    if kind == "chase":
        return "chased-late" if promise_due and at > promise_due else "chased-in-time"
    return "repeat" if kind == "question" and repeats(at=at, last_at=last_at) else ""


def repeats(*, at: dt.datetime, last_at: dt.datetime | None) -> bool:
    """Return whether somebody comes again about the same case within REPEAT_DAYS."""
    return last_at is not None and at - last_at <= dt.timedelta(days=REPEAT_DAYS)


def sure_enough(level: str, needed: str) -> bool:
    """Return whether an identity was checked as far as is needed. Both are keys of IDENTITY."""
    order = list(IDENTITY)
    return order.index(level) >= order.index(needed)
