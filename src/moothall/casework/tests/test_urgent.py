"""An urgent referral: seen by one team alone, first, safe to ask for, written to nobody who did not say so."""

import datetime as dt

import pytest
from django.utils import timezone
from tests import world
from tests.world import ASHBY, MARCHSHIRE

from moothall.bodies import queries as bodies
from moothall.casework import actions, queries
from moothall.casework.actions.conversation import NotSafeToWrite
from moothall.casework.actions.drafts import NotKept
from moothall.casework.actions.opening import NobodyToSee
from moothall.casework.actions.tasks import NotInTheTeam
from moothall.casework.models import Case, Draft, Event, Message, Payload, Step, Task
from moothall.casework.tests.conftest import AT, NOBODY, RESIDENT, a_place
from moothall.core import files, messages, queue
from moothall.core.actor import Actor
from moothall.core.ids import new_id
from moothall.core.models import File, Outgoing
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.django_db
TEAM = "housing-options"
OF_CASE = (Event, Payload, Step, Message)
SAFE = {"email": "ann@example.org", "phone": "01632 960001", "safe": "write"}


def staff(team: str, body: int = ASHBY) -> Scope:
    return Scope(bodies=(body,), purpose="staff", actor=Actor("staff", "77", body), teams=(team,))


def referred(contact: dict | None = None, **more) -> actions.Opened:
    """Open a referral as somebody does who has nowhere to sleep, and let its jobs run."""
    with scoped(NOBODY):
        opened = actions.open_case(
            service_id="homelessness",
            answers={"who": "me", "tonight": "nowhere", "where": a_place()},
            contact=contact or {},
            body_id=ASHBY,
            channel="web",
            at=AT,
            by=RESIDENT,
            **more,
        )
    queue.run_pending(at=AT)
    return opened


def seen(case_id) -> list[int]:
    of_case = [model.objects.filter(case_id=case_id).count() for model in (*OF_CASE, Task, File, Outgoing)]
    return [Case.objects.filter(pk=case_id).count(), *of_case]


def test_its_team_sees_all_of_it_and_a_colleague_of_another_team_nothing(db):
    opened = referred(SAFE)
    with scoped(staff(TEAM)):
        kept = files.store(b"%PDF", name="notice.pdf", kind="application/pdf", body_id=ASHBY, at=AT, by=RESIDENT)
        File.objects.filter(pk=kept.pk).update(case_id=opened.case_id)
        actions.attach(case_id=opened.case_id, file_id=kept.pk, at=AT, by=RESIDENT)
        assert all(seen(opened.case_id))
    for other in (staff("waste-office"), staff("contact-centre"), Scope(bodies=(ASHBY,)), staff(TEAM, MARCHSHIRE)):
        with scoped(other):
            assert not any(seen(opened.case_id))
            assert queries.queue(bodies=(ASHBY,), text=opened.reference, at=AT).rows == []
            assert queries.cases_of_contact(SAFE["email"]) == []
            with pytest.raises(NotYours):
                files.find(kept.pk)


def test_it_is_first_before_every_list_and_its_work_waits_behind_no_other_job(db):
    with scoped(NOBODY):
        actions.open_case(
            service_id="complaint",
            answers={"about": "delay", "had_answer": False, "happened": "x", "put_right": "y", "for_other": False},
            contact={"email": "ann@example.org"}, body_id=ASHBY, channel="web", at=AT, by=RESIDENT,
        )  # fmt: skip
        opened = actions.open_case(
            service_id="homelessness", answers={"who": "me", "tonight": "nowhere", "where": a_place()},
            body_id=ASHBY, channel="web", at=AT, by=RESIDENT,
        )  # fmt: skip
    queue.run_pending(at=AT, limit=1)
    with scoped(staff(TEAM)):
        assert Step.objects.get(case_id=opened.case_id, name="call").state == "waiting"
        (row,) = queries.urgent(bodies=(ASHBY,), at=AT)
        assert (row.case_id, row.due_at) == (opened.case_id, AT + dt.timedelta(hours=2))
        assert opened.case_id not in {row.case_id for row in queries.queue(bodies=(ASHBY,), at=AT).rows}
    with scoped(staff("waste-office")):
        assert queries.urgent(bodies=(ASHBY,), at=AT) == []


