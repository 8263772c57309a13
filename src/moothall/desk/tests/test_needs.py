"""Advisers note what a caller needs, see it first, and promise no call to who cannot use the phone."""

import re

import pytest
from django.core.cache import cache
from tests.world import ASHBY, MILL_LANE_14, as_staff

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.models import Outgoing
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped
from moothall.desk import actions, queries
from moothall.desk.models import CallBack
from moothall.people import actions as people

BY = Actor("staff", "77", ASHBY)
AT_ASHBY = Scope(bodies=(ASHBY,), purpose="staff", actor=BY)
ASKS = {"surface": "road", "width": "dustbin-lid", "depth": "fist", "avoiding": "yes", "channel": "phone"}


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def adviser(client, db):
    """Sign in an adviser of Ashby."""
    return as_staff(client, ASHBY, "adviser")


@pytest.fixture
def caller(db):
    """Return somebody whom Ashby knows."""
    told = {"at": now(), "by": BY}
    with scoped(AT_ASHBY):
        person = people.record_person(body_id=ASHBY, name="Ada Li", **told)
        people.add_contact(person_id=person, body_id=ASHBY, kind="email", value="ada@post.example", **told)
        people.add_contact(person_id=person, body_id=ASHBY, kind="phone", value="01632 960 002", **told)
    return person


def note(person, *needs):
    with scoped(AT_ASHBY):
        people.set_needs(person_id=person, body_id=ASHBY, needs=needs, at=now(), by=BY)


def where():
    home = bodies.dwelling(MILL_LANE_14)
    return {"where-lat": home.lat, "where-lon": home.lon, "where-search": "14 Mill Lane"}


def test_an_adviser_notes_it_with_a_request_and_it_is_there_the_next_time(adviser, caller):
    sent = ASKS | where() | {"person": str(caller), "key": "one", "name": "Ada Li", "email": "ada@post.example"}
    answer = adviser.post("/desk/start/report-pothole/", sent | {"interpreter": "bfi", "access": ["sight"]})
    assert answer.status_code == 302
    assert "British Sign Language interpreter" in adviser.get(f"/desk/people/{caller}/").content.decode()
    again = adviser.get(f"/desk/start/report-pothole/?person={caller}").content.decode()
    assert 'value="bfi" selected' in again
    assert re.search(r'value="sight"[^>]* checked', again)


def test_letters_go_to_an_address_in_the_format_that_they_read(adviser):
    sent = ASKS | where() | {"key": "two", "name": "Ada Li", "format": "braille"}
    page = adviser.post("/desk/start/report-pothole/", sent | {"post": "14 Mill Lane"}).content.decode()
    assert "on three to six lines" in page
    answer = adviser.post("/desk/start/report-pothole/", sent | {"post": "14 Mill Lane\nAshby\nZM1 1EF"}, follow=True)
    assert "A letter goes to Ada Li, 14 Mill Lane, Ashby, ZM1 1EF, in Braille" in answer.content.decode()


def test_the_page_of_a_call_says_first_what_they_need(adviser):
    sent = ASKS | where() | {"key": "three", "name": "Ada Li", "phone": "01632 960 001", "calls": "relay"}
    at = adviser.post("/desk/start/report-pothole/", sent)["Location"]
    case = re.search(r"[0-9a-f-]{36}", at)[0]
    page = adviser.get(f"/desk/cases/{case}/").content.decode()
    assert "Uses the phone by Relay UK" in page
    assert "dial 18002" in page


def promise(adviser, person, **words):
    page = adviser.post(
        "/desk/wrap-up/", {"channel": "email", "ended_as": "4", "note": "My bin?", "person": str(person)}
    )
    text = page.content.decode()
    due = re.search(r'name="due" type="radio" value="([\w-]+)"', text)[1]
    said = {"channel": "email", "about": "My bin?", "due": due, "person": str(person)}
    return text, adviser.post("/desk/call-back/", said | words)


def test_who_cannot_use_the_phone_is_promised_an_email_and_gets_one(adviser, caller):
    note(caller, "calls:none")
    form, refused = promise(adviser, caller, phone="01632 960 002", way="phone")
    assert "Ring them" not in form
    assert 'value="ada@post.example"' in form
    assert "They cannot use the phone: choose email or text message" in refused.content.decode()
    _form, answer = promise(adviser, caller, phone="01632 960 002", way="email")
    assert "Write an email address like" in answer.content.decode()
    _form, answer = promise(adviser, caller, phone="ada@post.example", way="email")
    assert answer.status_code == 302
    page = adviser.get("/desk/call-backs/").content.decode()
    assert "Write to them" in page
    address = re.search(r"/desk/call-backs/[0-9a-f-]{36}/write/", page)[0]
    assert "Write what we answer them" in adviser.post(address, {"text": ""}).content.decode()
    adviser.post(address, {"text": "Tuesday.\n\nPut it out by 7am."})
    run_pending(at=now())
    with scoped(AT_ASHBY):
        mail = Outgoing.objects.select_related("words").get(template="call-back-written")
        assert mail.words.recipient == "ada@post.example"
        assert "Put it out by 7am." in mail.words.text
        assert CallBack.objects.get().state == "rung"
    assert adviser.post(address, {"text": "Again"}).status_code == 404


def test_the_door_itself_refuses_a_call_to_who_cannot_take_one(adviser, caller):
    note(caller, "calls:none")
    told = {"at": now(), "by": BY}
    with scoped(AT_ASHBY):
        contact = actions.record_contact(
            body_id=ASHBY, channel="email", kind="question", outcome="call-back", identity="none", ended_at=now(),
            person_id=caller, **told,
        )  # fmt: skip
        with pytest.raises(actions.CannotBeRung):
            actions.promise_call_back(contact_id=contact, phone="01632 960 002", about="", due_at=now(), **told)


def test_who_uses_relay_is_rung_by_it(adviser, caller):
    note(caller, "calls:relay")
    _form, answer = promise(adviser, caller, phone="01632 960 002")
    assert answer.status_code == 302
    assert "dial 18002 before the number" in adviser.get("/desk/call-backs/").content.decode()
    with scoped(AT_ASHBY):
        assert queries.call_backs(ASHBY)[0].way == "relay"


def test_a_person_s_needs_stand_at_the_top_of_their_page_and_are_noted_from_there(adviser, caller):
    note(caller, "interpreter:bfi", "access:hearing")
    page = adviser.get(f"/desk/people/{caller}/").content.decode()
    assert page.index("British Sign Language interpreter") < page.index("Their cases")
    assert f"/staff/people/{caller}/need/" in page
