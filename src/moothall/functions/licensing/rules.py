"""What a licence's days, states and measures come to, and what a definition says of a licence.

The law is in the definitions (`with` of their steps), not here: grounds, courts and days differ between licences.
"""

import datetime as dt
from dataclasses import dataclass, field

from moothall.core.clock import months_after

IN_FORCE, SUSPENDED, REVOKED, EXPIRED, SURRENDERED = "in-force", "suspended", "revoked", "expired", "surrendered"
SUSPENSION, REVOCATION = "suspension", "revocation"
LODGED, ALLOWED, DISMISSED, WITHDRAWN = "lodged", "allowed", "dismissed", "withdrawn"
SEEN, MISSING, NOT_NEEDED = "seen", "missing", "not-needed"
#: Days before its end on which a holder is told how to renew a licence; the partnership's own choice.
REMIND_DAYS = (56, 28, 7)
#: Days before a paper runs out on which its holder is asked for the next one.
PAPER_DAYS = 28
#: Without 0 and 1, I, L, O and U, so that a code is read out and typed without mistakes.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12


class WrongTerms(Exception):
    """A definition says too little, or something that cannot be, of the licence that its step issues."""


@dataclass(frozen=True)
class Terms:
    """What a definition says of a licence, in the `with` of its `licensing.issue` step.

    Texts are {"en": ..., "cy": ...}. `holder`, `vehicle` and `renews` name questions. `shows` are those whose answers
    stand on the document, each with what it is called there; `register` those of them that everybody may read by law.
    `immediate` are the grounds on which a measure takes effect at once; a suspension on one of them that is not lifted
    within `mend_months` becomes a revocation. `appeal_days` count from the day the notice is served.
    """

    prefix: str
    months: int
    holder: str
    law: str
    grounds: dict
    court: dict
    shows: dict
    vehicle: str = ""
    renews: str = ""
    register: tuple[str, ...] = ()
    conditions: dict = field(default_factory=dict)
    conditions_from: tuple[str, ...] = ()
    immediate: tuple[str, ...] = ()
    mend_months: int = 0
    appeal_days: int = 21


NEEDED = ("prefix", "months", "holder", "law", "grounds", "court", "shows")


def terms(told: dict) -> Terms:
    """Return a definition's `with` as terms; words that are not of a licence are left out. Raises WrongTerms."""
    known = {name: told[name] for name in Terms.__dataclass_fields__ if name in told}
    missing = [name for name in NEEDED if not known.get(name)]
    if missing:
        raise WrongTerms(f"`with` of licensing.issue says nothing of {', '.join(missing)}")
    found = Terms(**known)
    if wrong := [one for one in found.immediate if one not in found.grounds]:
        raise WrongTerms(f"`immediate` names {wrong[0]}, which is not among the grounds")
    if wrong := [one for one in found.register if one not in found.shows]:
        raise WrongTerms(f"`register` names {wrong[0]}, which does not stand on the licence")
    return found