@pytest.mark.parametrize("contact", [{}, {"email": "ann@example.org"}, SAFE | {"safe": "ring"}, SAFE | {"safe": "no"}])
def test_nothing_is_written_to_who_did_not_say_that_it_is_safe(db, contact):
    opened = referred(contact)
    with scoped(staff(TEAM)):
        assert not Outgoing.objects.filter(case_id=opened.case_id).exists()
        assert Message.objects.filter(case_id=opened.case_id, letter="received").exists()
        with pytest.raises(NotSafeToWrite):
            actions.send_message(case_id=opened.case_id, subject="", text="Hello", at=AT, by=RESIDENT)
    for value in filter(None, (contact.get("email"), contact.get("phone"))):
        assert queries.track(opened.reference, value) is None


def test_who_said_that_it_is_safe_is_written_to_and_may_look_it_up_but_never_by_a_postcode(db):
    opened = referred(SAFE | {"postcode": "ZM1 2AB"})
    with scoped(staff(TEAM)):
        assert [one.only_team for one in messages.of_case(opened.case_id)] == [TEAM]
    assert queries.track(opened.reference, SAFE["email"]) == opened.case_id
    assert queries.track(opened.reference, "ZM1 2AB") is None


def test_it_stands_in_no_residents_account(db):
    with scoped(Scope(actor=Actor("resident", "5"))):
        opened = actions.open_case(
            service_id="homelessness", answers={"who": "me", "tonight": "nowhere", "where": a_place()},
            body_id=ASHBY, channel="web", person_id=new_id(), at=AT, by=Actor("resident", "5"),
        )  # fmt: skip
    with scoped(staff(TEAM)):
        assert Case.objects.get(pk=opened.case_id).person_id is None


def test_it_moves_whole_to_the_team_it_is_handed_to(db):
    opened = referred(SAFE)
    street = bodies.team(ASHBY, "street-scene")
    with scoped(staff(TEAM)):
        tasks = [task.pk for task in queries.tasks_of(opened.case_id)]
        with pytest.raises(NotInTheTeam):
            other = world.account_of(ASHBY, "adviser").pk
            actions.assign(task_ids=tasks, account_id=other, at=AT, by=Actor("staff", "77", ASHBY))
        actions.hand_over_team(task_ids=tasks, team_id=street.pk, at=AT, by=Actor("staff", "77", ASHBY))
        assert not any(seen(opened.case_id))
    with scoped(staff("street-scene")):
        assert seen(opened.case_id)[0]
        assert queries.urgent(bodies=(ASHBY,), at=AT)


def test_it_is_ended_by_whoever_asked_and_leaves_its_teams_queue(db):
    opened = referred(SAFE)
    with scoped(Scope(case=opened.case_id, actor=RESIDENT)):
        actions.cancel_case(case_id=opened.case_id, reason="I found a room", at=AT, by=RESIDENT)
    with scoped(staff(TEAM)):
        assert queries.urgent(bodies=(ASHBY,), at=AT) == []


def test_it_is_not_taken_where_no_team_would_see_it(db, monkeypatch):
    monkeypatch.setattr(bodies, "team", lambda body_id, code: None)
    with pytest.raises(NobodyToSee):
        referred()


def test_a_desk_learns_by_the_reference_that_there_is_one_only_if_its_service_says_so(db, client):
    opened = referred()
    with scoped(NOBODY):
        never = actions.open_case(
            service_id="safeguarding-concern",
            answers={"whom": "adult", "you": "family", "now": "no-now", "person": "A", "where": a_place(), "what": "W",
                     "know": False},
            body_id=MARCHSHIRE, channel="web", at=AT, by=RESIDENT,
        )  # fmt: skip
    world.as_staff(client, ASHBY, "adviser")
    page = client.get("/desk/", {"q": opened.reference}).content.decode()
    assert "An urgent referral" in page
    assert "Only the team that has it sees it" in page
    assert "nowhere" not in page
    assert "Mill Lane" not in page
    world.as_staff(client, MARCHSHIRE, "adviser")
    assert "Nothing found" in client.get("/desk/", {"q": never.reference}).content.decode()


