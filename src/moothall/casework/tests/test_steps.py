"""Steps are performed by functions, finished by people, and never lost."""

import datetime as dt

import pytest
from django.db import connection
from tests.world import MARCHSHIRE

from moothall.casework import actions, queries
from moothall.casework.actions.steps import ReasonNeeded, StepNotOpen
from moothall.casework.models import Case, Event, Message, PublicPlace, Step, Task
from moothall.casework.tests.conftest import AT, MARCH, NOBODY, OFFICER, open_pothole
from moothall.core import queue
from moothall.core.models import Fact
from moothall.core.scope import scoped
from moothall.core.steps import Done, StepRefused, Waiting, registry

DAY = dt.timedelta(days=1)


def opened():
    with scoped(NOBODY):
        return open_pothole().case_id


def step(case_id, name) -> Step:
    return Step.objects.get(case_id=case_id, name=name)


def look(case_id):
    """Return the case and the states of its steps, as an officer sees them."""
    with scoped(MARCH):
        return Case.objects.get(pk=case_id), dict(Step.objects.filter(case_id=case_id).values_list("name", "state"))


def finish(case_id, name, at=AT, **outputs):
    with scoped(MARCH):
        actions.finish_step(step_id=step(case_id, name).pk, outputs=outputs, at=at, by=OFFICER)


def facts(case_id, name):
    with scoped(MARCH):
        return list(Fact.objects.filter(name=f"casework.{name}", payload__case_id=str(case_id)).order_by("id"))


def test_a_waiting_step_puts_a_task_into_the_team_s_queue(real_db, functions):
    case_id = opened()
    queue.run_pending(at=AT)

    with scoped(MARCH):
        task = Task.objects.get(case_id=case_id)
        assert (task.title, task.state, task.body_id) == ("Inspect the defect", "open", MARCHSHIRE)
        assert task.due_at == dt.datetime(2026, 11, 27, 23, 59, 59, tzinfo=dt.UTC)  # five working days
    assert look(case_id)[1] == {"inspect": "waiting"}


def test_a_finished_step_starts_the_next_ones_its_guard_allows(real_db, functions):
    case_id = opened()
    queue.run_pending(at=AT)
    finish(case_id, "inspect", at=AT + DAY, risk="high")

    case, states = look(case_id)
    assert states == {"inspect": "done", "repair": "ready", "no_work": "skipped"}
    with scoped(MARCH):
        assert step(case_id, "repair").due_at.date() == (AT + 3 * DAY).date()  # two days for a high risk
        assert not Task.objects.filter(case_id=case_id, state="open").exists()
    (done,) = facts(case_id, "StepDone")
    assert done.payload["outputs"]["risk"] == "high"
    assert case.state == "open"


def test_when_the_last_step_has_ended_the_case_closes_with_outcome_and_promise_fixed(real_db, functions):
    case_id = opened()
    queue.run_pending(at=AT)
    finish(case_id, "inspect", at=AT + DAY, risk="medium")
    queue.run_pending(at=AT + 2 * DAY)

    case, states = look(case_id)
    assert (case.state, case.outcome, case.promise_kept) == ("closed", "mended", True)
    assert set(states.values()) == {"done", "skipped"}
    (closed,) = facts(case_id, "CaseClosed")
    assert closed.payload["promise_kept"] is True
    with scoped(MARCH):
        letters = list(Message.objects.filter(case_id=case_id).order_by("at", "id").values_list("letter", flat=True))
        assert letters == ["acknowledged", "will-mend", "mended"]
        assert not PublicPlace.objects.get(pk=case.published_id).open


def test_a_promise_kept_too_late_is_missed_for_good(real_db, functions):
    case_id = opened()
    queue.run_pending(at=AT)
    finish(case_id, "inspect", at=AT + 30 * DAY, risk="low")
    queue.run_pending(at=AT + 30 * DAY)

    case, _ = look(case_id)
    assert (case.state, case.outcome, case.promise_kept) == ("closed", "watched", False)


def test_a_refused_step_tells_the_resident_why_and_ends_what_followed_it(real_db, functions):
    functions["highways.inspect"] = StepRefused("It is on private land.")
    case_id = opened()
    queue.run_pending(at=AT)

    case, states = look(case_id)
    assert states["inspect"] == "refused"
    assert case.state == "closed"
    with scoped(MARCH):
        assert step(case_id, "inspect").reason == "It is on private land."


def test_outputs_that_do_not_fit_are_refused_field_by_field(real_db, functions):
    case_id = opened()
    queue.run_pending(at=AT)
    with pytest.raises(actions.OutputsWrong) as refused:
        finish(case_id, "inspect")

    assert set(refused.value.details["problems"]) == {"risk"}
    assert look(case_id)[1] == {"inspect": "waiting"}


def test_a_step_is_finished_once(real_db, functions):
    case_id = opened()
    queue.run_pending(at=AT)
    finish(case_id, "inspect", risk="high")
    with pytest.raises(StepNotOpen):
        finish(case_id, "inspect", risk="low")


def test_a_refusal_needs_a_reason(real_db, functions):
    case_id = opened()
    queue.run_pending(at=AT)
    with scoped(MARCH), pytest.raises(ReasonNeeded):
        actions.refuse_step(step_id=step(case_id, "inspect").pk, reason=" ", at=AT, by=OFFICER)


def test_a_step_done_for_a_case_that_was_cancelled_meanwhile_changes_nothing(real_db, functions):
    case_id = opened()
    with scoped(MARCH):
        actions.cancel_case(case_id=case_id, reason="Found it mended", at=AT, by=OFFICER)
    queue.run_pending(at=AT)

    case, states = look(case_id)
    assert (case.state, states) == ("cancelled", {"inspect": "cancelled"})


