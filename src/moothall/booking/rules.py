"""When something may be booked, and what may follow what."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from moothall.core.clock import LONDON

#   held  kept for somebody who has not finished (say, paid);  booked  theirs;  released  given up
NEXT = {"held": {"held", "booked", "released"}, "booked": {"booked", "released"}, "released": set()}
ACTIVE = ("held", "booked")


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