def test_the_team_works_it_from_its_queue_and_nobody_else_opens_its_page(db, client):
    opened = referred(SAFE | {"safe": "ring", "when": "mornings"})
    world.as_staff(client, ASHBY, "officer", TEAM)
    listed = client.get("/staff/queue/").content.decode()
    assert listed.index("Urgent, before all else") < listed.index(opened.reference)
    page = client.get(f"/staff/cases/{opened.case_id}/").content.decode()
    assert "Only Housing options sees this" in page
    assert "do not write" in page
    assert "mornings" in page
    assert "Write to the resident" not in page
    world.as_staff(client, ASHBY, "manager")
    assert client.get(f"/staff/cases/{opened.case_id}/").status_code == 404
    assert "Urgent, before all else" not in client.get("/staff/queue/").content.decode()


def began(client) -> str:
    """Begin a referral in a browser without scripts; return the draft's id."""
    answer = client.post("/services/homelessness/ask", {"who": "me"})
    return answer.url.split("/")[2]


def test_whom_to_ring_comes_first_and_every_page_has_a_way_out_that_works_without_scripts(db, client):
    for address in ("/services/homelessness/", "/services/homelessness/start"):
        page = client.get(address)
        said = page.content.decode()
        assert "Ring us now" in said
        assert "data-quick-exit" in said
        assert page["Cache-Control"] == "private, no-store"
        assert said.index("Ring us now") < said.index("Start now" if "Start now" in said else "continue")
    draft_id = began(client)
    page = client.get(f"/drafts/{draft_id}/ask/tonight/")
    said = page.content.decode()
    assert f'href="/drafts/{draft_id}/leave/"' in said
    assert page["Cache-Control"] == "private, no-store"
    assert "Save this and come back" not in said
    assert "data-quick-exit" not in client.get("/services/report-pothole/").content.decode()


def test_leaving_forgets_what_was_written_and_going_back_shows_nothing_of_it(db, client):
    draft_id = began(client)
    left = client.get(f"/drafts/{draft_id}/leave/")
    assert (left.status_code, left.url, left["Clear-Site-Data"]) == (302, "https://www.bbc.co.uk/weather", '"cache"')
    assert client.get(f"/drafts/{draft_id}/ask/tonight/").status_code == 404
    with scoped(Scope(case=draft_id)):
        assert not Draft.objects.exists()
    assert client.get(f"/drafts/{draft_id}/leave/").status_code == 302  # twice, or somebody else's: the same way out


def test_another_service_is_not_forgotten_by_the_address_of_the_way_out(db, client):
    answer = client.post("/services/complaint/ask", {"about": "delay"})
    client.get(f"/drafts/{answer.url.split('/')[2]}/leave/")
    assert client.get(answer.url).status_code == 200


def test_nobody_leaves_for_somebody_else(db, client):
    draft_id = began(client)
    type(client)().get(f"/drafts/{draft_id}/leave/")
    assert client.get(f"/drafts/{draft_id}/ask/tonight/").status_code == 200


def test_it_is_not_kept_for_another_day_or_device_and_is_forgotten_when_it_lies_open(db, client):
    draft_id = began(client)
    answer = client.post(f"/drafts/{draft_id}/save/", {"email": "ann@example.org"})
    assert answer.status_code == NotKept.status
    with scoped(Scope(case=draft_id, actor=RESIDENT)):
        Draft.objects.update(saved_at=timezone.now() - dt.timedelta(minutes=21))
    assert client.get(f"/drafts/{draft_id}/ask/tonight/").url == "/services/homelessness/"
    assert client.get(f"/drafts/{draft_id}/ask/tonight/").status_code == 404


def test_it_asks_how_to_be_reached_safely_and_never_for_a_postcode(db, client):
    draft_id = began(client)
    asked = client.get(f"/drafts/{draft_id}/contact/").content.decode()
    assert "Is it safe for us to contact you?" in asked
    assert "postcode" not in asked.lower()
    wrong = client.post(f"/drafts/{draft_id}/contact/", {"safe": "ring"}).content.decode()
    assert "Write a phone number, or say that we should not contact you" in wrong
    assert client.post(f"/drafts/{draft_id}/contact/", {"safe": "no"}).status_code == 302
