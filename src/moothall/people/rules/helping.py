"""Somebody helps a person: what they may do, until when, and what is never theirs to do."""

import datetime as dt
import hashlib
import hmac

MAY = ("ask", "follow", "add", "settle")
"""Ask for services (choose days, pay); follow requests; write and add to them; cancel, reopen, complain and appeal."""

WRITTEN = ("alone", "beside", "instead")
"""Whom we write to about requests: the person alone, both, or the helper alone."""

NAMED = ("friend", "carer", "advocate")
"""The ways of acting (`terms.ACTS_AS`) that rest on the person's own word; the others rest on a paper."""

LONGEST = dt.timedelta(days=366)
"""How long somebody may help on the person's word before they are named again: twelve months, our own choice."""

CODE_HOLDS = dt.timedelta(days=14)
REMIND_BEFORE = dt.timedelta(days=14)
"""How long before it runs out both are reminded; what lasts less than twice as long is not reminded of."""

MOST = 10
"""How many may help one person at a time, those who have not confirmed counted in."""

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What a code is made of: nothing that is read out or written down as something else."""
CODE_LENGTH = 10


def code(secret: str, key: str) -> str:
    """Return the code by which a helper confirms: worked out anew each time, so that it is kept nowhere.

    Ten of 31 letters and figures: eight hundred million million.

    >>> code("secret", "0192") == code("secret", "0192"), len(code("secret", "0192"))
    (True, 10)
    """
    number = int.from_bytes(hmac.digest(secret.encode(), f"help:{key}".encode(), hashlib.sha256))
    found = ""
    for _place in range(CODE_LENGTH):
        number, rest = divmod(number, len(LETTERS))
        found += LETTERS[rest]
    return found


def code_digest(secret: str, typed: str) -> bytes:
    """Return what a code is found by, however it was typed.

    >>> code_digest("secret", "abcde-23456") == code_digest("secret", " ABCDE 23456")
    True
    """
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    return hmac.digest(secret.encode(), f"help code:{plain}".encode(), hashlib.sha256)


def covers(may: list[str], services: list[str], doing: str, service_id: str) -> bool:
    """Return whether somebody may do something about a service. No services named means every service.

    >>> covers(["ask"], [], "ask", "missed-bin"), covers(["ask"], ["noise"], "ask", "missed-bin")
    (True, False)
    >>> covers(["follow"], [], "add", "missed-bin")
    False
    """
    return doing in may and (not services or service_id in services)


def standing(*, starts, ends, confirmed: bool, ended: bool, code_until, today: dt.date, at: dt.datetime) -> str:
    """Return how a mandate stands: waiting, lapsed, coming, running, over (its time ran out) or ended.

    `ends` is the day after the last, or None.
    """
    if ended:
        return "ended"
    if ends is not None and ends <= today:
        return "over"
    if not confirmed:
        return "waiting" if code_until and code_until > at else "lapsed"
    return "running" if starts <= today else "coming"


def to_remind(*, starts: dt.date, ends: dt.date, today: dt.date) -> bool:
    """Return whether it is time to say that a mandate runs out.

    >>> start, end = dt.date(2026, 4, 1), dt.date(2026, 7, 1)
    >>> [to_remind(starts=start, ends=end, today=day) for day in (dt.date(2026, 6, 16), dt.date(2026, 6, 17), end)]
    [False, True, False]
    """
    return ends - starts >= 2 * REMIND_BEFORE and ends - REMIND_BEFORE <= today < ends
