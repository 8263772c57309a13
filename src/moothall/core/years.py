"""The financial year, and how a yearly sum falls on part of one."""

import datetime as dt


def year_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the financial year that a day is in.

    Source: Local Government Finance Act 1992 s.116(1): a financial year is twelve months beginning with 1 April.

    >>> [str(day) for day in year_of(dt.date(2027, 3, 31))]
    ['2026-04-01', '2027-03-31']
    """
    first = dt.date(day.year - (day.month < 4), 4, 1)
    return first, dt.date(first.year + 1, 3, 31)


def named(day: dt.date) -> str:
    """Return the financial year that a day is in, as people write it.

    >>> named(dt.date(2026, 4, 1)), named(dt.date(2000, 3, 31))
    ('2026-27', '1999-00')
    """
    first = year_of(day)[0].year
    return f"{first}-{(first + 1) % 100:02d}"


def to_date(yearly: int, first: dt.date, until: dt.date) -> int:
    """Return how much of a yearly sum falls on the days from `first` to `until`, both inclusive.

    Rounding: **running total**: a fraction of a penny is dropped from the sum to date, so that the parts of a year,
    each the sum to date less the sum before, add up to the whole year exactly.

    >>> quarters = [dt.date(2026, 6, 30), dt.date(2026, 9, 30), dt.date(2026, 12, 31), dt.date(2027, 3, 31)]
    >>> sums = [to_date(100_000, dt.date(2026, 4, 1), end) for end in quarters]
    >>> [later - earlier for earlier, later in zip([0, *sums], sums)]
    [24931, 25205, 25206, 24658]
    """
    if until < first:
        return 0
    start, end = year_of(first)
    return yearly * ((min(until, end) - first).days + 1) // ((end - start).days + 1)


def quarters(day: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Return the first and last days of the four quarters of the financial year that a day is in."""
    year = year_of(day)[0].year
    starts = [dt.date(year, 4, 1), dt.date(year, 7, 1), dt.date(year, 10, 1), dt.date(year + 1, 1, 1)]
    ends = [later - dt.timedelta(days=1) for later in [*starts[1:], dt.date(year + 1, 4, 1)]]
    return list(zip(starts, ends, strict=True))


def year_before(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the financial year before the one that a day is in."""
    return year_of(year_of(day)[0] - dt.timedelta(days=1))


def quarters_over(day: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Return the quarters of this financial year and the one before it that are over on a day, newest first.

    >>> [str(first) for first, last in quarters_over(dt.date(2026, 7, 6))]
    ['2026-04-01', '2026-01-01', '2025-10-01', '2025-07-01', '2025-04-01']
    """
    return [days for of in (day, year_before(day)[0]) for days in reversed(quarters(of)) if days[1] < day]
