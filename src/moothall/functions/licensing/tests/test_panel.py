"""Where the councillors' panel decides, whoever writes it down finds it in their queue, and sees no other work."""

import re

import pytest
from tests.world import ASHBY, BORLEY, as_staff

from moothall.core import queue
from moothall.core.clock import now
from moothall.core.scope import scoped
from moothall.functions.licensing.models import Licence
from moothall.functions.licensing.tests.conftest import (
    DISTRICT,
    OFFICER,
    SECOND,
    VEHICLE,
    ask,
    decide,
    pass_checks,
    pay,
    states,
)

pytestmark = pytest.mark.django_db
QUEUE = "/staff/queue/"
TASK = "Let the licensing panel hear the driver"


@pytest.fixture
def heard():
    """Return a driver's request that two officers gave to the panel."""
    opened, when = ask(when=now()), now()
    pay(opened, when)
    pass_checks(opened, when)
    decide(opened, "recommend", "refuse", "An old conviction.", by=OFFICER, when=when)
    decide(opened, "confirm", "panel", "The panel should hear him.", by=SECOND, when=when)
    assert states(opened)["panel"] == "waiting"
    return opened


@pytest.fixture
def other():
    """Return a vehicle's request that waits for the licensing team."""
    opened, when = ask("taxi-vehicle-licence", VEHICLE, when=now()), now()
    pay(opened, when)
    return opened


def case_page(opened):
    return f"/staff/cases/{opened.case_id}/"


def test_governance_opens_its_queue_and_writes_down_what_the_panel_decided(client, heard):
    clerk = as_staff(client, ASHBY, "monitoring-officer", "governance")
    assert clerk.get("/staff/").headers["Location"] == QUEUE
    assert TASK in clerk.get(QUEUE).text
    page = clerk.get(case_page(heard)).text
    task = re.search(r'name="task" value="([^"]+)"', page)[1]
    checks = {f"step-checked-{name}": "seen" for name in re.findall(r'name="step-checked-([\w-]+)"', page)}
    said = {"task": task, "step-decision": "grant", "step-reason": "We believe him."} | checks
    answer = clerk.post(f"{case_page(heard)}finish/", said, follow=True)
    assert "The case moves on by itself" in answer.text
    queue.run_pending(at=now())
    with scoped(DISTRICT):
        assert Licence.objects.filter(case_id=heard.case_id).exists()


def test_governance_sees_its_own_team_s_work_and_no_other(client, heard, other):
    clerk = as_staff(client, ASHBY, "monitoring-officer", "governance")
    for asked in ({}, {"show": "all"}, {"show": "all", "q": other.reference}, {"team": "1"}, {"show": "mine"}):
        page = clerk.get(QUEUE, asked).text
        assert case_page(other) not in page, asked
        assert 'href="/staff/queue/?show=all' not in page
    page = clerk.get(QUEUE, {"show": "all"}).text
    assert heard.reference in page
    assert "service=taxi-driver-licence" in page
    assert "service=missed-bin" not in page, "a filter for what never comes to the team is in the way"
    assert clerk.get(case_page(other)).status_code == 404
    assert clerk.post(f"{case_page(other)}note/", {"text": "Hello"}).status_code == 404
    officer = as_staff(client, ASHBY, "officer", "licensing")
    rows = re.findall(r'data-row="([^"]+)"', officer.get(QUEUE, {"show": "all", "q": other.reference}).text)
    assert rows
    clerk = as_staff(client, ASHBY, "monitoring-officer", "governance")
    assert clerk.post(f"{QUEUE}assign/", {"row": rows, "to": "me"}).status_code == 404


def test_governance_leaves_the_course_of_a_case_to_those_who_deal_with_it(client, heard):
    page = as_staff(client, ASHBY, "monitoring-officer", "governance").get(case_page(heard)).text
    assert "Write a note" in page or "Note" in page
    for verb in ("close", "cancel", "pause", "refuse"):
        assert f"{case_page(heard)}{verb}/" not in page
        assert client.post(f"{case_page(heard)}{verb}/", {"text": "No"}).status_code == 404


def test_work_that_an_officer_gives_them_is_theirs_to_see(client, other):
    officer = as_staff(client, ASHBY, "officer", "licensing")
    page = officer.get(QUEUE, {"show": "all", "q": other.reference}).text
    rows = re.findall(r'data-row="([^"]+)"', page)
    account = re.search(r'<option value="(\d+)">([^<]*)</option>', page[page.index('name="to"') :])
    assert account, "colleagues are named"
    clerk = as_staff(client, ASHBY, "monitoring-officer", "governance")
    to = clerk.session["_auth_user_id"]
    officer = as_staff(client, ASHBY, "officer", "licensing")
    assert f'<option value="{to}">' in officer.get(QUEUE, {"show": "all"}).text
    officer.post(f"{QUEUE}assign/", {"row": rows, "to": to})
    clerk = as_staff(client, ASHBY, "monitoring-officer", "governance")
    assert clerk.get(case_page(other)).status_code == 200
    assert other.reference in clerk.get(QUEUE, {"show": "mine"}).text


@pytest.mark.parametrize(
    ("role", "team", "queue", "case"),
    [("officer", "licensing", 200, 200), ("officer", "complaints", 200, 200), ("councillor", "members", 403, 403),
     ("finance", "finance", 403, 403), ("crew", "waste-crew", 403, 403)],
)  # fmt: skip
def test_who_opens_the_queue_and_a_case(client, heard, role, team, queue, case):
    who = as_staff(client, ASHBY, role, team)
    assert who.get(QUEUE).status_code == queue
    assert who.get(case_page(heard)).status_code == case


def test_another_council_s_governance_sees_nothing_of_it(client, heard):
    clerk = as_staff(client, BORLEY, "monitoring-officer", "governance")
    assert heard.reference not in clerk.get(QUEUE).text
    assert clerk.get(case_page(heard)).status_code == 404
