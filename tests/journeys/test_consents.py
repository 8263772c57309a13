"""A council that ends signs nothing above the limits without consent: contracts, prices, draw-downs, leaving."""

import datetime as dt

import pytest
from tests.world import ASHBY, BORLEY, COVEHAM, EASTWOLD, MARCHSHIRE, account_of, as_staff, sign_in

from moothall.contracts import actions as contracts
from moothall.contracts.models import Contract
from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.models import Account
from moothall.core.scope import scoped
from moothall.leaving import actions as leaving
from moothall.onboarding import actions as onboarding
from moothall.onboarding.actions.beginning import ComesByPlan
from moothall.reorganisation import actions, queries
from moothall.reorganisation.actions.deciding import NotTheirs, OwnConsent
from moothall.reorganisation.queries import ConsentNeeded
from moothall.reorganisation.tests import lives
from moothall.sharing import actions as sharing

pytestmark = pytest.mark.django_db
MOWING = {
    "number": "ASH-26-7", "title": "Mowing for five years", "contractor": "Green Vale Limited", "spending": "other",
    "matter": "Grounds maintenance", "pence": 10_000_000, "source": "Executive, minute E/7 (invented)",
}  # fmt: skip
BY = Actor("staff", "301", ASHBY)


def today():
    return local(now()).date()


def vesting():
    return today() + dt.timedelta(days=300)


def planned():
    """Plan for a day to come that Ashby and Borley become Westmarch; Ashby, which runs it, has agreed."""
    with scoped(lives.staff(ASHBY)):
        return actions.plan(
            body_id=ASHBY, slug="westmarch-consents", title="Ashby and Borley become Westmarch", vesting=vesting(),
            basis="An order", successors=[lives.WESTMARCH],
            parts=[actions.Part(ASHBY, "WES"), actions.Part(BORLEY, "WES")], at=now(), by=BY,
        )  # fmt: skip


@pytest.fixture
def plan_id(db):
    return lives.agreed(planned())


def let(body_id=ASHBY, **changes):
    starts = today() + dt.timedelta(days=10)
    days = {"starts": starts, "ends": starts + dt.timedelta(days=5 * 365)}
    with scoped(lives.staff(body_id)):
        return contracts.let_contract(
            body_id=body_id, **MOWING | days | changes, at=now(), by=Actor("staff", "301", body_id)
        )


def consented(plan_id, answer=True, body_id=BORLEY, **changes):
    asked = {"kind": "contract", "reference": MOWING["number"], "what": "Mowing", "pence": 12_000_000}
    with scoped(lives.staff(ASHBY)):
        row = actions.ask_consent(plan_id=plan_id, body_id=ASHBY, **asked | changes, at=now(), by=BY)
    with scoped(lives.staff(body_id)):
        actions.answer_consent(
            consent_id=row, body_id=body_id, agreed=answer, because="", at=now(), by=Actor("staff", "301", body_id)
        )


def test_up_to_the_limit_a_council_signs_on_its_own_and_a_penny_more_is_refused(plan_id):
    let()
    with pytest.raises(
        ConsentNeeded, match=r"£100,000\.01, with £100,000\.00 of others .* under the reference ASH-26-8"
    ):
        let(number="ASH-26-8", pence=10_000_001)
    with pytest.raises(ConsentNeeded, match=r"more than £100,000\.00, and can run past"):
        let(number="ASH-26-9", pence=10_000_001, contractor="Another", matter="Another matter")


def test_what_ends_before_the_day_is_signed_without_consent_but_not_if_it_can_be_extended_past_it(plan_id):
    short = {"ends": today() + dt.timedelta(days=200), "pence": 90_000_000}
    let(**short)
    with pytest.raises(ConsentNeeded):
        let(number="ASH-26-8", extends_to=vesting() + dt.timedelta(days=1), **short)


def test_capital_has_its_own_limit_and_none_where_the_price_can_be_varied(plan_id):
    let(spending="capital", pence=100_000_000)
    with pytest.raises(ConsentNeeded, match="price can be varied"):
        let(number="ASH-26-8", spending="capital", pence=1, varies=True, contractor="B", matter="C")


def test_with_consent_for_that_reference_and_that_much_it_is_signed(plan_id):
    consented(plan_id)
    with pytest.raises(ConsentNeeded):
        let(number="ASH-26-8", pence=12_000_000)
    with pytest.raises(ConsentNeeded):
        let(pence=12_000_001)
    assert let(pence=12_000_000).pence == 12_000_000


def test_a_no_is_no_consent_and_neither_is_one_for_another_kind(plan_id):
    consented(plan_id, answer=False)
    consented(plan_id, kind="land")
    with pytest.raises(ConsentNeeded):
        let(pence=12_000_000)


def test_the_refusal_names_whom_to_ask_and_leads_to_the_form_filled_in(plan_id, client):
    with pytest.raises(ConsentNeeded) as refused:
        let(pence=12_000_000)
    assert "Westmarch Council or Borley District Council" in refused.value.message
    page = as_staff(client, ASHBY, "manager").get(refused.value.details["url"]).content.decode()
    assert 'value="ASH-26-7"' in page
    assert 'value="120,000.00"' in page


