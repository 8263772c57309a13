"""Places where people are received: what one can find there, and how long one waits."""

import datetime as dt
import re

LANGUAGES = (
    ("en", "English"), ("cy", "Welsh"), ("bsl", "British Sign Language"), ("pl", "Polish"), ("ro", "Romanian"),
    ("ur", "Urdu"), ("pa", "Punjabi"), ("bn", "Bengali"), ("ar", "Arabic"), ("uk", "Ukrainian"),
)  # fmt: skip
"""Languages in which somebody there can help; "bsl" is British Sign Language. Codes as in BCP 47, but for bsl."""

ACCESS = (
    ("step-free", "No steps from the street to the counter"),
    ("hearing-loop", "Hearing loop"),
    ("toilet", "Accessible toilet"),
    ("changing-place", "Changing Places toilet"),
    ("parking", "Blue Badge parking at the door"),
    ("quiet-room", "Quiet room"),
    ("computer", "A computer to use, with help"),
)
"""What there is for people who need it."""

ENOUGH = 3
"""How many must have been called today before we say how long one waits."""


def slug_of(name: str) -> str:
    """
    Return a name as it stands in an address.

    >>> slug_of("St John's House, Ashby")
    'st-johns-house-ashby'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "").replace("’", "")).strip("-")[:50]


def about_minutes(waits: list[dt.timedelta]) -> int | None:
    """
    Return how many minutes one waits: the middle one of the last waits, up to the next five; None where few are known.

    >>> about_minutes([dt.timedelta(minutes=m) for m in (4, 21, 11)])
    15
    """
    if len(waits) < ENOUGH:
        return None
    middle = sorted(waits)[len(waits) // 2]
    return -(-int(middle.total_seconds()) // 300) * 5
