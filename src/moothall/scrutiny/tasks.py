"""Jobs of scrutiny: counting contacts each night."""

import datetime as dt

from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.queue import every, task
from moothall.scrutiny import actions
from moothall.scrutiny.rules.figures import add_months, month_of


@task("scrutiny.contacts")
def count_contacts(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Count one body's contacts of this month and the last anew: a letter may be settled weeks after it came."""
    since = add_months(month_of(local(at).date()), -1)
    actions.count_contacts(body_id=body, since=since, at=at, by=by)


every("40 3 * * *", "scrutiny.contacts")
