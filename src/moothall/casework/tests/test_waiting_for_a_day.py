"""Who finds no day, or wants an earlier one, waits in line and is offered what comes free."""

import datetime as dt

import pytest
from tests.world import MARCHSHIRE, as_staff

from moothall.booking import actions as booking
from moothall.booking import queries as places
from moothall.casework.models import Message, Payload
from moothall.casework.tests.booked import COUNTY, OFFICER
from moothall.core import queue
from moothall.core.clock import now
from moothall.core.queue import fan
from moothall.core.scope import scoped

pytestmark = pytest.mark.django_db


def fill(booked, but):
    """Let every other day of a diary be closed."""
    with scoped(COUNTY):
        for slot in places.slots(MARCHSHIRE, booked.kind, since=now(), until=now() + dt.timedelta(days=60)):
            if slot.id not in but:
                booking.change_slot(slot_id=slot.id, closed=True, at=now(), by=OFFICER)


def sweep():
    with scoped(COUNTY):
        fan("booking.sweep", "tick", bodies=(MARCHSHIRE,))
    queue.run_pending(at=now())


def test_one_joins_the_waiting_list_hears_of_an_earlier_day_and_takes_it(birth, client):
    where, earlier = birth.walk(client), birth.slots[0]
    fill(birth, but=[birth.slots[-9].id])
    page = client.get(where + "day/").text
    assert "There is no day left" in page
    assert "Would you rather come sooner?" in page
    assert "You are on the waiting list" in client.post(where + "day/waiting/", {"do": "join"}, follow=True).text
    assert "Leave the waiting list" in client.get(where + "day/").text

    with scoped(COUNTY):
        booking.change_slot(slot_id=earlier.id, closed=False, at=now(), by=OFFICER)
    sweep()
    with scoped(COUNTY):
        letter = Message.objects.get(case_id=birth.case_id, letter="offered")
    assert letter.subject.startswith("A day has come free: ")
    assert "We keep it for you by" in letter.text
    assert "A day has come free for you" in client.get(where).text
    page = client.get(where + "day/").text
    assert "has come free and is kept for you" in page
    assert client.post(where + "day/", {"slot": earlier.id}).url == where
    assert birth.place().slot_id == earlier.id
    assert "waiting list" not in client.get(where).text.split("Messages")[0]


def test_a_day_that_is_offered_is_declined_and_the_list_is_left(birth, client):
    where = birth.walk(client)
    fill(birth, but=[birth.slots[0].id, birth.slots[-9].id])
    client.post(where + "day/waiting/", {"do": "join"})
    sweep()
    assert "Let the next in line have it" in client.get(where + "day/").text
    assert "The next in line has it" in client.post(where + "day/waiting/", {"do": "decline"}, follow=True).text
    assert "not on the waiting list any more" in client.post(where + "day/waiting/", {"do": "leave"}, follow=True).text
    assert client.post(where + "day/waiting/", {"do": "mischief"}).status_code == 404
    with scoped(COUNTY):
        assert places.line(MARCHSHIRE, "registrar") == []


def test_an_adviser_puts_a_caller_on_the_list_and_those_who_keep_the_diary_see_who_waits(birth, client):
    adviser = as_staff(client, MARCHSHIRE, "adviser")
    where = f"/staff/cases/{birth.case_id}/"
    assert "Put them on the waiting list" in adviser.get(where + "day/").text
    assert adviser.post(where + "day/waiting/", {"do": "join"}).url == where
    page = adviser.get(where).text
    assert "Put on the waiting list for a day" in page
    assert "They are on the waiting list." in page
    diary = as_staff(client, MARCHSHIRE, "officer").get("/diaries/registrar/").text
    assert "Waiting list, first in line first" in diary
    assert where in diary


def test_who_cannot_be_told_in_time_is_not_put_on_the_list(birth, client):
    with scoped(COUNTY):
        for payload in Payload.objects.filter(case_id=birth.case_id, kind="submission"):
            payload.data["contact"] = {"address": "14 Mill Lane, Ashby, ZM1 2AB"}
            payload.save()
    where = birth.walk(client)
    assert "have neither for this request" in client.post(where + "day/waiting/", {"do": "join"}).text
    with scoped(COUNTY):
        assert places.line(MARCHSHIRE, "registrar") == []
