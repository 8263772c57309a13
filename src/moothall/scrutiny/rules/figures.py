"""How promises are counted, and what of it may be published.

A promise is counted once: in the month it was kept, or in the month it was missed.

Counts under five are not published, nor what would give them away (the partnership's publication rule). So a month (or
quarter) of fewer than five promises is withheld; where the missed (or the kept) are one to four, both are withheld and
only "at least" is said; and if just one row of a series is withheld, the smallest other row is withheld with it, since
the yearly total would tell the difference.
"""

import datetime as dt
from dataclasses import dataclass, replace

from moothall.ui.rules import month_words

FEWEST = 5
THIN = 10
MONTHS = 12


@dataclass(frozen=True)
class Row:
    """One month's or quarter's counts as known inside: `start` is its first day."""

    start: dt.date
    kept: int
    missed: int
    #: How many that days were promised for ended in it, and the days promised and taken for all of these together.
    ended: int = 0
    days_promised: int = 0
    days_taken: int = 0

    @property
    def total(self) -> int:
        """Return how many promises were decided."""
        return self.kept + self.missed


@dataclass(frozen=True)
class Published:
    """What everyone may see of a row. None is withheld; `at_least` is a floor for the kept where they are withheld.

    `days` are the days promised and taken, in tenths, on average of what ended in it; None where too little did.
    """

    start: dt.date
    label: str
    total: int | None
    kept: int | None
    missed: int | None
    at_least: int | None = None
    days: tuple[int, int] | None = None

    @property
    def withheld(self) -> bool:
        """Return whether the whole row is withheld."""
        return self.total is None


