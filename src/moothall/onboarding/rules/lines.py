"""Reads what other systems put out: CSV with named columns, or one JSON object a line. Each line is judged by itself.

What is wrong is said by line and column, in a sentence that names codes and never what a person is called, since it is
kept with the import.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from moothall.core import tables

MOST = 500_000
"""Lines of one file. A larger one is cut in two."""
NUL = "It holds a character that no text has (NUL). Save the file as UTF-8 text."
HALF = "It holds half a character (\\ud800 to \\udfff by itself). Save the file as UTF-8 text."
NO_NUMBER = "It holds NaN or Infinity, which is no number. Write the number, or null."
TWICE = "The same number stands on an earlier line."
SHOWN = 200
"""Problems that are kept word by word; the rest are counted."""


class BadLine(Exception):
    """What is wrong with one line, in a sentence for whoever sends the file."""


@dataclass(frozen=True)
class Line:
    """One line as it stands in the file: its number and its columns, all text but in JSON lines.

    `given` is empty where the line cannot be read; `wrong` says why.
    """

    number: int
    given: dict
    wrong: str = ""

    def columns(self) -> dict:
        """Return its columns; raise BadLine where it has none that can be read."""
        if self.wrong:
            raise BadLine(self.wrong)
        return self.given


@dataclass
class Report:
    """What a file holds: `good` are what its lines became, `problems` (line, sentence); `counts` say what is there."""

    good: list = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    lines: int = 0

    def count(self, what: str) -> None:
        """Count one more of something."""
        self.counts[what] = self.counts.get(what, 0) + 1

    @property
    def wrong(self) -> int:
        """How many lines cannot be taken in."""
        return len({number for number, _ in self.problems})


def read(text: str, columns: tuple[str, ...]) -> Iterator[Line]:
    """Yield the lines of a file; raise BadLine with what to do where it is no such file.

    `columns` must be in the first line of a CSV; others stay in `given` too.

    >>> [line.given["name"] for line in read("name,email\\nAnn Example,ann@example.org\\n", ("name",))]
    ['Ann Example']
    >>> [line.number for line in read('{"name": "Ann"}\\n\\n{"name": "Bob"}\\n', ("name",))]
    [1, 3]
    """
    text = text.lstrip("\ufeff")
    if text.lstrip()[:1] == "{":
        return _json_lines(text)
    return _csv_lines(text, columns)


def _json_lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _json_line(number, line)


def _json_line(number: int, line: str) -> Line:
    r"""Read one JSON object.

    >>> _json_line(2, '["Ann"]').wrong
    'It is no JSON object in braces. Write one object a line.'
    >>> _json_line(3, '{"x": NaN}').wrong == NO_NUMBER, _json_line(4, r'{"x": "\ud83d"}').wrong == HALF
    (True, True)
    """
    try:
        given = json.loads(line, parse_constant=_no_number)
    except BadLine as wrong:
        return Line(number, {}, str(wrong))
    except (ValueError, RecursionError):
        return Line(number, {}, "It is not one JSON object. Write one object a line.")
    if not isinstance(given, dict):
        return Line(number, {}, "It is no JSON object in braces. Write one object a line.")
    if "\\u0000" in line or "\0" in line:
        return Line(number, {}, NUL)
    return Line(number, {}, HALF) if "\\ud" in line.lower() and _is_half(given) else Line(number, given)


def _no_number(said: str):
    raise BadLine(NO_NUMBER)


def _is_half(given: dict) -> bool:
    r"""Return whether a text holds one of two halves of a character, which no database keeps.

    >>> _is_half({"name": "\ud83d"}), _is_half({"name": "\U0001f600"})
    (True, False)
    """
    try:
        json.dumps(given, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _csv_lines(text: str, columns: tuple[str, ...]) -> Iterator[Line]:
    try:
        for number, given in tables.rows(text, columns):
            broken = any("\0" in value for value in given.values())
            yield Line(number, {}, NUL) if broken else Line(number, given)
    except tables.NoTable as wrong:
        raise BadLine(str(wrong)) from None


def judge(lines: Iterable[Line], one: Callable[[dict], tuple[object, str]]) -> Report:
    """Judge line by line: `one` returns (what the line became, what to count it as) or raises BadLine."""
    report = Report()

    def some(lines: list[Line]) -> None:
        for line in lines:
            report.lines += 1
            try:
                became, what = one(line.columns())
            except BadLine as wrong:
                report.problems.append((line.number, str(wrong)))
                continue
            report.good.append((line.number, became))
            report.count(what)

    return judge_some(lines, some, 1, report)


def judge_some(lines: Iterable[Line], some: Callable[[list[Line]], None], size: int, report: Report) -> Report:
    """Judge lines in batches of `size`: `some` notes in the report what they are; return the report."""
    try:
        for batch in in_batches(lines, size):
            some(batch)
    except BadLine as wrong:
        report.problems.append((1, str(wrong)))
    if not report.lines and not report.problems:
        report.problems.append((1, "The file has no line below its first."))
    return report


def in_batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    """Yield lines in batches; raise BadLine after the most that one file may have.

    >>> [[line.number for line in batch] for batch in in_batches([Line(n, {}) for n in (1, 2, 3)], 2)]
    [[1, 2], [3]]
    """
    lines, count = iter(lines), 0
    while batch := list(islice(lines, size)):
        count += len(batch)
        if count > MOST:
            raise BadLine(f"The file has more than {MOST:,} lines. Send it in two.")
        yield batch


def needed(given: dict, name: str, what: str) -> str:
    """Return a column's text, or refuse an empty one: "what" says what belongs there."""
    value = str(given.get(name) or "").strip()
    if not value:
        raise BadLine(f"The column {name} is empty. Write {what}.")
    return value


def day(given: dict, name: str) -> dt.date | None:
    """Return a column's day, written 2026-04-30 or 30/04/2026; None where it is empty.

    >>> day({"born": "30/04/1970"}, "born")
    datetime.date(1970, 4, 30)
    """
    value = str(given.get(name) or "").strip()
    if not value:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(value[:10], form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise BadLine(f"The column {name} holds no day like 30/04/2026.")


def whole(given: dict, name: str) -> int:
    """Return a column's whole number, such as metres east; fractions are rounded."""
    value = needed(given, name, "a number")
    try:
        return round(float(value))
    except (ValueError, OverflowError):
        raise BadLine(f"The column {name} holds no number.") from None
