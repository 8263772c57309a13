"""A body draws a service down: nothing is live before every gate is passed, and everything is in the audit."""

import datetime as dt

import pytest
from django.urls import reverse
from tests import world
from tests.world import ASHBY, BORLEY, COVEHAM, MARCHSHIRE

from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions, queries
from moothall.sharing.actions import drawing
from moothall.sharing.models import DrawDown, Evidence
from moothall.sharing.queries import drawing as drawn
from moothall.sharing.rules import gates
from moothall.sharing.rules.prices import PriceRule

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
DECISION = {
    "decided_by": "Cabinet", "decided_on": "2026-04-14", "reference": "CAB/26/41", "councillor": "Councillor for waste",
}  # fmt: skip


def today():
    return local(now()).date()


def who(role, body_id=BORLEY):
    """Return the actor of a body's officer with a role."""
    return Actor("staff", str(world.account_of(body_id, role).pk), body_id)


def as_body(body_id):
    return scoped(Scope(bodies=(body_id,), purpose="tests", actor=Actor("staff", "1", body_id)))


@pytest.fixture
def offer():
    return offered()


def offered(provision="own-staff", body_id=ASHBY, **more):
    given = {
        "provision": provision, "capacity": 20, "price": PriceRule(method="per-case", pence=420), "vat": "non-business",
        "clock": 10, "terms": "We bring it.", "languages": ["en"], "hours": "Weekdays", "starts": today(),
    }  # fmt: skip
    with as_body(body_id):
        return actions.offer_service(body_id=body_id, service_id="garden-waste", **given | more, at=now(), by=world.BY)


def begun(offer, role="partnership-office"):
    with as_body(BORLEY):
        return actions.begin_draw_down(offer_id=offer.pk, body_id=BORLEY, at=now(), by=who(role)).pk


def set_(draw_id, **parameters):
    with as_body(BORLEY):
        given = {"fee_pence": 4500, "most_bins": 2, "deliver_days": 12} | parameters
        actions.set_draw_down(draw_id=draw_id, parameters=given, at=now(), by=who("partnership-office"))


def write(draw_id, gate, **given):
    with as_body(BORLEY):
        by = who("partnership-office")
        actions.write_evidence(draw_id=draw_id, gate=gate, given=given, at=now(), by=by)


def sign(draw_id, role):
    with as_body(BORLEY):
        actions.sign(draw_id=draw_id, gate=role, at=now(), by=who(role))


def papers(draw_id):
    write(draw_id, "legal-route", route="executive-functions")
    write(draw_id, "decision", **DECISION)
    write(draw_id, "staff", moves=False)


def live(draw_id, starts=None):
    with as_body(BORLEY):
        by = who("partnership-office")
        return actions.go_live(draw_id=draw_id, starts=starts or today(), at=now(), by=by)


def ready(offer):
    draw_id = begun(offer)
    set_(draw_id)
    papers(draw_id)
    sign(draw_id, "monitoring-officer")
    sign(draw_id, "section-151-officer")
    return draw_id


def test_once_every_gate_is_passed_it_is_live_on_the_day_chosen_and_paid_by_the_offer(offer):
    adopted = live(ready(offer))
    found = queries.adoption(BORLEY, "garden-waste", today())
    assert (found.pk, found.provider_id, found.offer_id) == (adopted.pk, ASHBY, offer.pk)
    assert found.parameters == {"fee_pence": 4500, "most_bins": 2, "deliver_days": 12}
    terms = queries.terms_between(ASHBY, BORLEY, today(), service_id="garden-waste")
    assert [(row.price, row.vat, row.basis) for row in terms] == [(offer.rule, "non-business", "Cabinet, CAB/26/41")]
    assert DrawDown.objects.count() == 0, "nobody's scope shows nobody's draft"


def test_a_later_day_leaves_what_is_offered_until_then(offer):
    live(ready(offer), today() + 30 * DAY)
    assert queries.adoption(BORLEY, "garden-waste", today() + 29 * DAY).provider_id == BORLEY
    assert queries.adoption(BORLEY, "garden-waste", today() + 30 * DAY).provider_id == ASHBY


@pytest.mark.parametrize("left_out", ["legal-route", "decision", "staff", "monitoring-officer", "section-151-officer"])
def test_a_missing_gate_is_refused_by_name_with_what_to_do(offer, left_out):
    draw_id = ready(offer)
    with as_body(BORLEY):
        row = DrawDown.objects.get(pk=draw_id)
        found = drawn.draw_down(draw_id)
        case = gates.Case(
            found.case.provision, found.case.kind, found.case.applicant, found.case.settings,
            {code: given for code, given in found.case.given.items() if code != left_out},
        )  # fmt: skip
    missing = {one.gate.code: one.to_do for one in gates.still_open(case, today())}
    assert left_out in missing
    assert missing[left_out] == gates.gate(left_out).to_do
    assert row.state == "draft"


