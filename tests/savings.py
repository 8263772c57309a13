"""An invented saving of Ashby: one lorry less for garden waste, promised, carried out, reported, and its ledger."""

import datetime as dt

from tests.terms import as_body
from tests.world import ASHBY, account_of

from moothall.core.actor import Actor

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
YEAR, NEXT = dt.date(2026, 4, 1), dt.date(2027, 4, 1)
FIRST, LAST = YEAR, dt.date(2026, 9, 30)
MONTHS = (4, 5, 6, 7, 8, 9)
SPENT = {month: 40_000 + month for month in MONTHS}
"""Pence spent in each month in cost centre STR10; STR20 has a pound a month."""


def actor(role: str, body_id: int = ASHBY) -> Actor:
    """Return the first of a body's staff who has a role."""
    return Actor("staff", str(account_of(body_id, role).pk), body_id)


def ledger(body_id: int = ASHBY) -> None:
    """Take in a body's ledger of April to September 2026."""
    from moothall.settlement import actions as settlement

    rows = [f"A-{m},2026-{m:02d}-28,STR10,4000,{pence // 100}.{pence % 100:02d}" for m, pence in SPENT.items()]
    rows += [f"B-{m},2026-{m:02d}-28,STR20,4000,1.00" for m in MONTHS]
    told = {"body_id": body_id, "at": AT, "by": actor("finance", body_id)}
    with as_body(body_id):
        settlement.take_centres(content="code,title,parent\nSTR10,Garden waste rounds,\nSTR20,Refuse,\n", **told)
        settlement.take_costs(
            kind="actual", title="ledger.csv", content="\n".join(["entry,date,centre,account,amount", *rows]) + "\n",
            control_rows=len(rows), control_pence=sum(SPENT.values()) + 100 * len(MONTHS), **told,
        )  # fmt: skip


def promised(body_id: int = ASHBY, at: dt.datetime = AT, **changes):
    """Promise £1,000 a year for £50 in the first, with changes."""
    from moothall.promises import actions
    from moothall.promises.rules.savings import Amount

    said = {
        "title": "One lorry less for garden waste", "title_cy": "Un lori'n llai i wastraff gardd", "kind": "cash",
        "starts": YEAR, "source": "Cabinet paper 12, page 4", "service_id": "garden-waste",
        "figures": {YEAR: Amount(100_000, 5_000), NEXT: Amount(100_000, 0)},
    } | changes  # fmt: skip
    with as_body(body_id):
        return actions.promise(body_id=body_id, **said, at=at, by=actor("manager", body_id))


def baseline(row, pence: int = 600_000, at: dt.datetime = AT, **changes):
    """State what a year would cost without it."""
    from moothall.promises import actions

    said = {"stated_by": "Finance", "prices": YEAR, "source": "Budget book 2026-27, page 9"} | changes
    with as_body(row.body_id):
        return actions.state_baseline(saving_id=row.pk, pence=pence, **said, at=at, by=actor("finance", row.body_id))


def prepared(row, at: dt.datetime = AT):
    """Put on record all that a proposal needs."""
    from moothall.promises import actions

    manager = actor("manager", row.body_id)
    told = {"saving_id": row.pk, "at": at, "by": manager}
    with as_body(row.body_id):
        actions.name_owner(owner_id=int(manager.id), **told)
        actions.say_how(cause="The rounds are planned anew.", quality="Missed bins stay under 40 a month.", **told)
    baseline(row, at=at)
    return row


def carried_out(row=None, at: dt.datetime = AT):
    """Propose, approve and carry out a saving."""
    from moothall.bodies import queries as bodies
    from moothall.promises import actions, queries
    from moothall.promises.rules.savings import Amount

    row = prepared(row or promised(at=at), at)
    told = {"saving_id": row.pk, "at": at, "by": actor("manager", row.body_id)}
    with as_body(row.body_id):
        answers = bodies.staff(row.body_id, at.date(), "councillor").first().name
        actions.propose(**told)
        figures = {year.first: year.promised for year in queries.saving_of(row.pk).years}
        actions.approve(decided_by="Cabinet", decided_on=at.date(), minute="C/26/99", councillor=answers,
                        figures=figures or {YEAR: Amount(1, 0)}, **told)  # fmt: skip
        actions.implement(day=at.date(), words="The lorry was handed back.", **told)
    return row


def reported(row=None, gross: int = 70_000, cost: int = 5_000, at: dt.datetime = AT):
    """Let the owner report what came of it up to the end of September."""
    from moothall.promises import actions
    from moothall.promises.rules.savings import Amount

    row = row or carried_out(at=at)
    with as_body(row.body_id):
        actions.report(saving_id=row.pk, year=YEAR, amount=Amount(gross, cost), until=LAST, source="Half-year report",
                       at=at, by=actor("manager", row.body_id))  # fmt: skip
    return row


def verified(row=None, months=MONTHS, at: dt.datetime = AT, **changes):
    """Let a finance officer verify it by the entries of STR10."""
    from moothall.promises import actions

    row = row or reported(at=at)
    said = {"first": FIRST, "last": LAST, "entries": [f"{row.body_id}:actual:A-{month}" for month in months]} | changes
    with as_body(row.body_id):
        return actions.verify(saving_id=row.pk, **said, at=at, by=actor("finance", row.body_id))
