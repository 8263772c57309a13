"""Whether somebody who changes their mind gets their money back.

Sources: what the services say of refunds (`fee: refund` in their definitions): a booked day can be cancelled until 5pm
of the working day before; without a day, within 14 days of paying.
"""

import datetime as dt

from moothall.core.clock import LONDON, local
from moothall.core.workdays import Calendar

LATEST = dt.time(17)
DAYS_TO_THINK = 14


def in_time(cancelled: dt.datetime, *, paid: dt.datetime, booked: dt.date | None, calendar: Calendar) -> bool:
    """Return whether a cancellation is in time for all of the money to go back.

    >>> from moothall.core.clock import at_noon
    >>> weekdays = Calendar(set())
    >>> in_time(at_noon(dt.date(2026, 11, 20)), paid=at_noon(dt.date(2026, 11, 2)), booked=dt.date(2026, 11, 23),
    ...     calendar=weekdays)  # a Friday noon, for a Monday
    True
    >>> in_time(at_noon(dt.date(2026, 11, 21)), paid=at_noon(dt.date(2026, 11, 2)), booked=dt.date(2026, 11, 23),
    ...     calendar=weekdays)  # the Saturday: too late
    False
    """
    if booked is not None:
        return cancelled <= change_by(booked, calendar)
    return local(cancelled).date() <= local(paid).date() + dt.timedelta(days=DAYS_TO_THINK)


def change_by(booked: dt.date, calendar: Calendar) -> dt.datetime:
    """Return until when whoever booked a day may change it, or cancel it for all of the money.

    >>> change_by(dt.date(2026, 11, 23), Calendar(set())).isoformat()  # a Monday: until Friday
    '2026-11-20T17:00:00+00:00'
    """
    return dt.datetime.combine(calendar.add_working_days(booked, -1), LATEST, LONDON)
