"""When the next return is due, and how one stands; and what a file of those who owe one says. Plain Python."""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from moothall.core import tables
from moothall.core.clock import months_after
from moothall.core.workdays import Calendar

DUE, LATE, FILED, FILED_LATE = "due", "late", "filed", "filed-late"
SOON = dt.timedelta(days=60)
"""How long before its day a return is listed as due soon."""
STAYS, BEFORE, AFTER = "stays", "before", "after"
FALLS = (STAYS, BEFORE, AFTER)
"""What becomes of a day on which offices are closed: it stays, or is the working day before it or after it."""


@dataclass(frozen=True)
class Rhythm:
    """How often a return is owed: every so many `months`, so many `working_days` after a day, or on one day of each
    year, `each` (month, day).

    `counted_from` names the answer whose day the months or working days are counted from; without one it is the day of
    filing. `falls` says what becomes of a day on which offices are closed. `rest` are the days after a first return
    within which none of the same year is asked for.
    """

    months: int = 0
    each: tuple[int, int] | None = None
    counted_from: str = ""
    working_days: int = 0
    falls: str = STAYS
    rest: int = 0


def rhythm(told: dict) -> Rhythm:
    """Return the rhythm that a step's `with` says, such as {months: 12, from: tested} or {each: "04-30", falls: after}.

    Raises ValueError where it says none of the three, or two, or another word for `falls`: a definition that the loader
    took can still be told that.
    """
    months, working_days = int(told.get("months") or 0), int(told.get("working_days") or 0)
    each, falls = str(told.get("each") or ""), str(told.get("falls") or STAYS)
    if (months > 0) + (working_days > 0) + bool(each) != 1:
        raise ValueError("a return is owed every so many `months`, so many `working_days` after, or on one day, `each`")
    if falls not in FALLS:
        raise ValueError(f"a day on which offices are closed `falls` {', '.join(FALLS)}")
    day = dt.date.fromisoformat(f"2028-{each}") if each else None
    rest = int(told.get("rest") or 0)
    return Rhythm(months, (day.month, day.day) if day else None, str(told.get("from") or ""), working_days, falls, rest)


def next_due(told: Rhythm, start: dt.date, days: Calendar) -> dt.date:
    """Return the first day after `start` on which a return is due; the 31st of a shorter month is its last day.

    `days` are the working days by which it moves, where its rule says so.

    >>> none = Calendar(set())
    >>> next_due(Rhythm(months=12), dt.date(2028, 2, 29), none)
    datetime.date(2029, 2, 28)
    >>> next_due(Rhythm(each=(4, 30)), dt.date(2026, 4, 30), none)
    datetime.date(2027, 4, 30)
    >>> next_due(Rhythm(each=(4, 30), falls="after"), dt.date(2028, 1, 2), none)  # 30 April 2028 is a Sunday
    datetime.date(2028, 5, 1)
    """
    if told.each:
        years = range(start.year, start.year + 3)
        found = (_moved(_day(year, *told.each), told.falls, days) for year in years)
        return next(day for day in found if day > start)
    if told.working_days:
        return days.add_working_days(start, told.working_days)
    return _moved(months_after(start, told.months), told.falls, days)


def counted_from(told: Rhythm, *, filed: dt.date, said: dt.date | None, due: dt.date | None) -> dt.date:
    """Return the day after which the next return is due.

    That is the day that was `said` in an answer. A day of each year is counted from the one that was `due`, so that
    who files early does not owe it twice; of a first return (`due` is None) its `rest` has to pass. Else it is the
    day of filing.

    >>> told, filed = Rhythm(each=(4, 30), rest=90), dt.date(2027, 4, 2)
    >>> counted_from(told, filed=filed, said=None, due=dt.date(2027, 4, 30))
    datetime.date(2027, 4, 30)
    >>> counted_from(told, filed=filed, said=None, due=None)
    datetime.date(2027, 7, 1)
    """
    if told.each:
        return max(filed, due) if due else filed + dt.timedelta(days=told.rest)
    return said or filed


