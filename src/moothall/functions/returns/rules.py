"""When the next return is due, and how one stands. Plain functions of days."""

import calendar
import datetime as dt
from dataclasses import dataclass

from moothall.core.clock import months_after

DUE, LATE, FILED, FILED_LATE = "due", "late", "filed", "filed-late"
SOON = dt.timedelta(days=60)
"""How long before its day a return is listed as due soon."""


@dataclass(frozen=True)
class Rhythm:
    """How often a return is owed: every so many `months`, or on one day of each year, `each` (month, day).

    `counted_from` names the answer whose day the months are counted from; without one it is the day before's own day.
    """

    months: int = 0
    each: tuple[int, int] | None = None
    counted_from: str = ""


def rhythm(told: dict) -> Rhythm:
    """Return the rhythm that a step's `with` says: {months: 12, from: tested} or {each: "04-30"}.

    Raises ValueError where it says neither or both: a definition that the loader took can still be told that.
    """
    months, each = int(told.get("months") or 0), str(told.get("each") or "")
    if bool(months > 0) == bool(each):
        raise ValueError("a return is owed every so many `months` or on one day of the year, `each`")
    day = dt.date.fromisoformat(f"2028-{each}") if each else None
    return Rhythm(months, (day.month, day.day) if day else None, str(told.get("from") or ""))


def next_due(told: Rhythm, start: dt.date) -> dt.date:
    """Return the first day after `start` on which a return is due; the 31st of a shorter month is its last day.

    >>> next_due(Rhythm(months=12), dt.date(2026, 11, 23)), next_due(Rhythm(months=12), dt.date(2028, 2, 29))
    (datetime.date(2027, 11, 23), datetime.date(2029, 2, 28))
    >>> next_due(Rhythm(each=(4, 30)), dt.date(2026, 4, 30)), next_due(Rhythm(each=(4, 30)), dt.date(2026, 4, 29))
    (datetime.date(2027, 4, 30), datetime.date(2026, 4, 30))
    """
    if told.each:
        here = _day(start.year, *told.each)
        return here if here > start else _day(start.year + 1, *told.each)
    return months_after(start, told.months)


def _day(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def standing(due_on: dt.date, filed_on: dt.date | None, today: dt.date) -> str:
    """Return how a return stands: due, late from the day after, filed, or filed late.

    >>> day = dt.date(2027, 11, 23)
    >>> standing(day, None, day), standing(day, None, dt.date(2027, 11, 24)), standing(day, dt.date(2027, 11, 24), day)
    ('due', 'late', 'filed-late')
    """
    if filed_on is None:
        return DUE if today <= due_on else LATE
    return FILED if filed_on <= due_on else FILED_LATE
