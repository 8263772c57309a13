"""Borley draws garden waste down from Ashby, by pages alone; residents have it at once, and Ashby does the work."""

import pytest
from django.test import Client
from django.urls import reverse
from tests import world
from tests.world import ASHBY, BORLEY, COVEHAM

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.queue import run_pending
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.ledger import actions as money
from moothall.ledger import queries as ledger
from moothall.sharing import actions as sharing
from moothall.sharing import queries as shared
from moothall.sharing.actions import adoptions
from moothall.sharing.rules.prices import PriceRule

pytestmark = pytest.mark.django_db
PAGES, FORMS = 14, 10
"""What three people open and send between the first click after approval and the live service, one slip included: each
page has one question or a handful, so that a quarter of an hour is enough at more than half a minute for each."""


def today():
    return local(now()).date()


def staff(body_id, by="1"):
    return scoped(Scope(bodies=(body_id,), purpose="staff", actor=Actor("staff", by, body_id)))


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


@pytest.fixture
def offer():
    with staff(ASHBY):
        return sharing.offer_service(
            body_id=ASHBY, service_id="garden-waste", provision="own-staff", capacity=20,
            price=PriceRule(method="per-case", pence=420), vat="non-business", clock=10,
            terms="We bring the bin and empty it every two weeks.", languages=["en"], hours="Weekdays",
            starts=today(), at=now(), by=world.BY,
        )  # fmt: skip


class Clicks:
    """Somebody at a desk: opens pages by their links, sends the forms that stand there, and counts both."""

    pages = forms = 0

    def __init__(self, body_id, role):
        self.client = world.as_staff(Client(), body_id, role)
        self.html = ""

    def open(self, url):
        """Follow a link of the page one is on (the first page is typed)."""
        assert not self.html or f'href="{url}' in self.html, f"no link to {url}"
        Clicks.pages += 1
        return self._shown(self.client.get(url))

    def ask(self, **given):
        """Send a form that only asks, of the page one is on."""
        assert '<form method="get"' in self.html
        Clicks.forms += 1
        return self._shown(self.client.get(self.here, given))

    def send(self, action, **given):
        """Send a form of the page one is on."""
        assert '<form method="post"' in self.html
        assert not action or f'action="{action}"' in self.html, f"no form to {action}"
        Clicks.forms += 1
        answer = self.client.post(action or self.here, given, follow=True)
        if answer.redirect_chain:
            self.here = answer.redirect_chain[-1][0]
        return self._shown(answer)

    def _shown(self, answer):
        self.html = answer.content.decode()
        self.here = answer.request["PATH_INFO"]
        assert answer.status_code == 200, self.html[-2000:]
        return self.html


def drawn_by_pages(offer):
    """Go from the list of offers to the live service, as three people at Borley do it; return the draft's address."""
    Clicks.pages = Clicks.forms = 0
    office = Clicks(BORLEY, "partnership-office")
    assert "Ashby District Council" in office.open("/staff/offers/")
    office.open(reverse("sharing:compare_offers", args=["garden-waste"]))
    assert "We bring the bin" in office.open(reverse("sharing:offer", args=[offer.pk]))
    html = office.send(reverse("sharing:begin_draw_down", args=[offer.pk]))
    draft = office.here
    assert "It cannot go live yet: 5 gates are still open, and nothing is set." in html
    office.open(f"{draft}settings/")
    own = {"put_out-en": "By your own gate, by 6am.", "put_out-cy": "", "asks_photo": "yes"}
    html = office.send("", fee_pence="45.00", most_bins="2", deliver_days="5", **own)
    assert "promises 10 at the soonest" in html
    office.send("", fee_pence="45.00", most_bins="2", deliver_days="12", **own)
    assert "By your own gate, by 6am." in office.open(f"{draft}try/")
    asked = {"language": "en", "where": "14 Mill Lane, Ashby", "start": "new", "bins": "2", "agreed": "on"}
    came = office.ask(**asked)
    assert "They would pay £90.00" in came
    assert "Add a photo of where the bin will stand" in came
    assert came.count("By your own gate, by 6am.") == 3, "beside the question, and in two letters"
    office.open(draft)
    office.open(f"{draft}gates/legal-route/")
    office.send("", route="executive-functions")
    office.open(f"{draft}gates/decision/")
    when = {"decided_by": "Cabinet", "reference": "CAB/26/41", "councillor": "Councillor for waste"}
    office.send("", **when, **day("decided_on", today()))
    office.open(f"{draft}gates/staff/")
    assert 'name="starts-day"' not in office.send("", moves="no")
    for role in ("monitoring-officer", "section-151-officer"):
        signer = Clicks(BORLEY, role)
        signer.open(draft)
        assert "CAB/26/41" in signer.open(f"{draft}gates/{role}/")
        signer.send("")
    html = office.open(draft)
    assert "Every gate is passed. It can go live." in html
    html = office.send(f"{draft}live/", **day("starts", today()))
    assert "Borley District Council stays accountable; Ashby District Council does the work." in html
    return draft


