"""Jobs of booking: giving up holds and offers that ran out, offering what came free, and reminding of days."""

import datetime as dt

from moothall.booking import actions
from moothall.core.actor import Actor
from moothall.core.queue import every, task


@task("booking.sweep")
def sweep(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Give up the holds and offers of one body that ran out, and offer what is free to those who wait."""
    actions.sweep(body_id=body, at=at, by=by)


@task("booking.remind")
def remind(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Remind those whose booked day at one body is near."""
    actions.remind(body_id=body, at=at, by=by)


every("*/10 * * * *", "booking.remind")
every("*/5 * * * *", "booking.sweep")
