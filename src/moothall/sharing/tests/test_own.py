"""A body does a service itself: drawn down as any other, with lighter gates, and taken back the same way."""

import pytest
from django.db import transaction
from django.urls import reverse
from tests import world
from tests.world import ASHBY, BORLEY, DUNMERE, MARCHSHIRE, POLICE

from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions, queries
from moothall.sharing.actions import drawing
from moothall.sharing.models import Adoption, DrawDown
from moothall.sharing.queries import drawing as drawn
from moothall.sharing.rules import gates
from moothall.sharing.rules.prices import PriceRule
from moothall.sharing.rules.ways import WAYS
from moothall.sharing.tests.test_drawing import DAY, as_body, live, offered, ready, today, who, write

pytestmark = pytest.mark.django_db
DECIDED = {"decided_by": "Cabinet", "decided_on": "2026-04-14", "reference": "CAB/26/44"}
PAPERS = {"own-decision": DECIDED, "staff": {"moves": False}}


def begun(body_id=BORLEY, service_id="garden-waste"):
    with as_body(body_id):
        return actions.begin_own(body_id=body_id, service_id=service_id, at=now(), by=who("manager", body_id)).pk


def test_every_gate_belongs_to_a_way_and_each_way_says_why_and_where_that_stands():
    assert {code for way in WAYS for code in way.gates} == {gate.code for gate in gates.GATES}
    for way in WAYS:
        assert way.why.endswith(".")
        assert way.url.startswith("https://www.legislation.gov.uk/")
        assert way.source


def test_own_provision_needs_a_decision_and_what_staff_were_told_and_no_signature():
    draw_id = begun()
    with as_body(BORLEY):
        assert [one.gate.code for one in drawn.draw_down(draw_id).still_open(today())] == ["own-decision", "staff"]
        with pytest.raises(drawing.NothingToWrite):
            actions.sign(draw_id=draw_id, gate="legal-route", at=now(), by=who("monitoring-officer"))
        with pytest.raises(drawing.NothingToWrite):
            write(draw_id, "legal-route", route="contract")
        with pytest.raises(drawing.SettingsMissing):
            live(draw_id)
        actions.set_draw_down(draw_id=draw_id, parameters={"fee_pence": 6000}, at=now(), by=who("manager"))
        with pytest.raises(drawing.GatesOpen) as refused:
            live(draw_id)
    assert refused.value.details["gates"] == ["own-decision", "staff"]
    assert "Write down who decided" in refused.value.message


def test_it_goes_live_in_one_go_and_takes_the_place_of_what_was_offered_before():
    before = queries.adoption(BORLEY, "garden-waste", today())
    with as_body(BORLEY):
        told = {"body_id": BORLEY, "service_id": "garden-waste", "at": now(), "by": who("manager")}
        row = actions.draw_down_own(**told, papers=PAPERS, parameters={"fee_pence": 6000}, starts=today() + DAY)
        assert Adoption.objects.get(pk=before.pk).ends == today() + DAY
        assert DrawDown.objects.get(adoption_id=row.pk).state == "live"
        done = [e["action"] for e in audit.search(body_id=BORLEY) if e["action"].startswith("draw-down.")]
    assert done[:5] == ["draw-down.live", *["draw-down.written-down"] * 2, "draw-down.set", "draw-down.begun"]
    assert (row.provider_id, row.offer_id, row.parameters) == (BORLEY, None, {"fee_pence": 6000})


def test_only_a_body_of_a_kind_that_answers_for_it_begins_and_only_once():
    with pytest.raises(drawing.NotAnswerable):
        begun(POLICE, "garden-waste")
    begun()
    with pytest.raises(drawing.DraftThere):
        begun()


def test_a_company_sets_up_what_its_owners_draw_down_and_they_show_that_it_is_theirs(db):
    """The company's own service goes live by the same action; its owners' gates ask whether it is theirs."""
    from moothall.bodies import actions as founding

    company = 77
    with scoped(Scope(bodies=(company,), purpose="founding", actor=world.BY)):
        founding.found_body(
            id=company, code="MCL", slug="marchshire-clean", name="Marchshire Clean Ltd", kind="company", partner=True,
            colour="#1d4e4a", accent="#d9b44a", at=now(), by=world.BY,
        )  # fmt: skip
    with as_body(company):
        actions.draw_down_own(body_id=company, service_id="garden-waste", papers=PAPERS, at=now(), by=world.BY)
    offer = offered("owned-company", body_id=company)
    with as_body(BORLEY):
        draw_id = actions.begin_draw_down(offer_id=offer.pk, body_id=BORLEY, at=now(), by=who("manager")).pk
        open_ = [one.gate.code for one in drawn.draw_down(draw_id).still_open(today())]
    assert open_ == [
        "legal-route", "decision", "control", "staff", "monitoring-officer", "section-151-officer",
    ]  # fmt: skip
    owned = {"owners": "Ashby and Borley", "controlled": True, "others": False, "percent": 90}
    for wrong in ({"controlled": False}, {"others": True}, {"percent": 80}):
        with pytest.raises(drawing.EvidenceWrong) as refused:
            write(draw_id, "control", **owned | wrong)
        assert set(refused.value.details["problems"]) == set(wrong)
        assert "It is a contractor then" in next(iter(refused.value.details["problems"].values()))
    write(draw_id, "control", **owned)


