"""Reads what a council's finance system puts out as CSV: ledger lines, budgets, and the structure of cost centres.

A file of lines has the columns entry, date, centre, account, amount: the line's own number, a day (2026-04-30 or
30/04/2026), two codes, and pounds to the penny. A structure has code, title, parent. Other columns are left unread: a
narrative may name a person. Nothing is taken from a file with a problem.
"""

import csv
import datetime as dt
import io
from dataclasses import dataclass

from moothall.core.money import NotMoney, parse_pounds

LINES, STRUCTURE = ("entry", "date", "centre", "account", "amount"), ("code", "title", "parent")
MOST = 100_000
"""Rows in one file; a larger one is cut by the month."""


@dataclass(frozen=True)
class CostRow:
    """One line of a ledger or budget."""

    entry: str
    day: dt.date
    centre: str
    account: str
    pence: int


@dataclass(frozen=True)
class CentreRow:
    """One cost centre."""

    code: str
    title: str
    parent: str


@dataclass(frozen=True)
class Read:
    """What a file holds, and what is wrong with it, line by line in sentences."""

    rows: tuple
    problems: tuple[str, ...]

    @property
    def pence(self) -> int:
        return sum(row.pence for row in self.rows)


def read_lines(text: str, centres: frozenset[str] = frozenset()) -> Read:
    """Read a file of ledger lines or budgets; `centres` are the codes that the structure knows, if one was taken.

    >>> found = read_lines("entry,date,centre,account,amount\\n1,30/04/2026,W10,4100,1234.50\\n")
    >>> found.pence, found.problems
    (123450, ())
    """
    rows, problems, seen = [], [], {}
    for number, given in _rows(text, LINES, problems):
        try:
            row = CostRow(given["entry"], _day(given["date"]), given["centre"], given["account"],
                          parse_pounds(given["amount"]))  # fmt: skip
        except NotMoney:
            problems.append(f"Line {number}: “{given['amount']}” is no amount in pounds, like 1234.50.")
            continue
        except ValueError:
            problems.append(f"Line {number}: “{given['date']}” is no day, like 30/04/2026.")
            continue
        if not row.entry or not row.centre:
            problems.append(f"Line {number}: an entry number and a cost centre are needed.")
        elif centres and row.centre not in centres:
            problems.append(f"Line {number}: cost centre “{row.centre}” is not in the structure. Take that in first.")
        elif row.entry in seen:
            problems.append(f"Line {number}: entry {row.entry} stands on line {seen[row.entry]} too.")
        else:
            seen[row.entry] = number
            rows.append(row)
    return Read(tuple(rows), tuple(problems))


def read_structure(text: str) -> Read:
    """Read a file of cost centres; each parent must be a code of the file."""
    rows, problems, codes = [], [], set()
    for number, given in _rows(text, STRUCTURE, problems):
        if not given["code"] or not given["title"]:
            problems.append(f"Line {number}: a code and a title are needed.")
        elif given["code"] in codes:
            problems.append(f"Line {number}: “{given['code']}” stands in the file twice.")
        else:
            codes.add(given["code"])
            rows.append(CentreRow(given["code"], given["title"], given["parent"]))
    problems += [f"“{row.code}” belongs to “{row.parent}”, which is not in the file." for row in rows
                 if row.parent and row.parent not in codes]  # fmt: skip
    return Read(tuple(rows), tuple(problems))


def _rows(text, wanted, problems):
    """Yield (line number, columns) of a file, or note what is wrong with its first line or its length."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    heads = [str(head or "").strip().lower() for head in reader.fieldnames or []]
    missing = [head for head in wanted if head not in heads]
    if missing:
        problems.append(f"Line 1: the columns {', '.join(missing)} are missing. Name them in the first line.")
        return
    reader.fieldnames = heads
    count = 0
    for given in reader:
        count += 1
        if count > MOST:
            problems.append(f"The file has more than {MOST:,} lines. Send it month by month.")
            return
        yield reader.line_num, {head: str(given.get(head) or "").strip() for head in wanted}
    if not count:
        problems.append("The file has no line below its first.")


def _day(text):
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise ValueError(text)
