"""Days that come every year by law: a closing date, a day on which everybody is told."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, field_validator

from moothall.catalogue.rules.texts import Part, Text
from moothall.core.workdays import england


class Yearly(Part):
    """A day of every year, with where it stands: `each: 03-01`; or the next working day where that is none."""

    title: Text = Field(description="What the service's page calls it")
    each: Annotated[str, Field(pattern=r"^\d\d-\d\d$", description="Month and day")]
    working_day: bool = Field(default=False, description="Moved on to the next working day in England")
    source: Annotated[str, Field(pattern=r"^https://")]

    @field_validator("each")
    @classmethod
    def _a_day(cls, value):
        try:
            date.fromisoformat(f"2001-{value}")
        except ValueError:
            raise ValueError("a day that every year has|each: 03-01") from None
        return value

    def next(self, on):
        """Return the first such day on or after a day.

        >>> offers = {"title": {"en": "Offers", "cy": "Cynigion"}, "source": "https://example.org", "working_day": True}
        >>> Yearly(each="03-01", **offers).next(date(2026, 3, 3))
        datetime.date(2027, 3, 1)
        >>> Yearly(each="03-01", **offers).next(date(2026, 1, 5))  # a Sunday
        datetime.date(2026, 3, 2)
        """
        found = (self._of(year) for year in (on.year - 1, on.year, on.year + 1))
        return next(day for day in found if day >= on)

    def _of(self, year):
        day = date.fromisoformat(f"{year}-{self.each}")
        while self.working_day and not england().is_working_day(day):
            day += timedelta(days=1)
        return day


def told(definition, on, lang="en"):
    """Return the days that come next from a day on, soonest first, as (title, day)."""
    days = [(yearly.title.in_(lang), yearly.next(on)) for yearly in definition.dates.values()]
    return sorted(days, key=lambda one: one[1])


def coming(definition, opened):
    """Return {name: the next such day, as text} for a case opened on a day ("2026-09-01"); empty for None."""
    if not opened:
        return {}
    return {name: yearly.next(date.fromisoformat(opened)).isoformat() for name, yearly in definition.dates.items()}
