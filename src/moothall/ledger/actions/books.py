"""Writes a body's books. Everything is posted by the database's own function; nothing posted is ever changed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing
from moothall.ledger import rules
from moothall.ledger.models import Account, Journal

POST = (
    "select key, journal_id, is_new from "
    "ledger_post(%s::smallint, %s, %s::date[], %s, %s, %s::bigint[], %s, %s, %s, %s, %s)"
)


class DoesNotBalance(Refusal):
    """What goes in must come out: the amounts of a posting have to add up to nothing. Check each line."""

    status = 422


class BooksNotOpen(Refusal):
    """That month's books are not open yet. Ask the finance team to open the month, then try again."""


class PeriodClosed(Refusal):
    """That month is closed. Post it in the current month and say in the description which month it belongs to."""


class MonthStillOpen(Refusal):
    """An earlier month is still open. Close the months in order."""


class NoSuchAccount(Refusal):
    """There is no such account in these books. Open the account first, or choose another."""

    status = 422


class KeyUsedForAnother(Refusal):
    """This was posted before with other amounts. Look at what was posted; to correct it, reverse it and post anew."""


class AlreadyReversed(Refusal):
    """This was reversed already. Look at the reversal; if it was wrong too, post an adjustment."""


class NotYourBooks(Refusal):
    """These books belong to a body you do not act for. Ask its finance team to do it."""

    status = 403


REFUSALS = {
    "ledger_journal_month": BooksNotOpen,
    "ledger_period_closed": PeriodClosed,
    "ledger_period_order": MonthStillOpen,
    "ledger_account_unknown": NoSuchAccount,
    "ledger_key_reused": KeyUsedForAnother,
    "ledger_journal_reversed_once": AlreadyReversed,
}


@dataclass(frozen=True)
class Posting:
    """One journal to post. `key` names in the domain what it does: posting the same key again changes nothing."""

    key: str
    kind: str
    legs: tuple[rules.LegOf, ...]
    on: dt.date
    narrative: str = ""
    reverses: int | None = None


def _call(statement: str, *params):
    with refusing(REFUSALS, hidden=NotYourBooks), connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def open_books(*, body_id: int, month: dt.date, months: int = 12, at: dt.datetime, by: Actor) -> None:
    """Give a body the accounts every body begins with, and open `months` months from the one that `month` is in.

    Doing it again adds what is missing and changes nothing that is there.
    """
    for code, name, kind in rules.CHART:
        open_account(body_id=body_id, code=code, name=name, kind=kind, at=at, by=by)
    for later in range(months):
        years, index = divmod(month.month - 1 + later, 12)
        open_period(body_id=body_id, month=dt.date(month.year + years, index + 1, 1), at=at, by=by)


def open_account(*, body_id: int, code: str, name: str, kind: str, at: dt.datetime, by: Actor) -> None:
    """Add an account to a body's books; kind is A (asset), L (liability), R (reserve), I (income) or X (expense)."""
    _call("select ledger_open_account(%s::smallint, %s, %s, %s)", body_id, code, name, kind)


def open_period(*, body_id: int, month: dt.date, at: dt.datetime, by: Actor) -> bool:
    """Open the month that a day is in; return False when it was opened before."""
    return _call("select ledger_open_period(%s::smallint, %s)", body_id, month.replace(day=1))[0][0]


def close_period(*, body_id: int, month: dt.date, at: dt.datetime, by: Actor) -> bool:
    """Close the month that a day is in, for good; return False when it was closed before. Earlier months come first."""
    row = _call("select ledger_close_period(%s::smallint, %s, %s, %s)", body_id, month.replace(day=1), at, str(by))
    if row[0][0]:
        audit.record(action="period.closed", object=f"period:{month:%Y-%m}", body_id=body_id, at=at, by=by)
    return row[0][0]


def post(
    *,
    body_id: int,
    key: str,
    kind: str,
    legs: Iterable[rules.LegOf],
    narrative: str = "",
    on: dt.date | None = None,
    at: dt.datetime,
    by: Actor,
) -> int:
    """Post one journal and return its number; posting the same key again returns the same number.

    `on` is the day it counts for (by default the day of `at` in London); its month must be open. Refuses with
    DoesNotBalance, BooksNotOpen, PeriodClosed, NoSuchAccount, KeyUsedForAnother or NotYourBooks.
    """
    posting = Posting(key, kind, tuple(legs), on or local(at).date(), narrative)
    return post_many(body_id=body_id, postings=[posting], at=at, by=by)[key]


def post_many(*, body_id: int, postings: Iterable[Posting], at: dt.datetime, by: Actor) -> dict[str, int]:
    """Post many journals of one body in one statement, all or none; return their numbers by key."""
    postings = list(postings)
    if not postings:
        return {}
    for posting in postings:
        if not rules.balanced(posting.legs):
            raise DoesNotBalance(key=posting.key)
        if posting.kind not in rules.KINDS_OF_JOURNAL:
            raise ValueError(f"{posting.kind!r} is no kind of journal: use one of {', '.join(rules.KINDS_OF_JOURNAL)}")
    lines = [(p, leg) for p in postings for leg in p.legs]
    rows = _call(
        POST,
        body_id,
        [p.key for p, _ in lines],
        [p.on for p, _ in lines],
        [p.kind for p, _ in lines],
        [p.narrative for p, _ in lines],
        [p.reverses for p, _ in lines],
        [leg.account for _, leg in lines],
        [leg.cost_centre for _, leg in lines],
        [leg.pence for _, leg in lines],
        at,
        str(by),
    )
    return {key: journal_id for key, journal_id, _ in rows}


def reverse(*, body_id: int, journal_id: int, reason: str, at: dt.datetime, by: Actor) -> int:
    """Undo a journal by posting its opposite on the day of `at`; return the new journal's number.

    A journal is reversed at most once, and a reversal never: what was wrong twice is put right by an adjustment.
    """
    try:
        wrong = Journal.objects.get(body_id=body_id, id=journal_id)
    except Journal.DoesNotExist:
        raise NotYourBooks() from None
    if wrong.reverses_id:
        raise AlreadyReversed("This is a reversal itself. To put it right, post an adjustment.")
    codes = dict(Account.objects.filter(body_id=body_id).values_list("id", "code"))
    legs = tuple(rules.LegOf(codes[leg.account_id], -leg.pence, leg.cost_centre) for leg in wrong.legs.order_by("line"))
    posting = Posting(f"reverse:{journal_id}", "reversal", legs, local(at).date(), reason, journal_id)
    if Journal.objects.filter(body_id=body_id, reverses_id=journal_id).exists():
        raise AlreadyReversed()
    audit.record(action="journal.reversed", object=f"journal:{journal_id}", body_id=body_id, at=at, by=by)
    return post_many(body_id=body_id, postings=[posting], at=at, by=by)[posting.key]
