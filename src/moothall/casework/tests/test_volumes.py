"""How much is asked for, and how much a provider has to do: what offers are compared by."""

import datetime as dt

import pytest
from tests import world
from tests.world import ASHBY, BORLEY, COVEHAM

from moothall.bodies import queries as bodies
from moothall.casework import actions, queries
from moothall.casework.models import Case
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.scope import Scope, scoped
from moothall.core.workdays import england
from moothall.sharing import actions as sharing
from moothall.sharing import queries as offers
from moothall.sharing.actions import adoptions

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def today():
    return local(now()).date()


def as_body(body_id):
    return scoped(Scope(bodies=(body_id,), purpose="tests", actor=Actor("staff", "1", body_id)))


def offered(capacity):
    """Let Ashby offer its garden waste."""
    with as_body(ASHBY):
        return sharing.offer_service(
            body_id=ASHBY, service_id="garden-waste", provision="own-staff", capacity=capacity,
            price=offers.PriceRule(method="per-case", pence=420), vat="non-business", clock=10, terms="We empty it.",
            languages=["en"], hours="Monday to Friday", starts=today(), at=now(), by=world.BY,
        )  # fmt: skip


def opened(body_id, number, *, provider_id=None, days_ago=10, state="open"):
    """Put plain cases in: what is counted is rows, whatever is in them."""
    mine = offers.adoption(body_id, "garden-waste", today())
    at = now() - days_ago * DAY
    with as_body(body_id):
        Case.objects.bulk_create(
            Case(
                body_id=body_id, number=90_000 + n + days_ago * 100, reference=f"T-{days_ago}-{n}",
                service_id="garden-waste", version_id=mine.version_id, provider_id=provider_id or body_id,
                seen_by=sorted({body_id, provider_id or body_id}), channel="web", title="Garden waste bin",
                opened_at=at, state=state, closed_at=None if state == "open" else at,
            )
            for n in range(number)
        )  # fmt: skip


def test_a_year_s_cost_is_worked_out_on_the_asking_body_s_own_requests():
    offered(20)
    opened(BORLEY, 7, days_ago=30)
    opened(BORLEY, 5, days_ago=400)
    opened(COVEHAM, 9, days_ago=30)
    year = today() - 365 * DAY
    with as_body(BORLEY):
        assert queries.volume("garden-waste", BORLEY, year, today()) == 7
        _, ashby = offers.compare("garden-waste", BORLEY, today())
    assert (ashby.pence, ashby.cost) == (7 * 420, "£29.40 on last year’s 7 requests")
    with as_body(ASHBY):
        assert queries.volume("garden-waste", BORLEY, year, today()) == 0, "another body's requests are not counted"


def test_a_full_provider_says_when_it_could_do_one_more():
    row = offered(3)
    opened(COVEHAM, 9, provider_id=ASHBY)
    with as_body(BORLEY):
        told = offers.room(row, today())
    assert (told.waiting, told.left, told.weeks_ahead) == (9, 0, 3)
    assert told.done_by == today() + 28 * DAY


def test_work_that_is_done_or_one_s_own_takes_no_room():
    row = offered(3)
    opened(COVEHAM, 8, provider_id=ASHBY, state="closed", days_ago=60)
    opened(ASHBY, 50)
    told = offers.room(row, today())
    assert (told.waiting, told.left, told.done_by) == (0, 3, None)


def drawn(offer):
    """Let Borley offer what Ashby does for it, from today."""
    with as_body(BORLEY):
        sharing.end_adoption(body_id=BORLEY, service_id="garden-waste", ends=today(), at=now(), by=world.BY)
        adoptions.adopt(
            body_id=BORLEY, service_id="garden-waste", version_id=offer.version_id, provider_id=ASHBY,
            offer_id=offer.pk, at=now(), by=world.BY,
        )  # fmt: skip


def asked():
    place = bodies.place_of_dwelling(bodies.homes_in(BORLEY, 1)[0])
    with scoped(Scope(purpose="front door", actor=Actor("contact"))):
        return actions.open_case(
            service_id="garden-waste", answers={"where": place, "start": "new", "bins": 1, "agreed": True}, place=place,
            contact={"name": "Ann", "email": "ann@example.org"}, channel="web", at=now(), by=Actor("contact"),
        )  # fmt: skip


def test_nobody_is_promised_what_a_full_provider_cannot_do(client):
    drawn(offered(3))
    label = bodies.place_of_dwelling(bodies.homes_in(BORLEY, 1)[0])["label"]
    html = client.get("/services/garden-waste/", {"where": label}).content.decode()
    assert "Done within 10 working days." in html
    assert "is full" not in html
    opened(COVEHAM, 9, provider_id=ASHBY)
    day = catalogue.day_words(today() + 28 * DAY)
    html = client.get("/services/garden-waste/", {"where": label}).content.decode()
    assert f"Done by {day}: Ashby District Council does it, and is full until then." in html
    assert f"If you ask today, it will be done by {day}." in html
    welsh = client.get("/services/garden-waste/", {"where": label}, headers={"accept-language": "cy"}).content.decode()
    assert catalogue.day_words(today() + 28 * DAY, "cy") in welsh
    assert local(asked().promise_due).date() == today() + 28 * DAY


def test_a_provider_with_room_is_held_to_the_clock_as_it_stands():
    drawn(offered(3))
    opened(COVEHAM, 2, provider_id=ASHBY)
    assert local(asked().promise_due).date() == england().add_working_days(today(), 10)