def test_nothing_goes_live_half_way(offer):
    draw_id = begun(offer)
    with pytest.raises(drawing.SettingsMissing):
        live(draw_id)
    set_(draw_id)
    papers(draw_id)
    sign(draw_id, "monitoring-officer")
    with pytest.raises(drawing.GatesOpen) as refused:
        live(draw_id)
    assert refused.value.details["gates"] == ["section-151-officer"]
    assert "Ask your section 151 officer to sign in" in refused.value.message
    assert queries.adoption(BORLEY, "garden-waste", today()).provider_id == BORLEY
    sign(draw_id, "section-151-officer")
    with pytest.raises(drawing.InThePast):
        live(draw_id, today() - DAY)
    live(draw_id)
    with pytest.raises(drawing.NotADraft):
        live(draw_id)


def test_officers_sign_for_exactly_what_stands_there_and_a_change_undoes_it(offer):
    draw_id = ready(offer)
    set_(draw_id, fee_pence=9900)
    with pytest.raises(drawing.GatesOpen) as refused:
        live(draw_id)
    assert refused.value.details["gates"] == ["monitoring-officer", "section-151-officer"]
    assert "changed after this was signed" in refused.value.message
    sign(draw_id, "monitoring-officer")
    sign(draw_id, "section-151-officer")
    write(draw_id, "decision", **DECISION | {"reference": "CAB/26/42"})
    with pytest.raises(drawing.GatesOpen):
        live(draw_id)


def test_only_the_officer_in_post_signs_and_not_for_what_they_began(offer):
    draw_id = begun(offer, "monitoring-officer")
    with pytest.raises(drawing.TooEarlyToSign):
        sign(draw_id, "section-151-officer")
    set_(draw_id)
    papers(draw_id)
    with pytest.raises(drawing.OwnRequest):
        sign(draw_id, "monitoring-officer")
    with as_body(BORLEY):
        for by in (who("manager"), who("monitoring-officer", ASHBY), Actor("api", "1", BORLEY)):
            with pytest.raises(drawing.NotYoursToSign):
                actions.sign(draw_id=draw_id, gate="section-151-officer", at=now(), by=by)
        with pytest.raises(drawing.MustSign):
            write(draw_id, "monitoring-officer", signed=True)


def test_one_person_cannot_sign_for_both_posts(offer):
    from moothall.bodies import actions as employing

    draw_id, both = begun(offer), who("monitoring-officer")
    set_(draw_id)
    papers(draw_id)
    with as_body(BORLEY):
        employing.appoint(
            account_id=int(both.id), body_id=BORLEY, name="Somebody", roles=["section-151-officer"],
            starts=today() - DAY, at=now(), by=world.BY,
        )  # fmt: skip
        actions.sign(draw_id=draw_id, gate="monitoring-officer", at=now(), by=both)
        with pytest.raises(drawing.SignedForOther):
            actions.sign(draw_id=draw_id, gate="section-151-officer", at=now(), by=both)


def test_where_work_changes_employer_the_numbers_and_the_unions_answer_are_needed(offer):
    draw_id = begun(offer)
    with pytest.raises(drawing.EvidenceWrong) as refused:
        write(draw_id, "staff", moves=True, number=0)
    assert set(refused.value.details["problems"]) == {"unions", "response", "answered_on"}
    told = {"unions": "The crews' union", "response": "We agree.", "answered_on": "2026-04-02"}
    with pytest.raises(drawing.EvidenceWrong) as refused:
        write(draw_id, "staff", moves=True, number=0, **told)
    assert set(refused.value.details["problems"]) == {"number"}
    write(draw_id, "staff", moves=True, number=4, **told)


def test_a_contractor_s_offer_needs_an_awarded_contract_and_an_appraisal_with_an_in_house_option():
    draw_id = begun(offered("contractor"))
    with as_body(BORLEY):
        open_ = [one.gate.code for one in drawn.draw_down(draw_id).still_open(today())]
    assert open_[3:5] == ["contract", "appraisal"]
    with pytest.raises(drawing.EvidenceWrong) as refused:
        write(draw_id, "legal-route", route="executive-functions")
    assert "does not fit here" in refused.value.details["problems"]["route"]
    write(draw_id, "legal-route", route="contract")
    closed = {"reference": "APP/7", "closed_on": "2026-03-01", "document": "https://borley.example/appraisal"}
    with pytest.raises(drawing.EvidenceWrong) as refused:
        write(draw_id, "appraisal", in_house=False, **closed)
    assert set(refused.value.details["problems"]) == {"in_house"}
    write(draw_id, "appraisal", in_house=True, **closed)


def test_an_appraisal_that_is_closed_and_published_here_need_only_be_chosen(monkeypatch):
    from moothall.core.ports import Answer, closed_appraisals

    here = {
        "key": "borley-bins/1", "title": "Bins, edition 1", "closed_on": today(), "in_house": True,
        "address": "https://moothall.example/appraisals/borley-bins/1/",
    }  # fmt: skip
    given = {"tests.here": Answer("tests", frozenset(), lambda body_id: [here] if body_id == BORLEY else [])}
    monkeypatch.setattr(closed_appraisals, "_answers", given)
    draw_id = begun(offered("contractor"))
    write(draw_id, "appraisal", here="borley-bins/1")
    with as_body(BORLEY):
        written = drawn.draw_down(draw_id).evidence["appraisal"].given
    assert written["document"] == here["address"]
    with pytest.raises(drawing.EvidenceWrong):
        write(draw_id, "appraisal", here="ashby-bins/1")


