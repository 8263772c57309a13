"""Where a day has several times, one picks the day, then the time; letters say both."""

import datetime as dt
import re

import pytest
from tests.world import MARCHSHIRE, as_staff

from moothall.casework import actions, queries
from moothall.casework.models import Message, Step
from moothall.casework.tests.conftest import CONTACT, NOBODY, a_place, scope
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import scoped

pytestmark = pytest.mark.django_db
REGISTRARS = scope(MARCHSHIRE, by=Actor("staff", "301", MARCHSHIRE))


def asked(**answers):
    """Ask for a time with the registrar; return the case and its reference."""
    death = {"what": "death", "where": a_place(), "certified": True, "day": now().date().isoformat(), "copies": 0}
    with scoped(NOBODY):
        opened = actions.open_case(
            service_id="registrar-appointment", answers=death | answers, place=a_place(), contact=CONTACT,
            channel="web", at=now(), by=NOBODY.actor,
        )  # fmt: skip
    queue.run_pending(at=now())
    return opened.case_id, opened.reference


@pytest.fixture
def family(client):
    """Return a case, and where it is in a browser that may see it."""
    case_id, reference = asked()
    session = client.session
    session["cases"] = {reference: str(case_id)}
    session.save()
    return case_id, f"/cases/{reference}/"


def days(page):
    return re.findall(r'<option value="(\d{4}-\d\d-\d\d)"', page)


def slots(page):
    return re.findall(r'name="slot"[^>]*value="(\d+)"', page)


def test_the_soonest_day_is_shown_first_and_another_on_asking(client, family):
    page = client.get(family[1] + "day/").text
    assert "Which day and time suit you?" in page
    assert "9:30am to 10:15am" in page
    offered = days(page)
    assert 2 <= len(offered) <= 6, "a death is registered within the week"
    assert dt.date.fromisoformat(offered[-1]) <= now().date() + dt.timedelta(days=6)

    other = client.get(family[1] + f"day/?day={offered[1]}").text
    assert len(slots(page)) == len(slots(other)) == 5
    assert not set(slots(page)) & set(slots(other))
    assert "Choose a time" in client.post(family[1] + f"day/?day={offered[1]}", {}).text
    wrong = client.post(family[1] + f"day/?day={offered[1]}", {"slot": slots(page)[0]}).text
    assert "Choose a time that is left" in wrong


def test_what_costs_nothing_is_booked_at_once_and_the_letter_says_day_and_time(client, family):
    case_id, where = family
    page = client.get(where + "day/").text
    assert "24 hours while you pay" not in page

    assert client.post(where + "day/", {"slot": slots(page)[1]}).url == where
    shown = client.get(where).text
    assert "10:30am to 11:15am" in shown
    assert "Choose a day" not in shown.split("Messages")[0]
    assert "kept for you while you pay" not in shown
    assert "ceremony" not in shown.split("Messages")[0], "what these answers rule out is not promised"
    queue.run_pending(at=now())

    with scoped(REGISTRARS):
        steps = {step.name: step for step in Step.objects.filter(case_id=case_id)}
        assert steps["meet"].state == "waiting"
        assert steps["confirm"].outputs == {"day": days(page)[0], "time": "10:30"}
        letter = Message.objects.get(case_id=case_id, letter="death-booked")
        assert "at 10:30am;" in letter.text
        assert "Where: the register office" in letter.text


def test_certificates_are_paid_for_after_the_time_is_chosen(client):
    case_id, reference = asked(copies=2)
    session = client.session
    session["cases"] = {reference: str(case_id)}
    session.save()
    page = client.get(f"/cases/{reference}/day/").text
    assert "24 hours while you pay" in page
    assert client.post(f"/cases/{reference}/day/", {"slot": slots(page)[0]}).url == f"/cases/{reference}/pay/"


def test_in_welsh_days_and_times_are_said_in_welsh(client, family):
    client.cookies["django_language"] = "cy"
    page = client.get(family[1] + "day/").text
    assert "Pa ddiwrnod ac amser sy&#x27;n gyfleus i chi?" in page or "Pa ddiwrnod ac amser sy'n gyfleus i chi?" in page
    assert "9:30yb i 10:15yb" in page
    assert "Dangos amseroedd" in page


def test_an_adviser_picks_the_day_then_the_time_for_a_caller(client):
    case_id, _ = asked()
    adviser = as_staff(client, MARCHSHIRE, "adviser")
    where = f"/staff/cases/{case_id}/day/"
    page = adviser.get(where).text
    assert "Which day and time suit the caller?" in page

    later = adviser.get(f"{where}?day={days(page)[1]}").text
    assert adviser.post(f"{where}?day={days(page)[1]}", {"slot": slots(later)[0]}).status_code == 302
    queue.run_pending(at=now())
    with scoped(REGISTRARS):
        assert queries.case(case_id, at=now()).file.steps["confirm"].state == "done"