def _day(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _moved(day: dt.date, falls: str, days: Calendar) -> dt.date:
    step = {STAYS: 0, BEFORE: -1, AFTER: 1}[falls]
    while step and not days.is_working_day(day):
        day += dt.timedelta(days=step)
    return day


def standing(due_on: dt.date, filed_on: dt.date | None, today: dt.date) -> str:
    """Return how a return stands: due, late from the day after, filed, or filed late.

    >>> day = dt.date(2027, 11, 23)
    >>> standing(day, None, day), standing(day, None, dt.date(2027, 11, 24)), standing(day, dt.date(2027, 11, 24), day)
    ('due', 'late', 'filed-late')
    """
    if filed_on is None:
        return DUE if today <= due_on else LATE
    return FILED if filed_on <= due_on else FILED_LATE


LONG_AGO, FAR_AHEAD = dt.timedelta(days=366), dt.timedelta(days=5 * 366)
"""How long ago, and how far ahead, a return may be due that an officer asks for by hand or by a file."""


def sensible(due_on: dt.date, today: dt.date) -> bool:
    """Return whether a day may be one on which a return is asked for: within the last year or the next five.

    >>> sensible(dt.date(2026, 4, 30), dt.date(2026, 11, 23)), sensible(dt.date(206, 4, 30), dt.date(2026, 11, 23))
    (True, False)
    """
    return today - LONG_AGO <= due_on <= today + FAR_AHEAD


MOST = 5000
"""Lines of one file of those who owe a return."""
COLUMNS = ("uprn", "due")


@dataclass(frozen=True)
class Row:
    """One line of a file: the number of an address, and the day on which its first return is due, if it says one."""

    line: int
    uprn: str
    due_on: dt.date | None


@dataclass
class Report:
    """What a file holds: `good` lines to be taken in, those whose address is `here` already, and what is wrong."""

    lines: int = 0
    good: list = field(default_factory=list)
    here: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


def read(text: str, judge: Callable[[Row], str]) -> Report:
    """Return what a file of CSV with the columns uprn and due holds; `due` may be empty.

    `judge` says of a line that can be read what is wrong with it, "here" where its address owes it already, or "".

    >>> read("uprn,due\\n100,30/04/2027\\n100,\\nx,\\n", lambda row: "").problems
    [(3, 'The same uprn stands on an earlier line.'), (4, 'The column uprn holds no number of an address.')]
    """
    report, seen = Report(), set()
    try:
        for line, given in tables.rows(text, COLUMNS):
            report.lines += 1
            if report.lines > MOST:
                report.problems.append((line, f"It has more than {MOST:,} lines. Send it in parts."))
                return report
            _note(report, seen, line, given, judge)
    except tables.NoTable as wrong:
        report.problems.append((1, str(wrong)))
    if not report.lines and not report.problems:
        report.problems.append((1, "There is no line below the first."))
    return report


def _note(report: Report, seen: set, line: int, given: dict, judge) -> None:
    uprn, day = given["uprn"], given["due"]
    if not (uprn.isascii() and uprn.isdigit() and len(uprn) <= 12):
        report.problems.append((line, "The column uprn holds no number of an address."))
        return
    if uprn in seen:
        report.problems.append((line, "The same uprn stands on an earlier line."))
        return
    seen.add(uprn)
    due_on = written_day(day) if day else None
    if day and due_on is None:
        report.problems.append((line, "The column due holds no day like 30/04/2027 or 2027-04-30."))
        return
    row = Row(line, uprn, due_on)
    said = judge(row)
    if said == HERE:
        report.here += 1
    elif said:
        report.problems.append((line, said))
    else:
        report.good.append(row)


HERE = "here"


def written_day(text: str) -> dt.date | None:
    """Return a day that is written 2027-04-30 or 30/04/2027, None for anything else.

    >>> written_day("30/04/2027"), written_day("31/04/2027")
    (datetime.date(2027, 4, 30), None)
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None
