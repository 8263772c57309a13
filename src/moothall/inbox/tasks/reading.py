"""Read what was taken in."""

import datetime as dt
from uuid import UUID

from moothall.core.actor import Actor
from moothall.core.queue import task
from moothall.inbox import actions
from moothall.inbox.actions.taking import READ


@task(READ, deadline=dt.timedelta(minutes=10))
def read(*, body: int, arrival_id: str, at: dt.datetime, by: Actor) -> None:
    """Read one arrival."""
    actions.read_arrival(arrival_id=UUID(arrival_id), at=at, by=by)