def test_a_council_that_has_not_agreed_is_held_once_a_direction_names_a_day(db):
    plan_id, big = planned(), {"body_id": BORLEY, "pence": 12_000_000}
    let(number="BOR-26-1", **big)
    with scoped(lives.staff(ASHBY)):
        actions.hold_to(
            plan_id=plan_id, body_id=ASHBY, direction="The Marchshire Direction 2026 (invented)", held_from=today(),
            counted_after=today(), at=now(), by=BY,
        )  # fmt: skip
    with pytest.raises(ConsentNeeded):
        let(number="BOR-26-2", **big)
    let(number="BOR-26-3", **big | {"pence": 10_000_000})  # what was signed until that day does not count with it


def test_what_was_signed_before_the_councils_were_held_is_written_down_as_it_is(plan_id):
    assert let(pence=90_000_000, signed=today() - dt.timedelta(days=1)).pk


def test_other_councils_sign_as_ever(plan_id):
    assert let(body_id=COVEHAM, pence=90_000_000).pk


def test_nobody_but_the_new_council_and_those_that_end_with_it_answers(plan_id):
    with scoped(lives.staff(ASHBY)):
        row = actions.ask_consent(plan_id=plan_id, body_id=ASHBY, kind="land", reference="D-1", what="A depot",
                                  pence=20_000_000, at=now(), by=BY)  # fmt: skip
        found = queries.plan(plan_id)
        assert [one.code for one in queries.answerers(found, ASHBY)] == ["WES", "BOR"]
    new = found.successors[0].id
    with scoped(lives.staff(new)):
        theirs = Actor("staff", "301", new)
        actions.answer_consent(consent_id=row, body_id=new, agreed=True, because="", at=now(), by=theirs)
    with scoped(lives.staff(MARCHSHIRE)), pytest.raises(Exception, match="cannot find that"):
        actions.answer_consent(consent_id=row, body_id=MARCHSHIRE, agreed=True, because="", at=now(), by=BY)
    assert NotTheirs.status == 403


def test_the_shadow_authority_has_people_of_its_own_who_answer_and_nobody_answers_their_own(plan_id, client):
    page = f"/staff/reorganisations/{plan_id}/"
    officer = as_staff(client, ASHBY, "monitoring-officer")
    officer.post(f"{page}consents/", {"kind": "land", "what": "A depot", "reference": "D-1", "pence": "250000"})
    new = next(body for body in queries.plan(plan_id).successors)
    given = {"name": "Shay Example", "email": "shay@westmarch.example", "post": "monitoring-officer",
             "successor": str(new.id)}  # fmt: skip
    assert "Nobody is named yet" in officer.get(f"{page}shadow/").content.decode()
    assert officer.post(f"{page}shadow/", given).status_code == 302
    assert officer.post(f"{page}shadow/", given | {"post": "operator"}).status_code == 200
    both = account_of(ASHBY, "section-151-officer")
    assert officer.post(f"{page}shadow/", given | {"email": both.email, "name": "Both Example"}).status_code == 302
    assert "Shay Example: Monitoring officer" in officer.get(f"{page}shadow/").content.decode()
    other = as_staff(client, BORLEY, "monitoring-officer").get(f"{page}shadow/").content.decode()
    assert "Shay Example" in other
    assert "Name somebody" not in other, "only the council that runs the plan does"

    with scoped(lives.staff(ASHBY)):
        (row,) = queries.consents(queries.plan(plan_id))
    with scoped(lives.staff(new.id)), pytest.raises(OwnConsent):
        actions.answer_consent(consent_id=row.pk, body_id=new.id, agreed=True, because="", at=now(),
                               by=Actor("staff", str(both.pk), new.id))  # fmt: skip
    shay = sign_in(client, Account.objects.get(email="shay@westmarch.example"))
    shown = shay.get(f"{page}consents/").content.decode()
    assert "A depot" in shown
    assert shay.post(f"{page}consents/{row.pk}/", {"answer": "agreed"}).status_code == 302
    assert "Agreed" in shay.get(f"{page}consents/").content.decode()
    assert "data-row" not in shay.get("/staff/queue/").content.decode()
    assert shay.get("/desk/").status_code == 403


def test_a_shadow_authority_is_not_invited_as_if_it_joined_on_its_own(plan_id, client):
    new = next(body for body in queries.plan(plan_id).successors)
    with scoped(lives.staff(MARCHSHIRE)), pytest.raises(ComesByPlan):
        onboarding.invite(
            host_id=MARCHSHIRE, known_id=new.id, first_name="A", first_email="a@b.example", at=now(), by=BY
        )
    assert new.name not in as_staff(client, MARCHSHIRE, "operator").get("/staff/joining/invite/").content.decode()


