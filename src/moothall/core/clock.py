"""The clock. Read it only at an interface (view, API, task, command); everything below is told `at`."""

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
