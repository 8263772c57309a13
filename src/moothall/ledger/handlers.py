"""Opens books where they are needed, and answers the house's questions about the ledger's rows."""

import datetime as dt

from moothall.catalogue import queries as catalogue
from moothall.core import personal, ports, succession
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.events import on
from moothall.ledger import actions, rules
from moothall.sharing.events import ServiceAdopted

personal.free("ledger_account", "name", why="the name of an account in the books")
personal.free("ledger_journal", "narrative", why="names the service and the case's reference")
personal.free("ledger_charge", "description", why="names what is charged for, never who pays")
personal.free("ledger_refund", "reason", why="says why money goes back, never to whom")


@on(ServiceAdopted)
def open_books(event: ServiceAdopted, *, at: dt.datetime, by: Actor) -> None:
    """A body that offers its first service with a fee gets books, for this month and the next."""
    if catalogue.definition(event.version_id).fee:
        actions.open_books(body_id=event.body_id, month=local(at).date(), months=2, at=at, by=by)


BALANCES = """
select a.code, a.name, a.kind, b.cost_centre, sum(b.debit - b.credit)::bigint
from ledger_balance b join ledger_account a on a.id = b.account_id
where b.body_id = %(body)s group by 1, 2, 3, 4 having sum(b.debit - b.credit) <> 0 order by 1, 4"""
POST = """
select journal_id from ledger_post(%(body)s::smallint, array_fill(%(key)s::text, array[%(n)s]),
  array_fill(%(on)s::date, array[%(n)s]), array_fill(%(kind)s::text, array[%(n)s]),
  array_fill(%(words)s::text, array[%(n)s]), array_fill(%(reverses)s::bigint, array[%(n)s]),
  %(accounts)s::text[], %(centres)s::text[], %(pence)s::bigint[], %(at)s, %(by)s)"""


def _close_and_open_books(moving: succession.Moving) -> None:
    """Close each predecessor's books by one balanced entry and open its successors' by its mirror, to the penny."""
    on = local(moving.at).date()
    moving.sql("select set_config('app.bodies', %(bodies)s, true)",
               bodies=",".join(map(str, moving.predecessors + moving.successors)))  # fmt: skip
    for successor in moving.successors:
        before = [line.predecessor for line in moving.lines if line.successor == successor]
        _begin_books(moving, successor, before, on)
    for body in moving.predecessors:
        rows = moving.sql(BALANCES, body=body).fetchall()
        lines = moving.heirs(body)
        parts = rules.divided([row[4] for row in rows], [line.share for line in lines])
        if not rows:
            continue
        _post(moving, body, f"close:{body}", on, [(r[0], r[3], -r[4]) for r in rows], "Passed to the successor")
        for line, amounts in zip(lines, parts, strict=True):
            legs = [(r[0], r[3], amount) for r, amount in zip(rows, amounts, strict=True) if amount]
            _post(moving, line.successor, f"open:{body}", on, legs, "Taken over from the predecessor")
    closed = {"state": "'closed'", "closed_at": "%(at)s::timestamptz", "closed_by": "%(by)s::text"}
    still_open = "where t.body_id = any(%(before)s) and t.state = 'open'"
    moving.change("ledger_period", closed, still_open, before=moving.predecessors)


def _begin_books(moving: succession.Moving, successor: int, before: list[int], on: dt.date) -> None:
    """Give a successor all its predecessors' accounts, and the months that they have open from now on."""
    moving.sql(
        """select ledger_open_account(%(body)s::smallint, a.code, a.name, a.kind) from (
        select distinct on (code) code, name, kind from ledger_account where body_id = any(%(before)s)
        order by code, body_id) a""", body=successor, before=before,
    )  # fmt: skip
    moving.sql(
        """select ledger_open_period(%(body)s::smallint, month) from (select distinct month from ledger_period
        where body_id = any(%(before)s) and state = 'open' and month >= %(first)s
        union select %(first)s::date) m order by month""", body=successor, before=before, first=on.replace(day=1),
    )  # fmt: skip
    for body in before:
        moving.sql("select ledger_open_period(%(body)s::smallint, %(first)s::date)", body=body, first=on.replace(day=1))


