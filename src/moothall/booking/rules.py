"""When something may be booked, and what may follow what."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from moothall.core.clock import LONDON, local
from moothall.core.workdays import Calendar

#   held  kept for somebody who has not finished (say, paid);  booked  theirs;  released  given up
#   offered  kept for the first in the waiting list until they take it;  lapsed  taken up, declined or not answered
NEXT = {
    "held": {"held", "booked", "released"},
    "booked": {"booked", "released"},
    "released": set(),
    "offered": {"lapsed"},
    "lapsed": set(),
}
ACTIVE = ("held", "booked")
TAKES = (*ACTIVE, "offered")
"""States of a booking that take a place of its slot."""
REMIND_FROM = dt.time(9)
"""Nobody is woken by a reminder."""


@dataclass(frozen=True)
class Window:
    """One slot to be opened: when it starts and ends (aware), and how many units fit into it."""

    starts: dt.datetime
    ends: dt.datetime
    capacity: int


def weekly(
    first: dt.date, last: dt.date, *, weekdays: tuple[int, ...], start: dt.time, end: dt.time, capacity: int, closed=()
) -> Iterator[Window]:
    """Yield a window for each of these weekdays (Monday is 0) from `first` to `last`, but for `closed` days.

    >>> [f"{w.starts:%a %d %H:%M}" for w in weekly(dt.date(2026, 11, 23), dt.date(2026, 11, 30), weekdays=(0, 3),
    ...     start=dt.time(7), end=dt.time(15), capacity=12)]
    ['Mon 23 07:00', 'Thu 26 07:00', 'Mon 30 07:00']
    """
    day = first
    while day <= last:
        if day.weekday() in weekdays and day not in closed:
            yield Window(dt.datetime.combine(day, start, LONDON), dt.datetime.combine(day, end, LONDON), capacity)
        day += dt.timedelta(days=1)


def remind_at(day: dt.date, days: int, calendar: Calendar) -> dt.datetime:
    """Return when somebody is reminded of a day: at 9am, so many working days before it, while they can change it.

    >>> remind_at(dt.date(2026, 11, 23), 1, Calendar(set())).isoformat()  # of a Monday, on the Friday
    '2026-11-20T09:00:00+00:00'
    """
    return dt.datetime.combine(calendar.add_working_days(day, -days), REMIND_FROM, LONDON)


def remind_until(at: dt.datetime, days: int, calendar: Calendar) -> dt.date:
    """Return the last day that people are reminded of by now.

    >>> remind_until(dt.datetime(2026, 11, 20, 9, tzinfo=LONDON), 1, Calendar(set()))
    datetime.date(2026, 11, 23)
    """
    day = local(at).date()
    while remind_at(day + dt.timedelta(days=1), days, calendar) <= at:
        day += dt.timedelta(days=1)
    return day
