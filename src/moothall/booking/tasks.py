"""Jobs of booking: giving up holds that ran out."""

import datetime as dt

from moothall.booking import actions
from moothall.core.actor import Actor
from moothall.core.queue import every, task


@task("booking.sweep")
def sweep(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Give up the holds of one body that ran out."""
    actions.sweep(body_id=body, at=at, by=by)


every("*/5 * * * *", "booking.sweep")
