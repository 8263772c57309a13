"""A body offers what it does; another compares offers with doing it itself."""

import datetime as dt

import pytest
from django.urls import reverse
from tests import world
from tests.world import ASHBY, BORLEY, COVEHAM, EASTWOLD

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions, queries
from moothall.sharing.models import Offer
from moothall.sharing.queries import offering as of_offers
from moothall.sharing.rules import capacity
from moothall.sharing.rules.costing import on_volumes
from moothall.sharing.rules.prices import PriceRule

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def as_body(body_id):
    return scoped(Scope(bodies=(body_id,), purpose="tests", actor=Actor("staff", "1", body_id)))


def made(body_id=ASHBY, service_id="garden-waste", **more):
    given = {
        "provision": "own-staff", "capacity": 20, "price": PriceRule(method="per-case", pence=420), "clock": 10,
        "vat": "non-business",
        "terms": "We bring the bin and empty it.", "languages": ["en"], "hours": "Monday to Friday, 8am to 4pm",
        "starts": now().date(),
    }  # fmt: skip
    with as_body(body_id):
        by = Actor("staff", "1", body_id)
        return actions.offer_service(body_id=body_id, service_id=service_id, **given | more, at=now(), by=by)


def test_a_body_offers_only_what_it_does_itself():
    with pytest.raises(actions.NotProvided):
        made(service_id="report-pothole")


def test_nobody_is_offered_a_sooner_clock_than_ones_own_residents_have():
    with pytest.raises(actions.SoonerThanOwn):
        made(clock=9)


def test_one_offer_of_a_service_runs_at_a_time_and_another_follows_it():
    first = made()
    with pytest.raises(actions.OfferedAlready):
        made()
    with as_body(ASHBY):
        actions.withdraw_offer(offer_id=first.pk, body_id=ASHBY, at=now(), by=world.BY)
        with pytest.raises(actions.AlreadyWithdrawn):
            actions.withdraw_offer(offer_id=first.pk, body_id=ASHBY, at=now(), by=world.BY)
    assert queries.offers(now().date()) == []
    assert queries.offers(now().date() + DAY, body_id=ASHBY) == []
    assert made().pk in [row.pk for row in queries.offers(now().date(), service_id="garden-waste")]


def test_who_offers_what_is_written_into_the_audit():
    row = made()
    with as_body(ASHBY):
        actions.withdraw_offer(offer_id=row.pk, body_id=ASHBY, at=now(), by=world.BY)
        entries = audit.search(body_id=ASHBY, object=f"offer:{row.pk}")
    assert [entry["action"] for entry in entries] == ["offer.withdrawn", "offer.made"]
    assert entries[1]["data"]["price"] == {"method": "per-case", "pence": 420}


def test_another_body_s_offer_can_be_read_and_not_withdrawn():
    row = made()
    with as_body(BORLEY):
        assert Offer.objects.filter(pk=row.pk).exists()
        assert Offer.objects.filter(pk=row.pk).update(ends=now().date()) == 0
        with pytest.raises(NotYours):
            actions.withdraw_offer(offer_id=row.pk, body_id=BORLEY, at=now(), by=world.BY)


def test_offers_are_compared_with_doing_it_oneself_the_nearest_first():
    made(COVEHAM, price=PriceRule(method="fixed", pence=900_00))
    made(ASHBY)
    with as_body(BORLEY):
        alone, *others = queries.compare("garden-waste", BORLEY, now().date(), own_pence=5_000_00)
    assert (alone.offer, alone.pence, alone.kilometres) == (None, 5_000_00, 0)
    assert {way.body.id for way in others} == {ASHBY, COVEHAM}
    assert [way.kilometres for way in others] == sorted(way.kilometres for way in others)
    by_body = {way.body.id: way for way in others}
    assert by_body[ASHBY].cost == "no requests last year to reckon with"
    assert by_body[COVEHAM].pence == 900_00
    assert by_body[ASHBY].clock == "Within 10 working days"
    assert by_body[ASHBY].room == of_offers.Room(waiting=0, left=20, weeks_ahead=0, done_by=None)


