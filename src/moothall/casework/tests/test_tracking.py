"""Finding one's case again without an account."""

import re

import pytest
from django.core.cache import cache
from tests.world import MARCHSHIRE

from moothall.casework import actions, queries
from moothall.casework.tests.conftest import CONTACT, NOBODY, OFFICER, open_pothole
from moothall.core.clock import now
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("functions")]


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def reference(place):
    """Return the reference of a case that was sent just now."""
    with scoped(NOBODY):
        return open_pothole(at=now(), place=place).reference


@pytest.mark.parametrize("contact", ["ANN@example.org ", "zm12ab"])
def test_a_reference_and_a_contact_open_the_case(client, reference, contact):
    answer = client.post("/track/", {"reference": reference.lower().replace("-", " "), "contact": contact}, follow=True)
    text = answer.content.decode()
    assert reference in text
    assert "We will finish this by" in text
    assert "You sent this" in text
    assert "We look at it" in text
    assert "We will look at it by" in text
    assert "look at it by ." not in text


def test_wrong_answers_cannot_be_told_apart(client, reference):
    def answer(reference, contact):
        page = client.post("/track/", {"reference": reference, "contact": contact})
        text = re.sub(r'value="[^"]*"', "", page.content.decode())
        return page.status_code, text

    wrong_contact = answer(reference, "bob@example.org")
    no_such_case = answer("MAR-0999-999Z", CONTACT["email"])
    nonsense = answer("hello", CONTACT["email"])
    assert wrong_contact == no_such_case == nonsense


def test_a_case_is_not_shown_to_who_only_knows_its_reference(client, reference):
    answer = client.get(f"/cases/{reference}/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/track/")
    assert client.get("/cases/MAR-0999-999Z/").headers["Location"].startswith("/track/")


def test_trying_too_often_is_refused(client, reference):
    answers = [client.post("/track/", {"reference": reference, "contact": "x@example.org"}) for _ in range(12)]
    assert answers[-1].status_code == 429
    assert "Wait a few minutes" in answers[-1].content.decode()


@pytest.fixture
def tracked(client, reference):
    """Return the address of a case that this browser may see."""
    return client.post("/track/", {"reference": reference, "contact": CONTACT["email"]}).headers["Location"]


def test_a_message_can_be_sent_and_is_shown(client, tracked):
    page = client.post(f"{tracked}write/", {"text": "It is deeper now."}, follow=True).content.decode()
    assert "We have your message" in page
    assert "It is deeper now." in page


def test_an_empty_message_says_what_to_do(client, tracked):
    page = client.post(f"{tracked}write/", {"text": " "}).content.decode()
    assert "Write your message" in page


def test_something_can_be_added(client, tracked):
    page = client.post(f"{tracked}add/", {"text": "There are two of them."}, follow=True).content.decode()
    assert "There are two of them." in page


def test_a_case_can_be_cancelled_and_opened_again(client, tracked):
    page = client.post(f"{tracked}cancel/", {"text": "It was mended"}, follow=True).content.decode()
    assert "Cancelled" in page
    assert f"{tracked}reopen/" in page
    assert page.count("Cancelled</h3>") == 1
    page = client.post(f"{tracked}reopen/", {"text": "It came back"}, follow=True).content.decode()
    assert "Opened again" in page
    assert page.count("Cancelled</h3>") == 1


def test_the_promised_day_is_a_calendar_file(client, tracked):
    answer = client.get(f"{tracked}promise.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    lines = answer.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert any(re.fullmatch(r"DTSTART;VALUE=DATE:\d{8}", line) for line in lines)
    assert f"{tracked}promise.ics" in client.get(tracked).text
    assert all(len(line.encode()) <= 75 for line in lines)


def test_a_complaint_goes_to_whom_the_case_was_with_and_names_it(client, tracked, reference):
    url = client.post(f"{tracked}complain/").headers["Location"]
    page = client.get(url).content.decode()
    assert "Ring 999" in page
    assert "What is it about?" in page
    given = {
        "about": "delay",
        "reference": reference,
        "had_answer": "no",
        "happened": "Nobody came.",
        "put_right": "Come.",
    }
    given |= {"for_other": "no", "needs_from_us": "", "where-search": ""}
    while "/contact/" not in url:
        url = client.post(url, given).headers["Location"]
    url = client.post(url, {"email": "ann@example.org"}).headers["Location"]
    page = client.post(url, follow=True).content.decode()
    complaint = re.search(r"MAR-\d{4}-\d{3}\w", page)[0]
    assert complaint != reference
    with scoped(Scope(bodies=(MARCHSHIRE,))):
        about = queries.by_reference(reference)
        assert [(kind, case.reference) for kind, case in queries.related(about.pk)] == [("complaint", complaint)]


def test_another_browser_cannot_write_to_the_case(tracked, reference):
    from django.test import Client

    answer = Client().post(f"{tracked}write/", {"text": "hello"})
    assert answer.headers["Location"].startswith("/track/")


def test_what_was_done_before_a_case_was_opened_again_is_still_told(client, tracked, reference):
    run_pending(at=now())
    with scoped(Scope(bodies=(MARCHSHIRE,), actor=OFFICER)):
        case_id = queries.by_reference(reference).pk
        step = queries.case_file(case_id).steps["inspect"]
        actions.finish_step(step_id=step.pk, outputs={"risk": "none"}, at=now(), by=OFFICER)
    run_pending(at=now())
    assert "Nothing found" in client.get(tracked).content.decode()
    page = client.post(f"{tracked}reopen/", {"text": "It is there"}, follow=True).content.decode()
    assert page.count("We look at it</h3>") == 2
    assert "Finished</h3>" in page
