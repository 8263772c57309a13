"""Jobs of the desk: counting as contacts what people did by themselves, and reminding of call-backs."""

import datetime as dt

from moothall.core.actor import Actor
from moothall.core.queue import every, task
from moothall.desk import actions


@task("desk.take_in")
def take_in(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Record as contacts of one body what was asked and written without an adviser."""
    actions.take_in_requests(body_id=body, at=at, by=by)


every("20 * * * *", "desk.take_in")


@task("desk.remind")
def remind(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Remind the advisers of one body of the call-backs that are due soon."""
    actions.remind(body_id=body, at=at, by=by)


every("*/5 * * * *", "desk.remind")
