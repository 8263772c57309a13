"""Working days of England and Wales, with a body's own closures.

Source: the UK government's published bank-holiday list, as cached in the govuk-bank-holidays package
(no network is used). A day counts if it is Monday to Friday, no bank holiday and no closure.
"""

import datetime as dt
from functools import lru_cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from moothall.core.clock import end_of, local


class Calendar:
    """Counts working days past a set of holidays (bank holidays and closures)."""

    def __init__(self, holidays: frozenset[dt.date] | set[dt.date]):
        self.holidays = frozenset(holidays)

    def is_working_day(self, day: dt.date) -> bool:
        """Return whether offices are open on that day."""
        return day.weekday() < 5 and day not in self.holidays

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """Return the day that is `count` working days after `day`; the day itself is not counted.

        >>> Calendar(set()).add_working_days(dt.date(2026, 11, 20), 1)  # a Friday
        datetime.date(2026, 11, 23)
        """
        step = 1 if count >= 0 else -1
        while count:
            day += dt.timedelta(days=step)
            if self.is_working_day(day):
                count -= step
        return day

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Return how many working days lie after `start` up to and including `end`."""
        days = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(1 for day in days if self.is_working_day(day))

    def due(self, at: dt.datetime, *, working_days: int = 0, days: int = 0, hours: int = 0) -> dt.datetime:
        """Return when something promised at a moment is due.

        Working days and days run to the end of the day in London; hours run by the clock.
        """
        if hours:
            return at + dt.timedelta(hours=hours)
        day = local(at).date()
        if working_days:
            return end_of(self.add_working_days(day, working_days))
        return end_of(day + dt.timedelta(days=days))

    def with_closures(self, closures) -> "Calendar":
        """Return a calendar that also skips a body's own closed days."""
        return Calendar(self.holidays | set(closures))


@lru_cache(maxsize=1)
def england() -> Calendar:
    """Return the calendar of England and Wales, without closures."""
    holidays = BankHolidays(use_cached_holidays=True).get_holidays(BankHolidays.ENGLAND_AND_WALES)
    return Calendar({holiday["date"] for holiday in holidays})