def test_work_that_is_done_in_return_is_drawn_down_with_no_price_to_pay():
    offer = offered(price=PriceRule(method="in-return"))
    adopted = live(ready(offer))
    assert adopted.provider_id == ASHBY
    assert queries.terms_between(ASHBY, BORLEY, today(), service_id="garden-waste") == []
    with as_body(BORLEY), pytest.raises(actions.TermsUnsound) as refused:
        actions.agree_terms(
            payer_id=BORLEY, provider_id=ASHBY, service_id="garden-waste", rule={"method": "in-return"},
            vat="non-business", basis="Minute 4", payer_post="Officer", provider_post="Officer", at=now(), by=world.BY,
        )  # fmt: skip
    assert "there are no terms to agree" in refused.value.details["problems"]["rule"]


def test_whoever_did_it_before_is_not_paid_any_more_when_another_does_it():
    live(ready(offered()))
    with as_body(DUNMERE):
        other = offered(body_id=DUNMERE)
    live(ready(other), today() + 30 * DAY)
    assert queries.terms_between(ASHBY, BORLEY, today() + 30 * DAY, service_id="garden-waste") == []
    assert len(queries.terms_between(DUNMERE, BORLEY, today() + 30 * DAY, service_id="garden-waste")) == 1


def test_a_body_takes_the_work_back_by_pages_and_what_it_pays_ends_that_day(client, django_assert_max_num_queries):
    shared = ready(offered())
    live(shared)
    world.as_staff(client, BORLEY, "manager")
    html = client.get(reverse("sharing:draw_down", args=[shared])).content.decode()
    begin = reverse("sharing:begin_own", args=["garden-waste"])
    assert begin in html
    page = client.post(begin).url
    html = client.get(page).content.decode()
    assert "It cannot go live yet: 2 gates are still open, and nothing is set." in html
    assert "Until then Ashby District Council does it." in html
    assert "no further power is needed" in html
    assert 'value="45.00"' in client.get(f"{page}settings/").content.decode(), "what was set stays proposed"
    client.post(f"{page}settings/", {"fee_pence": "48.00", "most_bins": "2", "deliver_days": "5", "asks_photo": "yes",
                                       "put_out-en": "By the gate.", "put_out-cy": ""})  # fmt: skip
    assert "becomes" in client.get(page).content.decode(), "what residents would meet otherwise is told"
    day = {"decided_on-day": 14, "decided_on-month": 4, "decided_on-year": 2026}
    client.post(f"{page}gates/own-decision/", {"decided_by": "Cabinet", "reference": "CAB/27/3"} | day)
    assert client.get(f"{page}gates/control/").status_code == 404
    client.post(f"{page}gates/staff/", {"moves": "no"})
    html = client.get(page).content.decode()
    assert "Ashby District Council finishes what it has begun, is paid until that day" in html
    last = today() + 90 * DAY
    client.post(f"{page}live/", {"starts-day": last.day, "starts-month": last.month, "starts-year": last.year})
    assert queries.adoption(BORLEY, "garden-waste", last - DAY).provider_id == ASHBY
    own = queries.adoption(BORLEY, "garden-waste", last)
    assert (own.provider_id, own.offer_id, own.parameters["fee_pence"]) == (BORLEY, None, 4800)
    assert queries.terms_between(ASHBY, BORLEY, last, service_id="garden-waste") == []
    assert len(queries.terms_between(ASHBY, BORLEY, last - DAY, service_id="garden-waste")) == 1
    assert "does it itself" in client.get(reverse("sharing:draw_down", args=[shared])).content.decode()
    assert "It is live" in client.get(page).content.decode()


def test_the_list_says_who_does_each_service_and_leads_to_doing_it_otherwise(client):
    live(ready(offered()))
    begun(service_id="bulky-waste")
    world.as_staff(client, BORLEY, "manager")
    html = client.get(reverse("sharing:our_services")).content.decode()
    assert "Ashby District Council" in html
    assert "Do it ourselves" in html
    assert "Set it otherwise" in html
    assert "Go on with the draft" in html
    assert "Report a pothole" not in html, "a district does not answer for roads"
    world.as_staff(client, BORLEY, "councillor")
    html = client.get(reverse("sharing:our_services")).content.decode()
    assert "What you can do" not in html
    assert client.post(reverse("sharing:begin_own", args=["missed-bin"])).status_code == 403
    world.as_staff(client, MARCHSHIRE, "manager")
    assert "Report a pothole" in client.get(reverse("sharing:our_services")).content.decode()


def test_settings_are_carried_over_to_a_version_that_a_body_begins_with():
    with as_body(BORLEY):
        told = {"body_id": BORLEY, "service_id": "garden-waste", "at": now(), "by": who("manager")}
        actions.draw_down_own(**told, papers=PAPERS, parameters={"fee_pence": 6100})
    draw_id = begun()
    with as_body(BORLEY):
        found = drawn.draw_down(draw_id).row
    assert (found.parameters, found.set_at) == ({"fee_pence": 6100}, None)
    assert found.version_id == catalogue.current("garden-waste").id


def test_a_past_day_is_for_what_a_body_did_before_it_came_here_and_never_rewrites_what_was_offered():
    with as_body(BORLEY):
        told = {"body_id": BORLEY, "at": now(), "by": who("manager"), "papers": PAPERS, "starts": today() - 30 * DAY}
        with pytest.raises(drawing.InThePast), transaction.atomic():
            actions.draw_down_own(**told, service_id="garden-waste")
        actions.end_adoption(
            body_id=BORLEY, service_id="garden-waste", ends=today() - 60 * DAY, at=now(), by=who("manager")
        )
        assert actions.draw_down_own(**told, service_id="garden-waste").starts == today() - 30 * DAY
