"""Steps of a case: performed by functions, finished or refused by people, retried when they broke."""

import datetime as dt
from uuid import UUID

from django.db import connection

from moothall.casework import events
from moothall.casework.actions.work import Work
from moothall.casework.models import Step
from moothall.casework.queries.file import case_file
from moothall.casework.rules.states import follow
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal

CLOCKS_DIFFER = dt.timedelta(minutes=1)
"""How far the database's clock, which starts a job, and a worker's may lie apart."""


class StepNotOpen(Refusal):
    """That step has already been dealt with. Refresh the page to see where it stands."""


class ReasonNeeded(Refusal):
    """Say why, in words the resident will read."""

    status = 422


def run_step(*, step_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Let a ready step's function perform it. Does nothing where the step or its case has moved on meanwhile."""
    work, step = _work(step_id, at, by)
    if step.state != "ready" or not work.goes_on(step):
        return
    work.perform(step)
    work.write()


def finish_step(*, step_id: UUID, outputs: dict, at: dt.datetime, by: Actor) -> None:
    """End a waiting (or failed) step as done, with what was put out.

    Refuses StepNotOpen when it has ended, OutputsWrong (details: `problems` by field) when the outputs do not fit.
    """
    work, step = _open_step(step_id, at, by)
    work.done(step, outputs)
    work.write()


def refuse_step(*, step_id: UUID, reason: str, code: str = "refused", at: dt.datetime, by: Actor) -> None:
    """End a waiting (or failed) step as one that cannot be done, for a reason that the resident reads."""
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    work, step = _open_step(step_id, at, by)
    work.refuse(step, reason.strip(), code)
    work.write()


def fail_step(*, step_id: UUID, error: str, attempt: int = 1, last: bool = True, at: dt.datetime, by: Actor) -> None:
    """Note that a step's function broke. After the last attempt it stays failed and visible until a person acts."""
    work, step = _work(step_id, at, by)
    if step.state not in ("ready", "waiting"):
        return
    step.error, step.attempts = error[:500], step.attempts + 1
    if last:
        step.state = follow("step", step.state, "failed")
        work.changes.happened("step-failed", step=step.name, step_id=str(step.pk), attempt=attempt)
        work.changes.tell(events.StepFailed(**work.step_fact(step)))
    step.save(update_fields=["state", "error", "attempts"])
    work.write()


def retry_step(*, step_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Try a failed step again, or one that waits for an external system that lost it. Refuses StepNotOpen."""
    work, step = _work(step_id, at, by)
    if step.state not in ("failed", "waiting") or not work.goes_on(step):
        raise StepNotOpen()
    work.close_tasks("cancelled", step_id=step.pk)
    step.state, step.error, step.external = follow("step", step.state, "ready"), "", ""
    step.attempts += 1
    step.save(update_fields=["state", "error", "external", "attempts"])
    work.changes.happened("step-retried", step=step.name, step_id=str(step.pk))
    work.queue(step)
    work.write()


def wake_step(*, step_id: UUID, at: dt.datetime, by: Actor) -> None:
    """End a step that only waited for a moment.

    Does nothing where the step or its case has moved on meanwhile, or the moment was put off: it has a later job then.
    """
    work, step = _work(step_id, at, by)
    if step.state != "waiting" or not work.goes_on(step) or (step.due_at and step.due_at > at + CLOCKS_DIFFER):
        return
    work.done(step, {})
    work.write()


LOST = """
select s.id from casework_step s where s.body_id = %s
  and (s.state = 'ready' and s.ready_at < %s
    or s.state = 'waiting' and s.performs = 'casework.wait' and s.due_at < %s)
  and not exists (select 1 from procrastinate_jobs j where j.status in ('todo', 'doing')
    and j.task_name in ('casework.step', 'casework.wake') and j.args->>'step_id' = s.id::text)
order by s.ready_at limit 100"""


def recover_steps(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Queue again the steps of a body that are ready (or slept long enough) and have no job; return how many.

    A job commits with its step, so this finds something only after jobs were removed by hand or their last failure
    could not be written down.
    """
    before = at - dt.timedelta(minutes=2)
    with connection.cursor() as cursor:
        cursor.execute(LOST, [body_id, before, before])
        lost = [row[0] for row in cursor.fetchall()]
    for step_id in lost:
        work, step = _work(step_id, at, by)
        if not work.goes_on(step):
            continue
        if step.state == "waiting":
            step.state = follow("step", step.state, "ready")
        step.attempts += 1
        step.save(update_fields=["state", "attempts"])
        work.changes.happened("step-recovered", step=step.name, step_id=str(step.pk))
        work.queue(step)
        work.write()
    return len(lost)


def _work(step_id: UUID, at: dt.datetime, by: Actor) -> tuple[Work, Step]:
    """Return the work on a step's case, locked, and the step."""
    file = case_file(step_id=step_id, lock=True)
    step = next((s for s in file.steps.values() if s.pk == UUID(str(step_id))), None)
    return Work(file, at=at, by=by), step or Step.objects.get(pk=step_id)


def _open_step(step_id: UUID, at: dt.datetime, by: Actor) -> tuple[Work, Step]:
    work, step = _work(step_id, at, by)
    if step.state not in ("waiting", "failed", "ready") or not work.goes_on(step):
        raise StepNotOpen()
    return work, step
