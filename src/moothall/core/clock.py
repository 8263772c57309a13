"""The clock. Read it only at an interface (view, API, task, command); everything below is told `at`."""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> dt.datetime:
    """Return this moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def local(at: dt.datetime) -> dt.datetime:
    """Return the same moment on the clocks of London."""
    return at.astimezone(LONDON)


def at_noon(day: dt.date) -> dt.datetime:
    """Return noon in London on a day: a moment safely inside it."""
    return dt.datetime.combine(day, dt.time(12), LONDON)


def end_of(day: dt.date) -> dt.datetime:
    """Return the last second of a day in London: promises with a day in them hold until then."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), LONDON)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month so many months later, or that month's last day.

    >>> months_after(dt.date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))
