"""A hole comes back on a guaranteed stretch: the contractor pays, and everyone can read it."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from tests.world import EASTWOLD, MARCHSHIRE

from moothall.casework.events import StepDone
from moothall.contracts import actions, queries
from moothall.contracts.actions import ClauseUnsound, ContractDiffers
from moothall.contracts.models import Claim, Clause, Contract, Deduction
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.events import publish
from moothall.core.ids import new_id
from moothall.core.scope import Scope, scoped
from moothall.ledger import queries as ledger

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
BY = Actor("staff", "101", MARCHSHIRE)
COUNTY = Scope(bodies=(MARCHSHIRE,), purpose="test", actor=BY)
NOBODY = Scope(purpose="front door", actor=Actor("contact"))
OUTSIDER = Scope(bodies=(EASTWOLD,), purpose="test", actor=Actor("staff", "900", EASTWOLD))


def clause() -> Clause:
    return Clause.objects.select_related("contract").get(number="12.4")


def guaranteed() -> str:
    return clause().covers.order_by("segment").first().segment


def tell(performs, defect="d-1", at=AT, segment=None, case_id=None, **said):
    """Let casework say that a step is done, as it does when highways finishes it."""
    outputs = {"defect": defect, "segment": guaranteed() if segment is None else segment, "kind": "pothole",
               "cause": "wear", "found_on": at.date().isoformat(), "cost_pence": 8420,
               "street": "Mill Lane"} | said  # fmt: skip
    event = StepDone(
        body_id=MARCHSHIRE, case_id=case_id or new_id(), service_id="report-pothole", step_id=new_id(),
        step_name="inspect", performs=performs, outputs=outputs,
    )  # fmt: skip
    publish(event, at=at, by=BY)


def run(*tellings, at=AT):
    with scoped(COUNTY):
        for performs, said in tellings:
            tell(performs, at=at, **said)
    queue.run_pending(at=at)


SAID = ("body_id", "number", "contractor", "matter", "spending", "pence", "signed", "starts", "ends",
        "source")  # fmt: skip
INSPECT, REPAIR = "highways.inspect", "highways.repair"


def test_a_hole_that_came_back_is_claimed_deducted_posted_and_published(real_db):
    run((INSPECT, {}), (REPAIR, {}))
    with scoped(COUNTY):
        row = Deduction.objects.get()
        assert row.pence == 8420 + 25000
        assert ledger.balance(body_id=MARCHSHIRE, account="1300") == row.pence
        assert ledger.balance(body_id=MARCHSHIRE, account="4100") == -row.pence
    with scoped(NOBODY):
        assert [(one.pence, one.place) for one in queries.deductions()] == [(33420, "Mill Lane")]


def test_the_claim_is_open_until_the_repair(real_db):
    run((INSPECT, {}))
    with scoped(COUNTY):
        assert Claim.objects.get().settled_at is None
        assert queries.deductions() == []


def test_five_neighbours_who_reported_the_hole_cost_the_contractor_one_deduction(real_db):
    run(*[(INSPECT, {}) for _ in range(5)], *[(REPAIR, {}) for _ in range(5)])
    with scoped(COUNTY):
        assert Claim.objects.count() == 1
        assert queries.deducted(body_id=MARCHSHIRE) == {"count": 1, "pence": 33420}


def test_a_second_hole_on_the_same_stretch_costs_half_as_much_again(real_db):
    run((INSPECT, {}), (REPAIR, {}))
    later = AT + dt.timedelta(days=30)
    run((INSPECT, {"defect": "d-2"}), (REPAIR, {"defect": "d-2"}), at=later)
    with scoped(COUNTY):
        assert [row.pence for row in queries.deductions()] == [8420 + 37500, 33420]


@pytest.mark.parametrize("said", [
    {"segment": "99999999/0"}, {"cause": "utility"}, {"kind": "street light"}, {"found_on": "2028-09-15"},
    {"found_on": "2023-09-14"}, {"segment": ""},
])  # fmt: skip
def test_what_the_clause_does_not_cover_costs_the_contractor_nothing(real_db, said):
    run((INSPECT, said), (REPAIR, said))
    with scoped(COUNTY):
        assert Claim.objects.count() == 0
        assert queries.deductions() == []


def test_the_last_day_of_the_guarantee_still_counts(real_db):
    run((INSPECT, {"found_on": "2028-09-14"}), (REPAIR, {"found_on": "2028-09-14"}))
    with scoped(COUNTY):
        assert Claim.objects.count() == 1


def test_other_steps_of_a_case_are_none_of_its_business(real_db):
    run(("waste.clear", {}), ("casework.explain", {}))
    with scoped(COUNTY):
        assert Claim.objects.count() == 0


def test_the_work_order_knows_who_pays(db):
    with scoped(COUNTY):
        ask = {"body_id": MARCHSHIRE, "segment": guaranteed(), "found": AT.date(), "kind": "pothole"}
        assert queries.payer(**ask, cause="wear") == "Arden Vale Surfacing Limited"
        assert queries.payer(**ask, cause="utility") == ""


def test_a_published_deduction_can_be_neither_changed_nor_removed(real_db):
    run((INSPECT, {}), (REPAIR, {}))
    for change in (lambda: Deduction.objects.update(pence=1), lambda: Deduction.objects.all().delete()):
        with pytest.raises(DatabaseError), scoped(COUNTY), transaction.atomic():
            change()


def test_nobody_but_the_body_publishes_a_deduction_of_its(db):
    with scoped(COUNTY):
        run_here = clause()
    with pytest.raises(DatabaseError), scoped(OUTSIDER), transaction.atomic():
        Deduction.objects.create(
            body_id=MARCHSHIRE, claim_id=new_id(), contract="x", contractor="x", clause=run_here.number, segment="x",
            place="x", found_on=AT.date(), guaranteed_until=AT.date(), lines=[], pence=1, journal=1, published_at=AT,
        )  # fmt: skip


def test_an_outsider_sees_no_contract(db):
    with scoped(OUTSIDER):
        assert queries.contracts() == []
        assert Contract.objects.count() == 0


def test_a_clause_that_cannot_be_applied_is_refused_with_what_is_missing(db):
    with scoped(COUNTY), pytest.raises(ClauseUnsound, match="cap_pence"):
        actions.add_clause(
            contract=clause().contract, number="13", kind="no_defect_guarantee", words="", source="",
            data={"years": 5, "kinds": ["pothole"], "deduction": {"recover_repair": True, "fixed_pence": 1}},
            at=AT, by=BY,
        )  # fmt: skip


def test_a_contract_s_number_belongs_to_one_contract(db):
    with scoped(COUNTY):
        row = clause().contract
        said = {name: getattr(row, name) for name in SAID}
        with pytest.raises(ContractDiffers):
            actions.let_contract(**said, title="Another", at=AT, by=BY)


def test_a_journal_that_adds_up_is_posted_only_once_for_a_claim(real_db):
    run((INSPECT, {}), (REPAIR, {}))
    run((REPAIR, {}), (REPAIR, {}))
    with scoped(COUNTY):
        assert ledger.balance(body_id=MARCHSHIRE, account="1300") == 33420
