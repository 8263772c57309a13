"""Wrapping a contact up in a few keys, making sure of who calls, and ringing back."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from tests.world import ASHBY, BORLEY, MILL_LANE_14, as_staff

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.core.actor import Actor
from moothall.core.clock import LONDON, now
from moothall.core.models import Outgoing
from moothall.core.scope import Scope, scoped
from moothall.core.workdays import Calendar
from moothall.desk import actions, queries
from moothall.desk.models import CallBack, Contact
from moothall.desk.rules.wrapping import WRAP_UPS, times
from moothall.people import actions as people

FRIDAY = dt.datetime(2026, 6, 5, 16, 30, tzinfo=LONDON)
BY = Actor("staff", "77", ASHBY)


def test_late_on_a_friday_we_promise_monday_and_no_hour_that_is_not_there():
    found = times(FRIDAY, Calendar(set()))
    assert list(found) == ["next-noon", "next", "after"]
    assert found["next-noon"][1] == dt.datetime(2026, 6, 8, 12, tzinfo=LONDON)
    assert found["after"][1] == dt.datetime(2026, 6, 9, 17, tzinfo=LONDON)


def test_in_the_morning_an_hour_and_today_can_be_promised_but_not_on_a_holiday():
    morning = FRIDAY.replace(hour=9)
    assert list(times(morning, Calendar(set())))[:2] == ["hour", "today"]
    assert "today" not in times(morning, Calendar({morning.date()}))


def test_ten_keys_name_the_ten_commonest_ends_of_a_contact():
    assert set(WRAP_UPS) == set("1234567890")
    assert len({(one.kind, one.outcome) for one in WRAP_UPS.values()}) == 10


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def adviser(client, db):
    """Sign in an adviser of Ashby."""
    return as_staff(client, ASHBY, "adviser")


@pytest.fixture
def at_ashby(db):
    """Act as Ashby's desk outside its pages."""
    with scoped(Scope(bodies=(ASHBY,), purpose="staff", actor=BY)):
        yield {"at": now(), "by": BY}


def ask(service_id, answers, told, **words):
    """Let somebody ask for a service."""
    said = {"contact": {"name": "Bob Example", "phone": "01632 960 001", "postcode": "ZM1 2AB"}, "channel": "phone"}
    return casework.open_case(service_id=service_id, answers=answers, **said, **words, **told)


@pytest.fixture
def hole(at_ashby):
    """Return a pothole that Ashby's desk took: anybody with its reference may be told of it."""
    home = bodies.place_of_dwelling(MILL_LANE_14)
    return ask("report-pothole", {"where": home, "surface": "road", "width": "dinner-plate", "depth": "fist"}, at_ashby)


def contacts():
    """Return the contacts of Ashby, the first first."""
    with scoped(Scope(bodies=(ASHBY,))):
        return list(Contact.objects.order_by("at", "id"))


def test_a_call_is_wrapped_up_by_one_number_and_lasted_from_its_first_page(adviser, hole):
    adviser.get("/desk/", {"q": hole.reference})
    page = adviser.get(f"/desk/cases/{hole.case_id}/").content.decode()
    sent = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("case",)}
    chosen = re.search(r'<option value="(\w+)" selected', page)[1]
    answer = adviser.post("/desk/wrap-up/", sent | {"channel": chosen, "ended_as": "1"})
    assert answer["Location"] == "/desk/"
    (one,) = contacts()
    assert (one.kind, one.outcome, one.channel, one.case_id) == ("chase", "answered", "phone", hole.case_id)
    assert one.avoidable == "chased-in-time"
    assert one.ended_at > one.at, "it began with the search"
    assert "contact" not in adviser.session


def test_a_number_that_is_none_is_said_beside_the_box(adviser):
    page = adviser.post("/desk/wrap-up/", {"channel": "phone", "ended_as": "x"}).content.decode()
    assert "Write a number from 0 to 9" in page
    assert contacts() == []


def test_the_way_the_last_caller_came_is_offered_for_the_next(adviser):
    adviser.post("/desk/wrap-up/", {"channel": "visit", "ended_as": "3"})
    assert re.search(r'<option value="visit" selected', adviser.get("/desk/").content.decode())


