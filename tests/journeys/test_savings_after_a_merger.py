"""Savings and plans of councils that become one: the successor proves them by the books of then, and goes on."""

import datetime as dt
from uuid import uuid4

import pytest
from tests import savings
from tests.plans import adopted
from tests.savings import MONTHS, SPENT, YEAR, actor, carried_out, ledger, promised, reported
from tests.terms import as_body
from tests.world import ASHBY, BORLEY

from moothall.bodies import queries as bodies
from moothall.bodies.queries.edition import expect_change
from moothall.core.scope import scoped
from moothall.ledger import actions as books
from moothall.promises import actions, queries
from moothall.reorganisation.tests import lives
from moothall.scrutiny import actions as scrutiny

pytestmark = pytest.mark.timeout(300)
LATER = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
TODAY = LATER.date()


def spent(body_id: int, pence: int) -> None:
    """Post what a lorry cost in a body's own books."""
    by = actor("finance", body_id)
    with as_body(body_id):
        books.post(body_id=body_id, key="lorry", kind="adjustment", on=dt.date(2026, 5, 5), at=lives.AT, by=by,
                   legs=[books.LegOf("5000", pence), books.LegOf("1000", -pence)])  # fmt: skip


def counted(body_id: int, kept: int) -> None:
    """Count fifty promises of a service kept before the saving is to show; and since then so many."""
    with as_body(body_id):
        for month, number in ((dt.datetime(2026, 2, 2, 10, tzinfo=dt.UTC), 50), (lives.AT, kept)):
            for n in range(50):
                scrutiny.count_promise(body_id=body_id, service_id="garden-waste", case_id=uuid4(), promise_due=month,
                                       kept=n < number, at=month, by=actor("finance", body_id))  # fmt: skip


LATE = {"service_id": "garden-waste", "case_id": uuid4(), "promise_due": lives.AT, "kept": False, "by": lives.RESIDENT}


def planned() -> tuple:
    """Adopt a plan of Ashby's that taught something, and write an idea down there; only Borley sets money aside."""
    plan = adopted()
    with as_body(ASHBY):
        actions.learn(plan_id=plan.pk, words="Ask the crews first.", at=lives.AT, by=actor("manager"))
        idea = actions.propose_idea(body_id=ASHBY, title="Stickers", words="On every lid.", origin="staff",
                                    service_id="garden-waste", at=lives.AT, by=actor("crew"))  # fmt: skip
    with as_body(BORLEY):
        actions.set_fund(body_id=BORLEY, year=YEAR, pence=100_000, most=60_000, decided_by="Cabinet", minute="C/3",
                         at=lives.AT, by=actor("finance", BORLEY))  # fmt: skip
    return plan, idea


def carried_on(new: int, plan, idea, by) -> None:
    """Go on with the plan of then, try the idea of then, and begin the next plan with what both taught."""
    told = {"at": LATER, "by": by}
    first = queries.plan(plan.reference).actions[0]
    actions.hand_on_action(plan_id=plan.pk, action_id=first.pk, owner_id=int(by.id), **told)
    assert first.pk in queries.owned(queries.plan(plan.reference), TODAY)
    actions.grant_idea(idea_id=idea.pk, pence=50_000, decided_by="Board", reason="Cheap", shows="Fewer misses",
                       ends=TODAY, **told)  # fmt: skip
    begun = actions.begin_plan(body_id=new, service_id="garden-waste", year=savings.NEXT, **told)
    actions.end_trial(idea_id=idea.pk, result="worked", learnt="Pictures work.", spent=42_000, **told)
    assert [voice.said for voice in queries.plan(begun.reference).voices] == ["Ask the crews first.", "Pictures work."]


def test_the_successor_proves_what_its_predecessors_saved_by_their_books_each_entry_once(real_db, client):
    expect_change()
    for body in (ASHBY, BORLEY):
        ledger(body)  # both have an entry A-4, and a cost centre STR10
        spent(body, 30_000 + body)
    counted(ASHBY, 40)
    counted(BORLEY, 20)
    with as_body(ASHBY):
        assert scrutiny.count_promise(body_id=ASHBY, at=lives.AT, **LATE)
    plan, idea = planned()
    row, other = (reported(carried_out(promised(body))) for body in (ASHBY, BORLEY))
    with as_body(BORLEY):
        proved = savings.verified(other, months=MONTHS[:3], last=dt.date(2026, 6, 30))
    assert lives.done(lives.two_districts()).error == ""
    new = bodies.body("westmarch").id

    first, last, finance = YEAR, savings.LAST, actor("finance")  # now an officer of the new council
    with scoped(lives.staff(new)):
        assert not scrutiny.count_promise(body_id=new, at=LATER, **LATE), "it was missed once, by Ashby"
        one = queries.saving(row.reference)
        assert (one.row.body_id, one.others) == (new, ()), "what two councils promised are two budgets"
        held = next(test for test in queries.judged(one, TODAY) if test.key == "quality")
        assert held.values == {"before": 100, "after": 59}, "both predecessors' promises are the new council's"
        assert "worse" in {alarm.kind for alarm in queries.alarms([one], TODAY)[row.pk]}
        found = {purse.key: purse for purse in queries.purses(new, first, last)}
        centre, lorry = found[f"{ASHBY}:actual:STR10"], found[f"{ASHBY}:ours:5000"]
        assert (centre.words, centre.pence) == (
            "Ashby District Council, What was spent: STR10 Garden waste rounds", sum(SPENT.values()),
        )  # fmt: skip
        through = queries.purses(new, first, TODAY)
        assert (lorry.pence, [item.pence for item in through if item.key.endswith("ours:5000")]) == (
            30_002, [30_002, 30_003],
        ), "closing and opening the books spends nothing"  # fmt: skip
        told = {"saving_id": row.pk, "first": first, "last": last, "at": LATER, "by": finance}
        of_ashby = [f"{ASHBY}:actual:A-{month}" for month in MONTHS]
        with pytest.raises(actions.BehindAnother):
            actions.verify(entries=[*of_ashby, f"{BORLEY}:actual:A-4"], **told)
        done = actions.verify(entries=of_ashby, **told)
        assert done.pence == done.baseline_pence - sum(SPENT.values())
        actions.withdraw(verification_id=proved.pk, why="Done anew by the new council", at=LATER, by=finance)
        actions.verify(entries=[f"{BORLEY}:actual:A-{month}" for month in MONTHS], **told | {"saving_id": other.pk})
        with pytest.raises(actions.CountedAlready, match="ASH-S1, BOR-S1 count this service"):
            actions.promise(body_id=new, title="One lorry less", kind="cash", starts=YEAR, source="Budget",
                            service_id="garden-waste", figures={YEAR: queries.Amount(1_000, 0)}, at=LATER,
                            by=finance)  # fmt: skip
        carried_on(new, plan, idea, finance)
    assert "STR10 4000, Borley District Council" in client.get(f"/savings/{other.reference}/").content.decode()
    assert "Borley District Council,actual,A-4" in client.get("/savings/BOR-S1/entries.csv").content.decode()
