"""The ledger entries that may stand behind a saving: of our own books, and of a finance system as taken in.

A body that took the place of others reads their books too: what they spent before is proved by entries of then.
"""

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.ledger import queries as ledger
from moothall.promises.models import SavingLine, Verification
from moothall.settlement import queries as costs

LEG = re.compile("[0-9]{1,18}/[0-9]{1,9}")
"""An entry of our own books: the number of its journal, and its line there."""
BOOKS = {"actual": "What was spent", "budget": "Budget", "ours": "Our own books"}


@dataclass(frozen=True)
class Purse:
    """Where entries stand: a cost centre of a finance system, or an account of our own books, of one body."""

    key: str
    words: str
    lines: int
    pence: int


@dataclass(frozen=True)
class Entry:
    """One ledger entry of a body's books; `behind` is the reference of the saving it stands behind already, or ""."""

    body_id: int
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
        return f"{self.body_id}:{self.books}:{self.entry}"

    @property
    def purse(self) -> str:
        """Return the key of the purse that it lies in."""
        return f"{self.body_id}:{self.books}:{self.account if self.books == 'ours' else self.centre}"


def purses(body_id: int, first: dt.date, last: dt.date) -> list[Purse]:
    """Return where a body, or one whose place it took, has entries on these days, both inclusive; its own first."""
    found = []
    for one in bodies.lineage(body_id):
        whose = "" if one == body_id else f"{bodies.body(one).name}, "
        found += [
            Purse(f"{one}:{kind}:{centre}", f"{whose}{BOOKS[kind]}: {centre} {title}", lines, pence)
            for kind, centre, title, lines, pence in costs.centre_sums(one, first, last)
        ]
        found += [
            Purse(f"{one}:ours:{code}", f"{whose}{BOOKS['ours']}: {code} {name}", lines, pence)
            for code, name, lines, pence in ledger.account_sums(one, first, last)
        ]
    return found


def entries_in(body_id: int, purse: str, first: dt.date, last: dt.date) -> list[Entry]:
    """Return the entries of a purse on these days, both inclusive, with what they stand behind already."""
    whose, books, place = _parts(body_id, purse)
    if books == "ours":
        found = [_own(leg) for leg in ledger.spending(whose, first, last, account=place)]
    elif books in BOOKS:
        found = [_taken_in(row) for row in costs.cost_lines(whose, books, first, last, centre=place)]
    else:
        found = []
    return _with_savings(found)


def entries_named(body_id: int, keys: list[str], first: dt.date, last: dt.date) -> list[Entry]:
    """Return the entries with these keys that lie on these days; others are left out."""
    named = defaultdict(list)
    for key in keys:
        whose, books, entry = _parts(body_id, key)
        named[whose, books].append(entry)
    found = []
    for (whose, books), entries in named.items():
        if books in ("actual", "budget"):
            found += [_taken_in(row) for row in costs.cost_lines(whose, books, first, last, entries=entries)]
        elif books == "ours":
            legs = [tuple(map(int, one.split("/"))) for one in entries if LEG.fullmatch(one)]
            found += [_own(leg) for leg in ledger.spending(whose, first, last, named=legs)]
    return _with_savings(found)


def _parts(body_id: int, key: str) -> tuple[int, str, str]:
    """Return (whose books, which, place or entry) of a key; ("" for the books where it is of none that we may read)."""
    whose, _, rest = key.partition(":")
    books, _, place = rest.partition(":")
    readable = {str(one): one for one in bodies.lineage(body_id)}
    return (readable[whose], books, place) if whose in readable else (body_id, "", "")


def lines_of(saving_id: UUID) -> list[tuple[Verification, list[SavingLine]]]:
    """Return each verification of a saving that stands, with its entries, oldest first."""
    lines = defaultdict(list)
    rows = SavingLine.objects.filter(verification__saving_id=saving_id, released=False)
    for line in rows.order_by("day", "books", "id"):
        lines[line.verification_id].append(line)
    stand = Verification.objects.filter(saving_id=saving_id, withdrawn_at=None).select_related("baseline")
    return [(one, lines[one.pk]) for one in stand.order_by("first")]


def _own(leg) -> Entry:
    return Entry(leg.body_id, "ours", f"{leg.journal_id}/{leg.line}", leg.journal.posted_on, leg.cost_centre,
                 leg.account.code, leg.journal.kind, leg.pence)  # fmt: skip


def _taken_in(row) -> Entry:
    return Entry(row.body_id, row.kind, row.entry, row.day, row.centre, row.account, "", row.pence)


def _with_savings(found: list[Entry]) -> list[Entry]:
    rows = SavingLine.objects.filter(
        body_id__in={one.body_id for one in found}, released=False, entry__in=[one.entry for one in found]
    )
    behind = {
        (body_id, books, entry): reference
        for body_id, books, entry, reference in rows.values_list(
            "body_id", "books", "entry", "verification__saving__reference"
        )
    }
    return [replace(one, behind=behind.get((one.body_id, one.books, one.entry), "")) for one in found]