def test_a_contact_that_was_never_wrapped_up_is_forgotten_after_two_hours(adviser):
    long_ago = (now() - dt.timedelta(hours=3)).isoformat()
    session = adviser.session
    session["contact"] = {"began": long_ago, "identity": "known", "of": ""}
    session.save()
    adviser.post("/desk/wrap-up/", {"channel": "phone", "ended_as": "3"})
    (one,) = contacts()
    assert one.ended_at == one.at, "how long it took is not known"


def test_what_a_caller_adds_to_a_case_is_a_contact_too(adviser, hole):
    adviser.post(f"/desk/cases/{hole.case_id}/", {"text": "It is deeper", "kind": "more", "channel": "visit"})
    (one,) = contacts()
    assert (one.kind, one.outcome, one.channel) == ("more", "passed-on", "visit")
    page = adviser.get(f"/desk/cases/{hole.case_id}/").content.decode()
    assert "In touch about it" in page
    officer = as_staff(adviser, ASHBY, "officer").get(f"/staff/cases/{hole.case_id}/").content.decode()
    assert "Visit" in officer
    assert "tells us more about a request" in officer


@pytest.fixture
def bill(at_ashby):
    """Return (person, case) of a copy of a council tax bill: only whoever asked for it may be told of it."""
    person = people.record_person(body_id=ASHBY, name="Bob Example", reference="B-1", **at_ashby)
    answers = {"where": bodies.place_of_dwelling(MILL_LANE_14), "wanted": "copy", "copy_by": "email"}
    return person, ask("council-tax-payment", answers, at_ashby, body_id=ASHBY, person_id=person)


def test_nothing_of_a_case_about_money_is_shown_before_we_know_who_it_is(adviser, bill):
    person, case = bill
    page = adviser.get(f"/desk/cases/{case.case_id}/").content.decode()
    assert "Who is it?" in page
    assert "How it stands" not in page
    listed = adviser.get(f"/desk/people/{person}/").content.decode()
    assert "1 more case is shown once you know who it is" in listed
    assert case.reference not in listed
    assert adviser.post(f"/desk/cases/{case.case_id}/", {"text": "Tell me", "kind": "more"}).status_code == 200
    assert contacts() == [], "nothing is taken either"


def test_who_it_is_is_checked_once_for_all_their_cases_in_one_contact(adviser, bill):
    person, case = bill
    answer = adviser.post(f"/desk/people/{person}/identity/", {"identity": "known"})
    assert answer["Location"] == f"/desk/people/{person}/"
    assert case.reference in adviser.get(answer["Location"]).content.decode()
    assert "How it stands" in adviser.get(f"/desk/cases/{case.case_id}/").content.decode()
    adviser.post("/desk/wrap-up/", {"channel": "phone", "ended_as": "1", "case": case.case_id})
    (one,) = contacts()
    assert one.identity == "known"
    assert "Who is it?" in adviser.get(f"/desk/cases/{case.case_id}/").content.decode(), "the next caller is another"


def test_being_sure_of_one_person_opens_nothing_of_another(adviser, bill, at_ashby):
    other = people.record_person(body_id=ASHBY, name="Eve Example", reference="B-2", **at_ashby)
    adviser.post(f"/desk/people/{other}/identity/", {"identity": "document"})
    assert "Who is it?" in adviser.get(f"/desk/cases/{bill[1].case_id}/").content.decode()
    adviser.post(f"/desk/cases/{bill[1].case_id}/identity/", {"identity": "known"})
    assert "How it stands" in adviser.get(f"/desk/cases/{bill[1].case_id}/").content.decode()


def test_what_to_know_stands_beside_the_questions(adviser):
    page = adviser.get("/desk/start/report-pothole/").content.decode()
    assert "What to know" in page
    assert "never ask anybody to stand in the road" in page
    assert "Make sure of who it is" not in page
    assert "Make sure of who it is" in adviser.get("/desk/start/council-tax-moving/").content.decode()