def test_a_price_that_a_council_would_pay_past_the_day_needs_consent(plan_id):
    said = {
        "payer_id": ASHBY, "provider_id": COVEHAM, "service_id": "garden-waste", "vat": "non-business",
        "rule": {"method": "fixed", "pence": 3_000_000}, "basis": "Joint decision", "post": "Treasurer",
        "starts": today() + dt.timedelta(days=1),
    }  # fmt: skip
    with (
        scoped(lives.staff(ASHBY)),
        pytest.raises(ConsentNeeded, match=r"£120,000\.00, .* reference garden-waste by COV"),
    ):
        sharing.propose_recharge(**said, at=now(), by=BY)
    theirs = Actor("staff", "401", COVEHAM)
    with scoped(lives.staff(COVEHAM)):
        row = sharing.propose_recharge(**said, at=now(), by=theirs)
    with scoped(lives.staff(ASHBY)), pytest.raises(ConsentNeeded):
        sharing.answer_recharge(proposal_id=row.pk, agree=True, post="Treasurer", at=now(), by=BY)
    consented(plan_id, reference="garden-waste by COV")
    with scoped(lives.staff(ASHBY)):
        assert sharing.answer_recharge(proposal_id=row.pk, agree=True, post="Treasurer", at=now(), by=BY).terms_id


def test_leaving_after_the_day_at_a_cost_nobody_knows_needs_consent(plan_id, monkeypatch):
    from moothall.leaving import queries as meant

    known = meant.meaning

    def unknown(*args):
        from dataclasses import replace

        return replace(known(*args), cost=(0, 1))

    monkeypatch.setattr(meant, "meaning", unknown)
    said = {"reason": "Another platform", "decided_by": "Council", "minute": "C/1", "decided_on": today(),
            "address": "https://www.ashby.example"}  # fmt: skip
    with scoped(lives.staff(ASHBY)), pytest.raises(ConsentNeeded, match="Nobody can tell yet"):
        leaving.decide_to_leave(body_id=ASHBY, leaves=vesting() + dt.timedelta(days=9), **said, at=now(), by=BY)


def typed(day: dt.date, name: str) -> dict:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_a_contract_is_let_by_a_page_that_says_where_consent_is_asked_for(plan_id, client):
    finance = as_staff(client, ASHBY, "section-151-officer")
    given = MOWING | {"pence": "120000", "varies": "no"} | typed(today(), "signed") | typed(today(), "starts")
    given |= typed(today() + dt.timedelta(days=2000), "ends")
    wrong = finance.post("/contracts/new/", given | typed(today(), "ends"))
    assert wrong.status_code == 422
    assert "Give a day after it begins" in wrong.content.decode()
    refused = finance.post("/contracts/new/", given)
    assert refused.status_code == 409
    assert f"/staff/reorganisations/{plan_id}/consents/?kind=contract" in refused.content.decode()
    consented(plan_id)
    assert finance.post("/contracts/new/", given).status_code == 302
    with scoped(lives.staff(ASHBY)):
        row = Contract.objects.get(number=MOWING["number"])
    assert "£120,000.00 over its whole life" in finance.get(f"/contracts/{row.pk}/").content.decode()
    assert as_staff(client, ASHBY, "manager").post("/contracts/new/", given).status_code == 403


def test_who_runs_the_plan_writes_down_the_direction(plan_id, client):
    page = f"/staff/reorganisations/{plan_id}/consents/"
    officer = as_staff(client, ASHBY, "monitoring-officer")
    shown = officer.get(page).content.decode()
    assert "31 December 2006" in shown
    assert "section 24(1)(a) to (c)" in shown
    given = (
        {"direction": "The Marchshire Direction 2026"} | typed(today(), "held_from") | typed(today(), "counted_after")
    )
    assert officer.post(f"{page}direction/", given).status_code == 302
    assert "The Marchshire Direction 2026" in officer.get(page).content.decode()
    assert as_staff(client, BORLEY, "monitoring-officer").get(f"{page}direction/").status_code == 404


def test_one_council_asks_and_another_answers_by_pages(plan_id, client):
    page = f"/staff/reorganisations/{plan_id}/consents/"
    officer = as_staff(client, ASHBY, "monitoring-officer")
    given = {"kind": "land", "what": "The depot in Mill Lane to a developer", "reference": "Depot", "pence": "250000"}
    assert officer.post(page, given).status_code == 302
    with scoped(lives.staff(ASHBY)):
        row = queries.consents(queries.plan(plan_id))[0]
    assert row.pence == 25_000_000
    assert officer.get(f"{page}{row.pk}/").status_code == 404, "nobody answers their own"
    other = as_staff(client, BORLEY, "monitoring-officer")
    assert "Say why not" in other.post(f"{page}{row.pk}/", {"answer": "refused"}).content.decode()
    assert other.post(f"{page}{row.pk}/", {"answer": "refused", "because": "It is needed."}).status_code == 302
    assert "It is needed." in other.get(page).content.decode()
    assert as_staff(client, EASTWOLD, "monitoring-officer").get(page).status_code == 404