def period(today: dt.date, months: int, former_ends: dt.date | None = None) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a licence; a renewed one begins when the former has ended, so no day is lost.

    >>> period(dt.date(2026, 11, 23), 12)
    (datetime.date(2026, 11, 23), datetime.date(2027, 11, 22))
    >>> period(dt.date(2026, 11, 23), 36, dt.date(2026, 12, 31))
    (datetime.date(2027, 1, 1), datetime.date(2029, 12, 31))
    """
    starts = former_ends + dt.timedelta(days=1) if former_ends and former_ends >= today else today
    return starts, months_after(starts, months) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """When a measure can be appealed against until, when it takes effect, and by when a defect must be mended."""

    appeal_by: dt.date
    takes_effect: dt.date
    mend_by: dt.date | None = None


def days_of(notified: dt.date, ground: str, law: Terms) -> Days:
    """Return the days of a measure whose notice is served on a day.

    It waits until the time to appeal has passed (Local Government (Miscellaneous Provisions) Act 1976 s.77(2); the 21
    days are those of the Public Health Act 1936 s.300(2)), unless its ground makes it immediate (1976 Act s.61(2B),
    s.68).

    >>> driver = Terms("D", 36, "who", "law", {"cause": {}, "danger": {}}, {}, {}, immediate=("danger",))
    >>> days_of(dt.date(2026, 11, 2), "cause", driver).takes_effect
    datetime.date(2026, 11, 24)
    >>> days_of(dt.date(2026, 11, 2), "danger", driver)
    Days(appeal_by=datetime.date(2026, 11, 23), takes_effect=datetime.date(2026, 11, 2), mend_by=None)
    """
    appeal_by = notified + dt.timedelta(days=law.appeal_days)
    if ground not in law.immediate:
        return Days(appeal_by, appeal_by + dt.timedelta(days=1))
    return Days(appeal_by, notified, months_after(notified, law.mend_months) if law.mend_months else None)


@dataclass(frozen=True)
class Standing:
    """How a measure stands: whether it is in effect or over, its appeal, and its days."""

    kind: str
    in_effect: bool = False
    ended: bool = False
    appeal: str = ""
    takes_effect: dt.date | None = None
    until: dt.date | None = None
    mend_by: dt.date | None = None


def move(one: Standing, today: dt.date) -> str:
    """Return what a day does to a measure: "begin", "end", "revoke", or "" for nothing.

    An appeal that is not decided holds back what has not begun. A suspension ends after its last day, and what was to
    be mended and was not ends the licence.
    """
    if one.ended:
        return ""
    if not one.in_effect:
        return "begin" if one.appeal != LODGED and one.takes_effect and today >= one.takes_effect else ""
    if one.until and today > one.until:
        return "end"
    return "revoke" if one.mend_by and today > one.mend_by and one.appeal != LODGED else ""


def state_of(state: str, measures: list[Standing]) -> str:
    """Return the state of a licence with these measures; one that is over or given back stays so.

    >>> state_of(IN_FORCE, [Standing(SUSPENSION, in_effect=True)])
    'suspended'
    >>> state_of(REVOKED, [Standing(REVOCATION, ended=True)])  # an appeal was allowed
    'in-force'
    """
    if state in (EXPIRED, SURRENDERED):
        return state
    working = {one.kind for one in measures if one.in_effect and not one.ended}
    return REVOKED if REVOCATION in working else SUSPENDED if SUSPENSION in working else IN_FORCE


def reminder_due(ends: dt.date, today: dt.date, reminded: list[int]) -> int | None:
    """Return which reminder goes today, as days before the end; one that was missed is made up for, and none twice.

    >>> reminder_due(dt.date(2026, 12, 31), dt.date(2026, 12, 3), [56])
    28
    >>> reminder_due(dt.date(2026, 12, 31), dt.date(2026, 12, 4), [56, 28]) is None
    True
    """
    left = (ends - today).days
    due = min((days for days in REMIND_DAYS if left <= days), default=None)
    return due if left >= 0 and due is not None and due not in reminded else None


def check_problems(pieces: dict[str, bool], said: dict[str, dict], today: dt.date) -> dict[str, str]:
    """Return what keeps a check from being passed, by piece of evidence, in words.

    `pieces` tells of each whether it runs out; `said` what was noted of it: {"finding": ..., "expires": a day or None}.
    """
    found = {}
    for code, runs_out in pieces.items():
        noted = said.get(code) or {}
        if noted.get("finding") not in (SEEN, NOT_NEEDED):
            found[code] = "Not seen yet: nothing is passed before"
        elif noted["finding"] == SEEN and runs_out and not noted.get("expires"):
            found[code] = "Write until which day it holds"
        elif noted["finding"] == SEEN and noted.get("expires") and noted["expires"] < today:
            found[code] = "This has run out already. Ask for the next one"
    return found


def spoken(code: str) -> str:
    """Return a code as it is printed: in three groups.

    >>> spoken("K7M2QX94RTBC")
    'K7M2-QX94-RTBC'
    """
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def typed(text: str) -> str:
    """Return a code, a number or a registration as it is compared: letters and figures alone, in capitals.

    >>> typed(" k7m2-qx94 rtbc ")
    'K7M2QX94RTBC'
    """
    return "".join(letter for letter in text.upper() if letter.isalnum())
