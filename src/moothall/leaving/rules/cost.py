"""What leaving costs: each sum with the formula it was worked out by; what nobody can know has no sum.

Nothing is clamped: a sum below nothing stays below nothing, and a day too soon is said, not moved.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

ONCE, UNTIL, LOST, OTHERS = "once", "until", "lost", "others"
KINDS = {
    ONCE: "Paid once, for leaving",
    UNTIL: "Still to be paid until the day",
    LOST: "No longer earned, in a year",
    OTHERS: "Falls to the others, in a year",
}
"""What a sum is; only the first two are what leaving costs the body that leaves."""


@dataclass(frozen=True)
class Sum:
    """One sum: what it is for, by which terms, the formula in words and figures, and pence (None: nobody knows)."""

    kind: str
    what: str
    terms: str
    formula: str
    pence: int | None


@dataclass(frozen=True)
class Notice:
    """What a partnership's terms ask: months of notice, and the first day on which the body may be gone."""

    name: str
    slug: str
    months: int
    soonest: dt.date
    given: dt.date | None

    def kept(self, leaves: dt.date) -> bool:
        """Return whether leaving on that day keeps to it; notice that was given counts by its own day."""
        return leaves >= (self.given or self.soonest)


def for_days(pence_a_year: int, first: dt.date, until: dt.date) -> tuple[int, int]:
    """Return (pence, days) of a yearly sum for the days from `first` up to, and without, `until`.

    Each day bears one part in as many as the 365 of a year. Rounding: a fraction of a penny is dropped. No days, or an
    `until` that has passed, give a sum of nothing or below, as the figures say.

    £365.00 a year for 31 days of January:

    >>> for_days(36_500, dt.date(2027, 1, 1), dt.date(2027, 2, 1))
    (3100, 31)
    """
    days = (until - first).days
    parts = abs(pence_a_year * days) // 365
    return (parts if days >= 0 else -parts), days


def total(sums: Iterable[Sum]) -> tuple[int, int]:
    """Return (pence of what leaving costs the body itself, how many of those sums nobody knows).

    >>> total([Sum(ONCE, "", "", "", 500), Sum(UNTIL, "", "", "", None), Sum(LOST, "", "", "", 90)])
    (500, 1)
    """
    own = [one.pence for one in sums if one.kind in (ONCE, UNTIL)]
    return sum(one for one in own if one is not None), own.count(None)


def without(weights: dict[str, int], code: str) -> dict[str, int]:
    """Return the weights by which a cost is shared once one body is gone.

    >>> without({"ASH": 2, "BOR": 1, "DUN": 1}, "DUN")
    {'ASH': 2, 'BOR': 1}
    """
    return {name: weight for name, weight in weights.items() if name != code}
