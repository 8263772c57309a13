"""Jobs of people: letters about who helps whom, and the end of what was for a time."""

import datetime as dt
from uuid import UUID

from moothall.core.actor import Actor
from moothall.core.queue import every, task
from moothall.people import actions


@task("people.help_letter")
def help_letter(*, body: int, acts_for_id: str, moment: str, at: dt.datetime, by: Actor) -> None:
    """Write to both of a mandate."""
    actions.write_of_help(acts_for_id=UUID(acts_for_id), moment=moment, at=at, by=by)


@task("people.helpers")
def helpers(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Remind of what runs out soon at one body, and end what ran out."""
    actions.watch_helpers(body_id=body, at=at, by=by)


every("40 6 * * *", "people.helpers")