def month_of(day: dt.date) -> dt.date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def quarter_of(day: dt.date) -> dt.date:
    """Return the first day of the calendar quarter of a day."""
    return dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def add_months(month: dt.date, count: int) -> dt.date:
    """Return the first day of the month that lies `count` months after.

    >>> add_months(dt.date(2026, 11, 1), 3)
    datetime.date(2027, 2, 1)
    """
    number = month.year * 12 + month.month - 1 + count
    return dt.date(number // 12, number % 12 + 1, 1)


def every_month(rows: list[Row], last: dt.date, months: int = MONTHS) -> list[Row]:
    """Return one row a month for the `months` up to and including that of `last`, with zeros where nothing happened."""
    known = {row.start: row for row in rows}
    starts = [add_months(month_of(last), n - months + 1) for n in range(months)]
    return [known.get(start, Row(start, 0, 0)) for start in starts]


COUNTED = ("kept", "missed", "ended", "days_promised", "days_taken")


def by_quarter(rows: list[Row]) -> list[Row]:
    """Return monthly rows added up by calendar quarter."""
    quarters: dict[dt.date, Row] = {}
    for row in rows:
        start = quarter_of(row.start)
        so_far = quarters.get(start, Row(start, 0, 0))
        sums = [getattr(so_far, name) + getattr(row, name) for name in COUNTED]
        quarters[start] = Row(start, *sums)
    return [quarters[start] for start in sorted(quarters)]


def are_thin(rows: list[Row]) -> bool:
    """Return whether months are too thin to say anything: the middle one, of those with any, has fewer than ten."""
    totals = sorted(row.total for row in rows if row.total)
    return bool(totals) and totals[len(totals) // 2] < THIN


def label(start: dt.date, quarterly: bool) -> str:
    """Return a row's name: "November 2026", or "October to December 2026"."""
    if not quarterly:
        return f"{start:%B %Y}"
    return f"{start:%B} to {add_months(start, 2):%B %Y}"


def period(start, quarterly: bool, lang: str) -> str:
    """Return a month's or a quarter's name in a language: "June 2026", "April to June 2026"."""
    if not quarterly:
        return month_words(start, lang)
    first = month_words(start, lang).rsplit(" ", 1)[0]
    return f"{first} {'i' if lang == 'cy' else 'to'} {month_words(add_months(start, 2), lang)}"


def publish(rows: list[Row], quarterly: bool = False) -> list[Published]:
    """Return what may be published of a series of rows; see the module for what is withheld and why."""
    shown = [_publish(row, label(row.start, quarterly)) for row in rows]
    hidden = [p for p in shown if p.withheld]
    others = [(row.total, i) for i, row in enumerate(rows) if row.total and not shown[i].withheld]
    if len(hidden) == 1 and others:
        i = min(others)[1]
        shown[i] = replace(shown[i], total=None, kept=None, missed=None, at_least=None, days=None)
    return shown


def _publish(row: Row, name: str) -> Published:
    if 0 < row.total < FEWEST:
        return Published(row.start, name, None, None, None)
    days = _average(row)
    if 0 < row.missed < FEWEST:
        return Published(row.start, name, row.total, None, None, at_least=row.total - FEWEST + 1, days=days)
    if 0 < row.kept < FEWEST:
        return Published(row.start, name, row.total, None, None, at_least=0, days=days)
    return Published(row.start, name, row.total, row.kept, row.missed, days=days)


def _average(row: Row) -> tuple[int, int] | None:
    """Return the days promised and taken on average, in tenths, half a tenth up; None where fewer than five ended.

    >>> _average(Row(dt.date(2026, 6, 1), 6, 0, 6, 168, 97)), _average(Row(dt.date(2026, 6, 1), 6, 0, 4, 112, 40))
    ((280, 162), None)
    """
    if row.ended < FEWEST:
        return None
    return tuple((20 * days + row.ended) // (2 * row.ended) for days in (row.days_promised, row.days_taken))


def short(rows: list[Published], name: str, lang: str = "en") -> str | None:
    """Return the latest finding in a few words, for the service's own page; None where nothing may be said.

    `name` is the row's name in that language (see `label`).

    >>> short([Published(None, "June 2026", 100, 87, 13)], "June 2026")
    'We kept this promise 87 times out of 100 in June 2026.'
    """
    last = latest(rows)
    if last is None or (last.kept is None and not last.at_least):
        return None
    if lang == "cy":
        kept = last.kept if last.kept is not None else f"o leiaf {last.at_least}"
        return f"Cadwasom yr addewid hwn {kept} o weithiau o {last.total} ym {name}."
    kept = last.kept if last.kept is not None else f"at least {last.at_least}"
    return f"We kept this promise {kept} times out of {last.total} in {name}."


def latest(rows: list[Published]) -> Published | None:
    """Return the last row of which anything may be said, or None."""
    return next((row for row in reversed(rows) if row.total), None)


def sentence(title: str, rows: list[Published], lang: str = "en", quarterly: bool = False) -> str:
    """Return the finding in words, from the last complete row and the one before it, in a language.

    >>> may = Published(dt.date(2026, 5, 1), "", 90, 80, 10)
    >>> sentence("Potholes", [may, Published(dt.date(2026, 6, 1), "", 100, 87, 13)])
    'Potholes: 87 of 100 promises kept in June 2026, 7 more than in May 2026.'
    """
    words = WORDS["cy" if lang == "cy" else "en"]
    told = [row for row in rows if row.total]
    if not told:
        return words["none"].format(title=title)
    last, before = told[-1], told[-2] if len(told) > 1 else None
    when = period(last.start, quarterly, lang)
    if last.kept is None:
        kept = words["at least"].format(n=last.at_least) if last.at_least else words["few"]
        return words["finding"].format(title=title, kept=kept, total=last.total, when=when) + "."
    said = words["finding"].format(title=title, kept=last.kept, total=last.total, when=when)
    if before is None or before.kept is None:
        return said + "."
    more = last.kept - before.kept
    change = words["more" if more > 0 else "fewer" if more else "same"].format(n=abs(more))
    return f"{said}, {change} {period(before.start, quarterly, lang)}."


def days_words(tenths: int, lang: str = "en") -> str:
    """Return days in words, without a nought after the point.

    >>> days_words(280), days_words(194), days_words(10), days_words(194, "cy")
    ('28 days', '19.4 days', '1 day', '19.4 diwrnod')
    """
    number = str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
    return f"{number} {'diwrnod' if lang == 'cy' else 'day' if tenths == 10 else 'days'}"


def days_sentence(title: str, rows: list[Published], lang: str = "en", quarterly: bool = False) -> str:
    """Return in words how long it took beside what was promised, in the last row of which that may be said.

    >>> days_sentence("Potholes", [Published(dt.date(2026, 6, 1), "", 100, 87, 13, days=(280, 194))])
    'Potholes: what ended in June 2026 took 19.4 days on average; 28 days were promised.'
    """
    last = next(row for row in reversed(rows) if row.days)
    when, (promised, taken) = period(last.start, quarterly, lang), last.days
    return WORDS["cy" if lang == "cy" else "en"]["days"].format(
        title=title, when=when, taken=days_words(taken, lang), promised=days_words(promised, lang)
    )


WORDS = {
    "en": {
        "days": "{title}: what ended in {when} took {taken} on average; {promised} were promised.",
        "none": "{title}: no promise fell due in this time, or too few to publish.",
        "finding": "{title}: {kept} of {total} promises kept in {when}",
        "at least": "at least {n}",
        "few": "fewer than five",
        "more": "{n} more than in",
        "fewer": "{n} fewer than in",
        "same": "as many as in",
    },
    "cy": {
        "days": "{title}: cymerodd yr hyn a ddaeth i ben ({when}) {taken} ar gyfartaledd; addawyd {promised}.",
        "none": "{title}: ni ddaeth yr un addewid i ben yn y cyfnod hwn, neu rhy ychydig i'w cyhoeddi.",
        "finding": "{title}: cadwyd {kept} o {total} addewid ({when})",
        "at least": "o leiaf {n}",
        "few": "llai na phump",
        "more": "{n} yn fwy nag yn",
        "fewer": "{n} yn llai nag yn",
        "same": "yr un nifer ag yn",
    },
}