def test_a_function_that_breaks_is_tried_again_and_then_stays_visible_until_somebody_acts(real_db, functions):
    broken = {"now": True}

    def inspect(ctx, *, at, by):
        if broken["now"]:
            raise ConnectionError("the other system does not answer")
        return Done({"risk": "low"})

    functions["highways.inspect"] = inspect
    case_id = opened()
    queue.run_pending(at=AT)
    assert look(case_id)[1] == {"inspect": "ready"}
    for hours in (1, 2, 4, 8, 16, 32, 64, 128):
        queue.run_pending(at=AT + dt.timedelta(hours=hours))

    assert look(case_id)[1] == {"inspect": "failed"}
    with scoped(MARCH):
        (health,) = queries.link_health(bodies=(MARCHSHIRE,), at=AT + 30 * DAY)
        assert (health.performs, health.failed, health.retried) == ("highways.inspect", 1, 1)
        (troubled,) = queries.troubled_steps(bodies=(MARCHSHIRE,), at=AT + 30 * DAY)
        assert "does not answer" in troubled.error
    assert len(facts(case_id, "StepFailed")) == 1

    broken["now"] = False
    with scoped(MARCH):
        actions.retry_step(step_id=step(case_id, "inspect").pk, at=AT + 6 * DAY, by=OFFICER)
    queue.run_pending(at=AT + 6 * DAY)
    assert look(case_id)[0].state == "closed"


def test_a_job_that_runs_twice_does_its_work_once(real_db, functions):
    ran = []

    def inspect(ctx, *, at, by):
        ran.append(ctx.step_id)
        return Waiting(task="Inspect the defect")

    functions["highways.inspect"] = inspect
    case_id = opened()
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'casework.step'")
        args = cursor.fetchone()[0]
    import json

    args = json.loads(args) if isinstance(args, str) else args
    queue.run_pending(at=AT)
    assert queue.perform("casework.step", args, at=AT) is False

    assert len(ran) == 1
    with scoped(MARCH):
        assert Task.objects.filter(case_id=case_id).count() == 1


def test_a_missed_promise_is_noticed_once_and_the_resident_hears_it(real_db, functions):
    case_id = opened()
    queue.run_pending(at=AT)
    for days in (27, 29, 30):
        with scoped(MARCH):
            actions.notice_missed(body_id=MARCHSHIRE, at=AT + days * DAY, by=OFFICER)

    assert len(facts(case_id, "PromiseMissed")) == 1
    with scoped(MARCH):
        assert Message.objects.filter(case_id=case_id, letter="late").count() == 1


def test_a_paused_clock_leaves_what_was_left_and_is_not_late_meanwhile(real_db, functions):
    case_id = opened()
    with scoped(MARCH):
        actions.pause_promise(case_id=case_id, reason="Where exactly is it?", at=AT + 8 * DAY, by=OFFICER)
        assert actions.notice_missed(body_id=MARCHSHIRE, at=AT + 60 * DAY, by=OFFICER) == 0
        due = actions.resume_promise(case_id=case_id, at=AT + 60 * DAY, by=OFFICER)

    assert due.date() == (AT + 80 * DAY).date()  # twenty of the 28 days were left
    kinds = [line.kind for line in _timeline(case_id)]
    assert kinds[-2:] == ["paused", "resumed"]


def _timeline(case_id):
    with scoped(MARCH):
        return [line for line in queries.timeline(case_id) if not line.kind.startswith(("message", "step"))]


def test_a_reopened_case_goes_through_its_steps_again_with_a_promise_of_its_own(real_db, functions):
    case_id = opened()
    queue.run_pending(at=AT)
    finish(case_id, "inspect", at=AT + DAY, risk="low")
    queue.run_pending(at=AT + DAY)
    with scoped(MARCH):
        actions.reopen_case(case_id=case_id, reason="It is still there", at=AT + 40 * DAY, by=OFFICER)
        assert actions.notice_missed(body_id=MARCHSHIRE, at=AT + 41 * DAY, by=OFFICER) == 0
    queue.run_pending(at=AT + 40 * DAY)

    case, _ = look(case_id)
    assert (case.state, case.round, case.promise_kept) == ("open", 2, None)
    assert case.promise_due.date() == (AT + 68 * DAY).date()
    with scoped(MARCH):
        assert Step.objects.get(case_id=case_id, round=2).state == "waiting"
        closed = Event.objects.get(case_id=case_id, kind="closed")
        assert closed.data["promise_kept"] is True


def test_a_step_that_no_function_here_performs_fails_visibly(real_db, monkeypatch):
    monkeypatch.delitem(registry, "highways.inspect", raising=False)
    case_id = opened()
    for hours in (0, 1, 2, 4, 8, 16, 32, 64, 128):
        queue.run_pending(at=AT + dt.timedelta(hours=hours))

    with scoped(MARCH):
        assert "highways.inspect" in step(case_id, "inspect").error


def test_a_step_whose_job_is_gone_is_queued_again_once(real_db, functions):
    case_id = opened()
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where task_name = 'casework.step'")
    with scoped(MARCH):
        assert actions.recover_steps(body_id=MARCHSHIRE, at=AT, by=OFFICER) == 0  # not yet long enough ready
        assert actions.recover_steps(body_id=MARCHSHIRE, at=AT + DAY, by=OFFICER) == 1
        assert actions.recover_steps(body_id=MARCHSHIRE, at=AT + DAY, by=OFFICER) == 0
    queue.run_pending(at=AT + DAY)

    assert look(case_id)[1] == {"inspect": "waiting"}
