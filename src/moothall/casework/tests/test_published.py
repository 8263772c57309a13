"""A report outdoors can be followed by anybody: where it is, what became of it, and nothing of who told us."""

import datetime as dt

import pytest
from tests.world import BORLEY

from moothall.casework import actions, queries
from moothall.casework.models import Case, PublicPlace, Step
from moothall.casework.tests.conftest import AT, CONTACT, MARCH, MARCHSHIRE, NOBODY, OFFICER, open_pothole, scope
from moothall.core import queue
from moothall.core.scope import scoped
from moothall.core.steps import Done, Waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("functions")]
LATER = AT + dt.timedelta(hours=3)
NEVER = AT - dt.timedelta(days=400)


def told(bodies=(MARCHSHIRE,), since=NEVER) -> list[tuple[str, str]]:
    with scoped(NOBODY):
        found = queries.published_updates(bodies=bodies, since=since, until=AT + dt.timedelta(days=9))
        return [(update.kind, update.name) for update in found]


def test_each_step_and_the_end_are_told_to_everybody(place, functions):
    functions["highways.inspect"] = Done({"risk": "high"})
    with scoped(NOBODY):
        opened = open_pothole()
        ((report, last),) = queries.published(bodies=(MARCHSHIRE,))
        assert (report.reported_at, report.due_at, last) == (AT, opened.promise_due, None)
    queue.run_pending(at=LATER)
    assert told() == [("step", "inspect"), ("step", "repair"), ("step", "check"), ("closed", "mended")]
    with scoped(NOBODY):
        ((report, last),) = queries.published(bodies=(MARCHSHIRE,), open=False)
        assert (last.kind, last.name, last.at) == ("closed", "mended", LATER)
        words = " ".join(str(value) for row in (report, last) for value in vars(row).values())
    assert not [value for value in (*CONTACT.values(), opened.reference, str(opened.case_id)) if value in words]


def test_a_report_that_is_withdrawn_and_one_that_is_opened_again_say_so(place):
    with scoped(NOBODY):
        opened = open_pothole()
    with scoped(MARCH):
        actions.cancel_case(case_id=opened.case_id, at=LATER, by=OFFICER)
        assert not PublicPlace.objects.get().open
        actions.reopen_case(case_id=opened.case_id, reason="It is still there", at=LATER, by=OFFICER)
        assert PublicPlace.objects.get().open
    assert told() == [("cancelled", ""), ("reopened", "")]


def test_whoever_does_the_work_for_another_body_takes_the_report_off_the_map(place):
    with scoped(NOBODY):
        opened = open_pothole()
    with scoped(MARCH):
        Case.objects.filter(pk=opened.case_id).update(provider_id=BORLEY, seen_by=[MARCHSHIRE, BORLEY])
        Step.objects.filter(case_id=opened.case_id).update(body_id=BORLEY)
    queue.run_pending(at=AT)
    with scoped(scope(BORLEY)):
        step = Step.objects.get(case_id=opened.case_id, name="inspect")
        actions.finish_step(step_id=step.pk, outputs={"risk": "none"}, at=LATER, by=OFFICER)
        explain = Step.objects.get(case_id=opened.case_id, name="no_work")
    queue.run_pending(at=LATER)
    with scoped(scope(BORLEY)):
        if Step.objects.get(pk=explain.pk).state == "waiting":
            actions.finish_step(step_id=explain.pk, outputs={}, at=LATER, by=OFFICER)
    assert told()[-1] == ("closed", "nothing-found")
    with scoped(NOBODY):
        assert not PublicPlace.objects.get().open


def test_what_is_done_aside_is_nobody_else_s_business(place, functions):
    """Whether somebody looks into who dumped it would tell them that they were seen."""
    from moothall.bodies import queries as bodies

    functions["waste.clear"] = Waiting(task="Clear it")
    mine = {"what": ["bags"], "amount": "bag", "land": "public", "blocks": False, "saw": True, "witness": True,
            "seen_what": "A van", "where": place}  # fmt: skip
    with scoped(NOBODY):
        opened = actions.open_case(
            service_id="fly-tipping", answers=mine, place=place, contact=CONTACT, channel="web", at=AT, by=NOBODY.actor
        )
    body_id = bodies.responsible("fly-tipping", place).body_id
    officer = scope(body_id)
    queue.run_pending(at=AT)
    with scoped(officer):
        clear = Step.objects.get(case_id=opened.case_id, name="clear")
        actions.finish_step(step_id=clear.pk, outputs={"cleared": True, "evidence": True}, at=LATER, by=OFFICER)
    queue.run_pending(at=LATER)
    with scoped(officer):
        look = Step.objects.get(case_id=opened.case_id, name="investigate")
        actions.finish_step(step_id=look.pk, outputs={"note": "Found"}, at=LATER, by=OFFICER)
    assert told(bodies=(body_id,)) == [("step", "clear"), ("closed", "cleared")]