def _post(moving, body: int, key: str, on: dt.date, legs: list[tuple], words: str, reverses: int | None = None) -> None:
    if not legs:
        return
    accounts, centres, pence = (list(column) for column in zip(*legs, strict=True))
    moving.sql(POST, body=body, key=f"{rules.SUCCESSION}{moving.id}:{moving.at.isoformat()}:{key}", on=on, n=len(legs),
               kind="reversal" if reverses else "adjustment", words=words, reverses=reverses,
               accounts=accounts, centres=centres, pence=pence)  # fmt: skip


OURS = """
select j.id, j.body_id, j.posted_on, j.key from ledger_journal j
where j.body_id = any(%(bodies)s) and j.key like 'succession:' || %(id)s || ':%%' and j.reverses_id is null
  and not exists (select 1 from ledger_journal r where r.body_id = j.body_id and r.reverses_id = j.id) order by j.id"""
LEGS = """
select a.code, l.cost_centre, -l.pence from ledger_leg l join ledger_account a on a.id = l.account_id
where l.body_id = %(body)s and l.journal_id = %(journal)s order by l.line"""


def _reverse_books(moving: succession.Moving) -> None:
    """Reverse what was closed and opened: an opposite entry for each, on the day of the first."""
    bodies = moving.predecessors + moving.successors
    moving.sql("select set_config('app.bodies', %(bodies)s, true)", bodies=",".join(map(str, bodies)))
    for journal, body, day, key in moving.sql(OURS, bodies=bodies).fetchall():
        legs = moving.sql(LEGS, body=body, journal=journal).fetchall()
        _post(moving, body, f"undo:{key[-60:]}", day, legs, "The succession was undone", reverses=journal)


@ports.succession.answer()
def passes_on() -> succession.Chapter:
    """Books close and open by entries; charges that wait, and those of open cases, pass with what was paid on them."""
    of_case = succession.heir_of("casework_case", "t.case_id")
    waits = (
        "t.state = 'due' or exists (select 1 from casework_case c where c.id = t.case_id "
        "and c.state in ('open', 'paused'))"
    )
    with_charge = "exists (select 1 from ledger_charge c where c.id = t.charge_id and c.body_id <> t.body_id)"
    with_payment = "exists (select 1 from ledger_payment p where p.id = t.payment_id and p.body_id <> t.body_id)"
    books = succession.stays("what was posted is never changed: the successor's books open with its balances")
    return succession.Chapter(
        fates={
            "ledger_charge": succession.moves("charges that wait, and those of open requests", waits, heir=of_case),
            "ledger_payment": succession.moves("what was paid on those charges", with_charge, heir=of_case),
            "ledger_refund": succession.moves("what of it goes back", with_payment, heir=of_case),
            **dict.fromkeys((f"ledger_{part}" for part in ("account", "balance", "journal", "leg")), books),
            "ledger_period": succession.stays("closed on the day; nothing more is posted to the old books"),
            "ledger_providerrecord": succession.stays("what the payment provider said"),
        },
        hooks=(succession.Hook("Close the books and open the successor's", _close_and_open_books, _reverse_books),),
        figures=(
            succession.Figure(
                "Balance of each account",
                "select a.code, sum(b.debit - b.credit)::bigint from ledger_balance b join ledger_account a "
                "on a.id = b.account_id where b.body_id = any(%(bodies)s) group by 1 "
                "having sum(b.debit - b.credit) <> 0",
                unit="pence",
            ),
            succession.Figure(
                "Charges",
                "select state, sum(pence)::bigint from ledger_charge where body_id = any(%(bodies)s) group by state",
                unit="pence",
            ),
        ),
        relaxed=("ledger_charge", "ledger_payment", "ledger_refund"),
        grows=("ledger_account", "ledger_journal", "ledger_leg", "ledger_period"),
        recounted=("ledger_balance",),
    )
