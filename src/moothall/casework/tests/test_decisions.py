"""Decisions: on evidence that was looked at, confirmed and looked at again by somebody else, each with its days."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from tests.world import ASHBY, MARCHSHIRE, MILL_LANE_14, as_staff

from moothall.bodies import queries as bodies
from moothall.casework import actions, queries
from moothall.casework.models import Case, Message, Task
from moothall.casework.rules.deciding import problems
from moothall.casework.tests.conftest import CONTACT, NOBODY, RESIDENT
from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped

ONE, OTHER = Actor("staff", "201", ASHBY), Actor("staff", "202", ASHBY)
SEEN = {"account": "seen", "papers": "seen"}
DAY = dt.timedelta(days=1)
TOLD = {
    "options": {"yes": "Yes", "no": "No"},
    "grants": ("yes",),
    "check": {"paper": "The paper"},
    "amount": "A week",
    "until": "Until",
    "until_months": 12,
}
WHOLE = {"decision": "yes", "checked": {"paper": "seen"}, "amount": 1250, "until": "2027-03-31"}
ON = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("given", "beside"),
    [
        (WHOLE, None),
        (WHOLE | {"checked": {"paper": "not-needed"}}, None),
        ({"decision": "no", "reason": "It is too late."}, None),
        (WHOLE | {"decision": "perhaps"}, "decision"),
        ({"decision": "no", "reason": "  "}, "reason"),
        (WHOLE | {"checked": {}}, "checked-paper"),
        (WHOLE | {"checked": {"paper": "missing"}}, "checked-paper"),
        (WHOLE | {"amount": None}, "amount"),
        (WHOLE | {"amount": 0}, None),
        (WHOLE | {"until": None}, "until"),
        (WHOLE | {"until": "2026-11-19"}, "until"),
        (WHOLE | {"until": "2026-11-20"}, None),
        (WHOLE | {"until": "2027-11-20"}, None),
        (WHOLE | {"until": "2027-11-21"}, "until"),
    ],
)
def test_a_decision_is_whole_or_says_what_is_missing(given, beside):
    assert list(problems(TOLD, given, ON)) == ([beside] if beside else [])


@pytest.fixture
def at(db):
    """Return the moment of these tests; nobody has tried anything yet."""
    cache.clear()
    return now()


@pytest.fixture
def opened(at):
    """Return a case about an exemption that waits for an officer of Ashby."""
    place = bodies.place_of_dwelling(MILL_LANE_14)
    since = (local(at).date() - 30 * DAY).isoformat()
    answers = {"where": place, "reason": "empty", "why_empty": "care", "since": since, "true_to_say": True}
    with scoped(NOBODY):
        found = actions.open_case(
            service_id="council-tax-discount", answers=answers, place=place, contact=CONTACT, channel="web", at=at,
            by=RESIDENT,
        )  # fmt: skip
    run_pending(at=at)
    return found


def at_work(who: Actor) -> Scope:
    return Scope(bodies=(who.body_id,), purpose="test", actor=who)


def decide(case_id, who: Actor, at: dt.datetime, **given) -> None:
    """Let an officer make the decision that waits."""
    with scoped(at_work(who)):
        task = next(t for t in queries.tasks_of(case_id) if t.step.performs == "casework.decide")
        actions.finish_step(step_id=task.step_id, outputs=given, at=at, by=who)
    run_pending(at=at)


def grant(at: dt.datetime) -> dict:
    return {"decision": "exempt", "checked": SEEN, "until": (local(at).date() + 300 * DAY).isoformat()}


def test_whoever_recommended_it_does_not_confirm_it(opened, at):
    decide(opened.case_id, ONE, at, **grant(at))
    with pytest.raises(actions.SameOfficer):
        decide(opened.case_id, ONE, at, **grant(at))
    decide(opened.case_id, OTHER, at, **grant(at))
    with scoped(at_work(ONE)):
        case = Case.objects.get(pk=opened.case_id)
        assert (case.state, case.outcome) == ("closed", "exempt")
        assert Message.objects.filter(case_id=case.pk).latest("at", "id").letter == "confirmed"


def test_nothing_is_granted_on_papers_that_nobody_saw(opened, at):
    with pytest.raises(actions.OutputsWrong) as refused:
        decide(opened.case_id, ONE, at, **grant(at) | {"checked": {"account": "seen", "papers": "missing"}})
    assert list(refused.value.details["problems"]) == ["checked-papers"]
    with scoped(at_work(ONE)):
        assert Task.objects.filter(case_id=opened.case_id, state="open").count() == 1


def test_a_refusal_is_looked_at_again_by_somebody_else_once_and_then_goes_to_the_tribunal(opened, at):
    refused = {"decision": "refused", "reason": "The home is lived in."}
    decide(opened.case_id, ONE, at, **refused)
    tracking = Scope(case=opened.case_id, actor=RESIDENT, purpose="tracking")
    later = at + 40 * DAY
    with scoped(tracking):
        actions.reopen_case(case_id=opened.case_id, reason="It is empty.", at=later, by=RESIDENT)
    run_pending(at=later)
    with pytest.raises(actions.SameOfficer):
        decide(opened.case_id, ONE, later, **refused)
    decide(opened.case_id, OTHER, later + DAY, **refused)
    with scoped(tracking):
        letter = Message.objects.filter(case_id=opened.case_id).latest("at", "id")
        file = queries.case_file(opened.case_id)
        with pytest.raises(actions.TooLateToReview):
            actions.reopen_case(case_id=opened.case_id, reason="No.", at=later + 2 * DAY, by=RESIDENT)
    assert letter.letter == "looked-again"
    assert "Valuation Tribunal for England by **" in letter.text
    assert set(queries.disputable(file)) == {"appeal_by"}


def test_the_body_s_own_people_may_open_it_again_at_any_time(opened, at):
    refused = {"decision": "refused", "reason": "The home is lived in."}
    decide(opened.case_id, ONE, at, **refused)
    for who, other in ((ONE, OTHER), (OTHER, Actor("staff", "203", ASHBY))):
        with scoped(at_work(who)):
            actions.reopen_case(case_id=opened.case_id, reason="We erred.", at=at, by=who)
        run_pending(at=at)
        decide(opened.case_id, other, at, **refused)


def test_the_officer_s_page_asks_for_the_evidence_and_shows_what_was_recommended(opened, at, client):
    officer = as_staff(client, ASHBY, "officer")
    address = f"/staff/cases/{opened.case_id}/"
    page = officer.get(address).content.decode()
    assert "The papers that show the reason" in page
    task = re.search(r'name="task" value="([^"]+)"', page)[1]
    wrong = officer.post(f"{address}finish/", {"task": task, "step-decision": "exempt"}).content.decode()
    assert "Say whether you have seen it: nothing is granted before" in wrong
    until = local(at).date() + 300 * DAY
    right = {
        "task": task, "step-decision": "exempt", "step-checked-account": "seen", "step-checked-papers": "not-needed",
        "step-until-day": until.day, "step-until-month": until.month, "step-until-year": until.year,
    }  # fmt: skip
    said = officer.post(f"{address}finish/", right, follow=True).content.decode()
    assert "Done. The case moves on by itself." in said
    run_pending(at=at)
    page = officer.get(address).content.decode()
    assert "We decide: No council tax to pay" in page
    assert "You decided this before, so somebody else looks at it now." in page
    assert 'name="step-decision"' not in page


def test_whoever_asked_is_told_on_the_case_s_page_how_to_disagree(opened, at, client):
    decide(opened.case_id, ONE, at, decision="refused", reason="The home is lived in.")
    found = {"reference": opened.reference, "contact": CONTACT["email"]}
    page = client.post("/track/", found, follow=True).content.decode()
    assert "Ask us to look at this decision again" in page
    assert "open it again" not in page
    address = f"/cases/{opened.reference}/reopen/"
    assert "Somebody who had nothing to do with the decision" in client.get(address).content.decode()
    said = client.post(address, {"text": "It stands empty."}, follow=True).content.decode()
    assert "Somebody else looks at the decision now." in said
    run_pending(at=at)
    decide(opened.case_id, OTHER, at, decision="refused", reason="The meter was read.")
    page = client.get(f"/cases/{opened.reference}/").content.decode()
    assert "Appeal to the Valuation Tribunal for England" in page
    assert client.get(address).status_code == 409


def test_an_appeal_that_a_panel_of_ours_hears_is_a_second_stage_of_the_case(at, client):
    one, senior, clerk = (Actor("staff", number, MARCHSHIRE) for number in ("301", "302", "303"))
    place, day = bodies.place_of_dwelling(MILL_LANE_14), local(at).date().isoformat()
    answers = {
        "where": place, "child": {"name": "Cai Example", "born": "2017-04-02"}, "school": "Larkfield", "from": day,
        "reason": "far", "true_to_say": True,
    }  # fmt: skip
    with scoped(NOBODY):
        opened = actions.open_case(
            service_id="school-transport", answers=answers, place=place, contact=CONTACT, channel="web", at=at,
            by=RESIDENT,
        )  # fmt: skip
    run_pending(at=at)
    client.post("/track/", {"reference": opened.reference, "contact": CONTACT["email"]}, follow=True)
    address = f"/cases/{opened.reference}/"
    for who, words in (
        (one, "Ask us to look at this decision again"),
        (senior, "Appeal to an independent appeal panel"),
    ):
        decide(opened.case_id, who, at, decision="refused", reason="It is near enough.")
        page = client.get(address).content.decode()
        assert words in page
        assert f"{address}reopen/" in page
        client.post(f"{address}reopen/", {"text": "It is far."})
        run_pending(at=at)
    for who in (one, senior):
        with pytest.raises(actions.SameOfficer):
            decide(opened.case_id, who, at, decision="refused", reason="No.")
    decide(opened.case_id, clerk, at, decision="refused", reason="The panel walked it too.")
    assert "The time to disagree with this decision has ended" in client.get(address).content.decode()
    assert client.get(f"{address}reopen/").status_code == 409