def home_in(body_id):
    return bodies.place_of_dwelling(bodies.homes_in(body_id, 1)[0])


def asked_in_borley(email="ann@example.org", service_id="garden-waste", body_id=None):
    place = home_in(BORLEY)
    answers = {"where": place, "start": "new", "bins": 2, "agreed": True}
    if service_id == "complaint":
        answers = {"about": "delay", "had_answer": False, "happened": "It was late.", "put_right": "Be on time.",
                   "for_other": False}  # fmt: skip
    contact = {"name": "Ann Example", "email": email}
    with scoped(Scope(purpose="front door", actor=Actor("contact"))):
        return casework.open_case(
            service_id=service_id, answers=answers, place=place, contact=contact, channel="web", body_id=body_id,
            at=now(), by=Actor("contact"),
        )  # fmt: skip


def test_after_approval_it_is_live_within_the_pages_that_fit_a_quarter_of_an_hour(offer):
    drawn_by_pages(offer)
    assert (Clicks.pages, Clicks.forms) == (PAGES, FORMS)


def test_residents_are_offered_it_at_once_with_borley_s_own_settings(offer, client):
    label = home_in(BORLEY)["label"]
    before = client.get("/services/garden-waste/", {"where": label}).content.decode()
    assert "From £50.00" in before
    drawn_by_pages(offer)
    html = client.get("/services/garden-waste/", {"where": label}).content.decode()
    assert "From £45.00 for each bin for a year" in html
    assert "Done within 12 working days." in html
    assert client.get("/services/garden-waste/start").status_code in (200, 302)


def test_the_provider_does_it_the_body_that_drew_it_down_stays_accountable(offer):
    drawn_by_pages(offer)
    opened = asked_in_borley()
    assert opened.reference.startswith("BOR-")
    run_pending(at=now())
    with staff(ASHBY):
        file = cases.case(opened.case_id, at=now()).file
        assert (file.case.body_id, file.case.provider_id) == (BORLEY, ASHBY)
    with staff(BORLEY):
        (fee,) = ledger.charges_for(opened.case_id)
        assert (fee.body_id, fee.pence) == (BORLEY, 9000), "the fee is Borley's: it set it, and pays Ashby by the offer"
        money.record_payment(charge_id=fee.id, how="phone", at=now(), by=Actor("staff", "1", BORLEY))
    run_pending(at=now())
    html = world.as_staff(Client(), ASHBY, "manager").get("/staff/queue/?show=all").content.decode()
    assert opened.reference in html
    assert "Deliver a garden waste bin" in html
    html = world.as_staff(Client(), BORLEY, "manager").get(f"/staff/cases/{opened.case_id}/").content.decode()
    assert "Ashby District Council" in html
    assert opened.reference not in world.as_staff(Client(), BORLEY, "manager").get("/staff/queue/").content.decode()


def test_the_provider_sees_the_case_it_does_and_nothing_else_of_the_person(offer):
    drawn_by_pages(offer)
    theirs = asked_in_borley()
    other = asked_in_borley(service_id="complaint", body_id=BORLEY)
    ashby = world.as_staff(Client(), ASHBY, "manager")
    assert ashby.get(f"/staff/cases/{theirs.case_id}/").status_code == 200
    assert ashby.get(f"/staff/cases/{other.case_id}/").status_code == 404
    with staff(ASHBY):
        with pytest.raises(NotYours):
            cases.case(other.case_id, at=now())
        assert [row.pk for row in cases.cases_of_contact("ann@example.org")] == [theirs.case_id]
    assert world.as_staff(Client(), COVEHAM, "manager").get(f"/staff/cases/{theirs.case_id}/").status_code == 404


def test_after_it_ended_the_provider_sees_nothing_of_what_comes_then(offer):
    drawn_by_pages(offer)
    before = asked_in_borley()
    with staff(BORLEY):
        version_id = shared.adoption(BORLEY, "garden-waste", today()).version_id
        sharing.end_adoption(body_id=BORLEY, service_id="garden-waste", ends=today(), at=now(), by=world.BY)
        adoptions.adopt(body_id=BORLEY, service_id="garden-waste", version_id=version_id, at=now(), by=world.BY)
    after = asked_in_borley("bob@example.org")
    ashby = world.as_staff(Client(), ASHBY, "manager")
    assert ashby.get(f"/staff/cases/{before.case_id}/").status_code == 200
    assert ashby.get(f"/staff/cases/{after.case_id}/").status_code == 404