@pytest.mark.parametrize(("amount", "unit", "days"), [(10, "working_days", 14), (1, "hours", 1), (2, "months", 61)])
def test_a_clock_is_counted_in_days_of_the_calendar(amount, unit, days):
    assert capacity.clock_days(amount, unit) == days


def test_a_price_by_the_unit_is_not_guessed_from_requests():
    assert on_volumes(PriceRule(method="per-unit", pence=100, unit="bin"), 50)[0] is None


def offer_by_the_page(client, **more):
    day = now().date()
    given = {
        "provision": "own-staff", "capacity": "20", "clock": "10", "method": "per-case", "amount": "4.20",
        "vat": "non-business",
        "terms": "We bring the bin and empty it.", "languages": ["en", "cy"], "hours": "Monday to Friday",
        "starts-day": day.day, "starts-month": day.month, "starts-year": day.year,
    }  # fmt: skip
    return client.post(reverse("sharing:make_offer", args=["garden-waste"]), given | more)


def test_a_manager_offers_a_service_and_a_neighbour_reads_it(client):
    world.as_staff(client, ASHBY, "manager")
    assert "Offer it" in client.get(reverse("sharing:our_offers")).content.decode()
    assert offer_by_the_page(client).status_code == 302
    assert "Since " in client.get(reverse("sharing:our_offers")).content.decode()
    world.as_staff(client, BORLEY, "partnership-office")
    html = client.get(reverse("sharing:offers")).content.decode()
    assert "1 offer from 1 body" in html
    assert "£4.20 a case" in html
    html = client.get(reverse("sharing:compare_offers", args=["garden-waste"]), {"own": "5,000"}).content.decode()
    assert "£5,000.00, as you wrote it down" in html
    assert "Within 10 working days" in html
    row = queries.offers(now().date())[0]
    html = client.get(reverse("sharing:offer", args=[row.pk])).content.decode()
    assert "We bring the bin and empty it." in html
    assert "English, Welsh" in html
    assert "Withdraw" not in html


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": ""}, "Write the price in pounds"),
        ({"method": "per-unit"}, "Write what is counted"),
        ({"method": "by-band", "bands": "some words"}, "Write one band a line"),
        ({"method": "by-band", "bands": "up to 10: 4.00"}, "Write one band a line"),
        ({"clock": "3"}, "sooner than you promise your own"),
        ({"languages": []}, "Choose at least one"),
    ],
)
def test_what_is_wrong_with_an_offer_is_said_beside_its_question(client, wrong, said):
    world.as_staff(client, ASHBY, "manager")
    html = offer_by_the_page(client, **wrong).content.decode()
    assert "There is a problem" in html
    assert said in html
    assert not Offer.objects.exists()


def test_a_price_may_fall_by_bands(client):
    world.as_staff(client, ASHBY, "manager")
    offer_by_the_page(client, method="by-band", bands="up to 1,000: 4.20\nafter that: £3.90")
    assert [band.pence for band in Offer.objects.get().rule.bands] == [420, 390]


def test_who_is_no_partner_finds_nothing(client):
    row = made()
    world.as_staff(client, EASTWOLD, "manager")
    assert "Ashby" not in client.get(reverse("sharing:offers")).content.decode()
    assert client.get(reverse("sharing:offer", args=[row.pk])).status_code == 404
    assert client.get(reverse("sharing:compare_offers", args=["garden-waste"])).status_code == 404


def test_the_list_of_offers_asks_the_database_no_more_for_many_than_for_one(client, django_assert_max_num_queries):
    made()
    world.as_staff(client, BORLEY, "manager")
    client.get(reverse("sharing:offers"))
    made(COVEHAM)
    made(COVEHAM, "missed-bin", clock=5)
    with django_assert_max_num_queries(20):
        client.get(reverse("sharing:offers"))