def promise(adviser, **words):
    """Promise a call-back through its page, and return the answer."""
    page = adviser.post("/desk/wrap-up/", {"channel": "phone", "ended_as": "4", "note": "When is my bin due?"} | words)
    text = page.content.decode()
    assert "Promise to ring back" in text
    due = re.search(r'name="due" type="radio" value="([\w-]+)"', text)[1]
    sent = {"channel": "phone", "phone": "01632 960 001", "about": "When is my bin due?", "due": due} | words
    return adviser.post("/desk/call-back/", sent)


def test_a_promised_call_back_is_in_the_list_until_somebody_was_reached(adviser):
    assert promise(adviser)["Location"] == "/desk/"
    (one,) = contacts()
    assert (one.kind, one.outcome) == ("question", "call-back")
    assert "1 to ring" in adviser.get("/desk/").content.decode()
    page = adviser.get("/desk/call-backs/").content.decode()
    assert "When is my bin due?" in page
    address = re.search(r"/desk/call-backs/[0-9a-f-]{36}/", page)[0]
    assert "Tried" in adviser.post(address, {"reached": "no"}, follow=True).content.decode()
    said = adviser.post(address, {"reached": "yes"}, follow=True).content.decode()
    assert "Nobody waits to be rung back" in said
    assert "1 of 1 were rung in time" in said
    assert adviser.post(address, {"reached": "yes"}).status_code == 404


def test_a_call_back_without_a_number_is_not_promised(adviser):
    page = adviser.post("/desk/call-back/", {"channel": "phone", "about": "Bins"}).content.decode()
    assert "Write the number that we ring" in page
    assert contacts() == []


def test_after_three_tries_a_call_back_is_given_up(adviser, at_ashby):
    promise(adviser)
    with scoped(Scope(bodies=(ASHBY,), actor=BY)):
        one = CallBack.objects.get()
        for _ in range(3):
            one = actions.ring_back(call_back_id=one.pk, reached=False, **at_ashby)
        assert (one.state, one.tries) == ("given-up", 3)
        assert queries.call_backs(ASHBY) == []


def test_the_desk_is_reminded_once_before_the_time_is_up_and_names_nobody(adviser, at_ashby):
    promise(adviser)
    with scoped(Scope(bodies=(ASHBY,), actor=BY)):
        due = CallBack.objects.get().due_at
        told = {"body_id": ASHBY, "by": BY}
        assert actions.remind(at=due - dt.timedelta(minutes=16), **told) == 0
        assert actions.remind(at=due - dt.timedelta(minutes=15), **told) == 1
        assert actions.remind(at=due, **told) == 0
        mails = list(Outgoing.objects.filter(template="call-back-due").select_related("words"))
        assert mails
        assert all("960 001" not in mail.words.text and "/desk/call-backs/" in mail.words.text for mail in mails)


def test_another_desk_rings_nobody_of_ours(adviser, client):
    promise(adviser)
    with scoped(Scope(bodies=(ASHBY,))):
        one = CallBack.objects.get().pk
    other = as_staff(client, BORLEY, "adviser")
    assert "Nobody waits to be rung back" in other.get("/desk/call-backs/").content.decode()
    assert other.post(f"/desk/call-backs/{one}/", {"reached": "yes"}).status_code == 404


def test_a_number_that_was_rung_is_forgotten_after_a_month(adviser, at_ashby):
    promise(adviser)
    with scoped(Scope(bodies=(ASHBY,), actor=BY)):
        one = actions.ring_back(call_back_id=CallBack.objects.get().pk, reached=True, **at_ashby)
        month = {"body_id": ASHBY, "by": BY}
        assert actions.keep_no_longer(at=one.ended_at + dt.timedelta(days=29), **month) == {}
        assert actions.keep_no_longer(at=one.ended_at + dt.timedelta(days=31), **month) == {"desk_callback": 1}
        one.refresh_from_db()
        assert (one.phone, one.about) == ("", "")


def test_only_advisers_wrap_up_and_ring_back(client):
    officer = as_staff(client, ASHBY, "officer")
    assert officer.get("/desk/call-backs/").status_code == 403
    assert officer.post("/desk/wrap-up/", {"ended_as": "1"}).status_code == 403
