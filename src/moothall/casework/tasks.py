"""Casework's jobs: perform steps, wake them, send letters, notice what is late."""

import datetime as dt
from uuid import UUID

from moothall.casework import actions
from moothall.core.actor import Actor
from moothall.core.queue import every, task


def _broke(*, body: int, error: Exception, attempt: int, last: bool, step_id: str, at: dt.datetime, by: Actor) -> None:
    """Note a broken attempt on the step, so that it is seen."""
    said = f"{type(error).__name__}: {error}"
    actions.fail_step(step_id=UUID(step_id), error=said, attempt=attempt, last=last, at=at, by=by)


@task("casework.step", deadline=dt.timedelta(seconds=60), on_failure=_broke)
def step(*, body: int, step_id: str, at: dt.datetime, by: Actor) -> None:
    """Perform one step."""
    actions.run_step(step_id=UUID(step_id), at=at, by=by)


@task("casework.wake")
def wake(*, body: int, step_id: str, at: dt.datetime, by: Actor) -> None:
    """End a step that waited for this moment."""
    actions.wake_step(step_id=UUID(step_id), at=at, by=by)


@task("casework.letter")
def letter(*, body: int, message_id: str, at: dt.datetime, by: Actor) -> None:
    """Hand a case's message over for sending, to the resident and to those who follow the case."""
    actions.deliver_message(message_id=UUID(message_id), at=at, by=by)


@task("casework.tell")
def tell(*, body: int, case_id: str, moment: str, at: dt.datetime, by: Actor) -> None:
    """Tell the people whom the accountable body named for this service and moment."""
    actions.tell_own_people(case_id=UUID(case_id), moment=moment, at=at, by=by)


@task("casework.late")
def late(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Notice promises that were missed since the last look."""
    actions.notice_missed(body_id=body, at=at, by=by)


@task("casework.recover")
def recover(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Queue again the steps whose job is gone."""
    actions.recover_steps(body_id=body, at=at, by=by)


every("*/5 * * * *", "casework.late")
every("* * * * *", "casework.recover")
