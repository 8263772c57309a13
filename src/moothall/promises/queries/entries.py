"""The ledger entries that may stand behind a saving: of our own books, and of a finance system as taken in."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from moothall.ledger import queries as ledger
from moothall.promises.models import SavingLine, Verification
from moothall.settlement import queries as costs

BOOKS = {"actual": "What was spent", "budget": "Budget", "ours": "Our own books"}


@dataclass(frozen=True)
class Purse:
    """Where entries stand: a cost centre of a finance system, or an account of our own books."""

    key: str
    words: str
    lines: int
    pence: int


@dataclass(frozen=True)
class Entry:
    """One ledger entry; `behind` is the reference of the saving that it stands behind already, or ""."""

    books: str
    entry: str
    day: dt.date
    centre: str
    account: str
    posting: str
    pence: int
    behind: str = ""

    @property
    def key(self) -> str:
        """Return what a form calls it."""
        return f"{self.books}:{self.entry}"

    @property
    def purse(self) -> str:
        """Return the key of the purse that it lies in."""
        return f"{self.books}:{self.account if self.books == 'ours' else self.centre}"


def purses(body_id: int, first: dt.date, last: dt.date) -> list[Purse]:
    """Return where a body has entries on these days, both inclusive."""
    taken_in = [
        Purse(f"{kind}:{centre}", f"{BOOKS[kind]}: {centre} {title}", lines, pence)
        for kind, centre, title, lines, pence in costs.centre_sums(body_id, first, last)
    ]
    ours = [
        Purse(f"ours:{code}", f"{BOOKS['ours']}: {code} {name}", lines, pence)
        for code, name, lines, pence in ledger.account_sums(body_id, first, last)
    ]
    return taken_in + ours


def entries_in(body_id: int, purse: str, first: dt.date, last: dt.date) -> list[Entry]:
    """Return the entries of a purse on these days, both inclusive, with what they stand behind already."""
    books, _, place = purse.partition(":")
    if books == "ours":
        found = [_own(leg) for leg in ledger.spending(body_id, first, last, account=place)]
    elif books in BOOKS:
        found = [_taken_in(row) for row in costs.cost_lines(body_id, books, first, last, centre=place)]
    else:
        found = []
    return _with_savings(body_id, found)


def entries_named(body_id: int, keys: list[str], first: dt.date, last: dt.date) -> list[Entry]:
    """Return the entries with these keys that lie on these days; others are left out."""
    by_books = defaultdict(list)
    for key in keys:
        books, _, entry = key.partition(":")
        by_books[books].append(entry)
    found = []
    for books in ("actual", "budget"):
        if by_books[books]:
            rows = costs.cost_lines(body_id, books, first, last, entries=by_books[books])
            found += [_taken_in(row) for row in rows]
    named = [tuple(map(int, one.split("/"))) for one in by_books["ours"] if one.replace("/", "", 1).isdigit()]
    if named:
        found += [_own(leg) for leg in ledger.spending(body_id, first, last, named=named)]
    return _with_savings(body_id, found)


def lines_of(saving_id: UUID) -> list[tuple[Verification, list[SavingLine]]]:
    """Return each verification of a saving that stands, with its entries, oldest first."""
    lines = defaultdict(list)
    rows = SavingLine.objects.filter(verification__saving_id=saving_id, released=False)
    for line in rows.order_by("day", "books", "id"):
        lines[line.verification_id].append(line)
    stand = Verification.objects.filter(saving_id=saving_id, withdrawn_at=None).select_related("baseline")
    return [(one, lines[one.pk]) for one in stand.order_by("first")]


def _own(leg) -> Entry:
    return Entry("ours", f"{leg.journal_id}/{leg.line}", leg.journal.posted_on, leg.cost_centre, leg.account.code,
                 leg.journal.kind, leg.pence)  # fmt: skip


def _taken_in(row) -> Entry:
    return Entry(row.kind, row.entry, row.day, row.centre, row.account, "", row.pence)


def _with_savings(body_id: int, found: list[Entry]) -> list[Entry]:
    rows = SavingLine.objects.filter(body_id=body_id, released=False, entry__in=[one.entry for one in found])
    behind = {
        (books, entry): reference
        for books, entry, reference in rows.values_list("books", "entry", "verification__saving__reference")
    }
    return [Entry(**{**vars(one), "behind": behind.get((one.books, one.entry), "")}) for one in found]
