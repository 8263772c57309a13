"""When a provider has room: counted from what it has open, never guessed."""

import datetime as dt
import math

CALENDAR_DAYS = {"working_days": 7 / 5, "days": 1, "hours": 1 / 24, "months": 365 / 12}
"""How many days of the calendar one of a clock's units takes; a week has five working days."""


def weeks_ahead(waiting: int, a_week: int) -> int:
    """Return how many whole weeks of work stand before a new request.

    >>> weeks_ahead(59, 20), weeks_ahead(60, 20)
    (2, 3)
    """
    return waiting // a_week


def clock_days(amount: int, unit: str) -> int:
    """Return a clock in days of the calendar, rounded up.

    >>> clock_days(10, "working_days"), clock_days(28, "days"), clock_days(48, "hours")
    (14, 28, 2)
    """
    return math.ceil(amount * CALENDAR_DAYS[unit])


def done_by(today: dt.date, *, waiting: int, a_week: int, clock: int) -> dt.date | None:
    """Return the day by which a new request can be done where the work ahead fills the whole clock, else None.

    `clock` is in days of the calendar. What waits is done first, `a_week` of it each week; a new request is done by
    the end of the first week that has room. 60 waiting at 20 a week fill three weeks, more than a clock of 14 days:
    the fourth week is the first with room.

    >>> done_by(dt.date(2026, 11, 23), waiting=60, a_week=20, clock=14)
    datetime.date(2026, 12, 21)
    >>> done_by(dt.date(2026, 11, 23), waiting=39, a_week=20, clock=14) is None
    True
    """
    weeks = weeks_ahead(waiting, a_week)
    if weeks * 7 < clock:
        return None
    return today + dt.timedelta(weeks=weeks + 1)


def left(opened: int, weeks: int, a_week: int) -> int:
    """Return how many requests a week a provider has room for, after what others sent it over the last weeks.

    The weekly average is rounded up, so that room is never said that is not there.

    >>> left(50, 4, 20), left(200, 4, 20)
    (7, 0)
    """
    return max(a_week - math.ceil(opened / weeks), 0)
