"""A repair, a visit to the recycling centre: whoever finds no time, or wants a sooner one, waits in line for it."""

import datetime as dt

import pytest
from tests.world import ASHBY, MARCHSHIRE, MILL_LANE_14

from moothall.bodies import queries as bodies
from moothall.booking import actions as booking
from moothall.booking import queries as places
from moothall.casework import actions
from moothall.casework.models import Message
from moothall.casework.tests.conftest import CONTACT, NOBODY, RESIDENT, scope
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.queue import fan
from moothall.core.scope import scoped

pytestmark = pytest.mark.django_db


def office(body_id):
    return scope(body_id, by=Actor("staff", "301", body_id))


def close_all(body_id, kind, but=()):
    """Let every other time of a diary be closed; return them all as they were."""
    with scoped(office(body_id)):
        slots = places.slots(body_id, kind, since=now(), until=now() + dt.timedelta(days=60))
        for slot in slots:
            if slot.id not in but:
                booking.change_slot(slot_id=slot.id, closed=True, at=now(), by=Actor("staff", "301", body_id))
    return slots


def comes_free(body_id, slot):
    with scoped(office(body_id)):
        booking.change_slot(slot_id=slot.id, closed=False, at=now(), by=Actor("staff", "301", body_id))
        fan("booking.sweep", f"tick-{slot.id}", bodies=(body_id,))
    queue.run_pending(at=now())


def page_of(client, opened):
    session = client.session
    session["cases"] = {opened.reference: str(opened.case_id)}
    session.save()
    return f"/cases/{opened.reference}/"


def asks_for(fault):
    """Ask Ashby for a repair that is not urgent; return the request."""
    home = bodies.place_of_dwelling(MILL_LANE_14)
    answers = {"where": home, "landlord": "council", "fault": fault, "at_risk": False, "more": "A cupboard door."}
    with scoped(NOBODY):
        opened = actions.open_case(
            service_id="home-repair", answers=answers, place=home, contact=CONTACT, channel="web", at=now(), by=RESIDENT
        )
    queue.run_pending(at=now())
    return opened


@pytest.mark.parametrize(("fault", "within"), [("other", 28), ("roof", 9)])
def test_a_tenant_without_a_day_waits_for_one_and_takes_what_comes_free(client, fault, within):
    slots = close_all(ASHBY, "home-repair")
    opened = asks_for(fault)
    with scoped(office(ASHBY)):
        letter = Message.objects.get(case_id=opened.case_id, letter="choose-a-day")
    assert "join the waiting list there" in letter.text
    where = page_of(client, opened)
    page = client.get(f"{where}day/").text
    assert "There is no day left" in page
    assert "You are on the waiting list" in client.post(f"{where}day/waiting/", {"do": "join"}, follow=True).text

    latest = now() + dt.timedelta(days=within)
    late = next(slot for slot in slots if slot.starts > latest + dt.timedelta(days=1))
    comes_free(ASHBY, late)
    with scoped(office(ASHBY)):
        assert not Message.objects.filter(case_id=opened.case_id, letter="offered").exists(), "it would be too late"
    soon = next(slot for slot in slots if slot.starts > now() + dt.timedelta(days=3))
    comes_free(ASHBY, soon)
    with scoped(office(ASHBY)):
        assert Message.objects.filter(case_id=opened.case_id, letter="offered").count() == 1
    assert "has come free and is kept for you" in client.get(f"{where}day/").text
    client.post(f"{where}day/", {"slot": soon.id})
    queue.run_pending(at=now())
    with scoped(NOBODY.narrowed(case=opened.case_id)):
        assert places.of_case(opened.case_id).slot_id == soon.id
    with scoped(office(ASHBY)):
        assert Message.objects.filter(case_id=opened.case_id, letter="booked").exists()


def test_whoever_has_a_time_at_the_tip_waits_for_a_sooner_one(tip, client):
    where, sooner = tip.walk(client), tip.slots[0]
    close_all(MARCHSHIRE, "tip-visit", but=[tip.slots[-9].id])
    assert "Would you rather come sooner?" in client.get(f"{where}day/").text
    assert "You are on the waiting list" in client.post(f"{where}day/waiting/", {"do": "join"}, follow=True).text
    comes_free(MARCHSHIRE, sooner)
    assert "has come free and is kept for you" in client.get(f"{where}day/").text
    client.post(f"{where}day/", {"slot": sooner.id})
    assert tip.place().slot_id == sooner.id
    with scoped(office(MARCHSHIRE)):
        assert places.line(MARCHSHIRE, "tip-visit") == []


def test_a_diary_without_a_list_offers_none(client):
    with scoped(office(ASHBY)):
        about = places.diary(ASHBY, "home-repair")
        booking.keep_diary(
            body_id=ASHBY, kind="home-repair", name=about.name, offer_hours=0, at=now(), by=Actor("staff", "301", ASHBY)
        )
    where = page_of(client, asks_for("other"))
    assert "waiting list" not in client.get(f"{where}day/").text