def test_a_day_that_has_not_come_is_no_decision(offer):
    with pytest.raises(drawing.EvidenceWrong) as refused:
        write(begun(offer), "decision", **DECISION | {"decided_on": (today() + DAY).isoformat()})
    assert set(refused.value.details["problems"]) == {"decided_on"}


def test_only_what_is_open_is_set_and_never_sooner_than_the_provider_promises(offer):
    draw_id = begun(offer)
    with pytest.raises(actions.ParametersWrong) as refused:
        set_(draw_id, fee_pence=99_999, deliver_days=99)
    assert set(refused.value.details["problems"]) == {"fee_pence", "deliver_days"}
    with pytest.raises(actions.ParametersWrong) as refused:
        set_(draw_id, deliver_days=9)
    assert "promises 10 at the soonest" in refused.value.details["problems"]["deliver_days"]


def test_a_draft_is_begun_once_from_a_running_offer_of_another_by_a_body_that_answers_for_it(offer):
    draw_id = begun(offer)
    with pytest.raises(drawing.DraftThere):
        begun(offer)
    with as_body(BORLEY):
        actions.give_up(draw_id=draw_id, at=now(), by=who("manager"))
    for body_id, refusal in ((ASHBY, drawing.OwnOffer), (MARCHSHIRE, drawing.NotAnswerable)):
        with as_body(body_id), pytest.raises(refusal):
            actions.begin_draw_down(offer_id=offer.pk, body_id=body_id, at=now(), by=who("manager", body_id))
    with as_body(ASHBY):
        actions.withdraw_offer(offer_id=offer.pk, body_id=ASHBY, at=now(), by=world.BY)
    with pytest.raises(drawing.OfferEnded):
        begun(offer)


def test_a_draft_is_its_own_body_s_alone_and_what_is_written_down_stays(offer):
    draw_id = ready(offer)
    for body_id in (ASHBY, COVEHAM):
        with as_body(body_id):
            assert not DrawDown.objects.filter(body_id=BORLEY).exists()
            assert not Evidence.objects.filter(body_id=BORLEY).exists()
            with pytest.raises(drawn.UnknownDrawDown):
                queries.draw_down(draw_id)
    with as_body(BORLEY):
        actions_in_audit = [e["action"] for e in audit.search(body_id=BORLEY, object=f"draw-down:{draw_id}")]
        assert Evidence.objects.filter(drawdown_id=draw_id).count() == 5
    assert actions_in_audit == [
        *["draw-down.signed"] * 2, *["draw-down.written-down"] * 3, "draw-down.set", "draw-down.begun",
    ]  # fmt: skip


def test_trying_it_out_shows_what_would_come_of_it_and_writes_nothing(client, offer, django_assert_max_num_queries):
    draw_id = begun(offer)
    set_(draw_id)
    world.as_staff(client, BORLEY, "partnership-office")
    url = reverse("sharing:draw_try", args=[draw_id])
    answers = {"language": "en", "where": "14 Mill Lane, Ashby", "start": "new", "bins": "2", "agreed": "on"}
    html = client.get(url, answers).content.decode()
    assert "They would pay £90.00" in html
    assert "We bring your bin" in html
    assert "14 Mill Lane" in html
    html = client.get(url, answers | {"bins": "3"}).content.decode()
    assert "more bins than we collect from one address" in html
    html = client.get(url, answers | {"language": "cy"}).content.decode()
    assert "Rydym yn dod" in html


def test_every_shipped_service_can_be_tried_out(client):
    from moothall.catalogue import queries as catalogue
    from moothall.core.workdays import england
    from moothall.sharing.forms.trying import TryForm

    for published in catalogue.services():
        form = TryForm(published.definition, catalogue.settings(published.definition), {"language": "en"})
        assert form.is_valid(), published.service_id
        came = catalogue.rehearse(
            published.definition, form.answers(), catalogue.settings(published.definition), {}, at=now(),
            calendar=england(),
        )  # fmt: skip
        form.refuse(came.problems)
        assert came.problems, published.service_id


def test_what_was_written_down_stands_there_in_order_with_who_wrote_it(client, offer):
    draw_id = ready(offer)
    world.as_staff(client, BORLEY, "councillor")
    html = client.get(reverse("sharing:draw_down", args=[draw_id])).content.decode()
    assert html.index("Who decided?") < html.index("On which day?") < html.index("Accountable councillor")
    assert "Tuesday 14 April 2026" in html
    with as_body(BORLEY):
        assert bodies.staff(BORLEY, today(), "section-151-officer").first().name in html
