"""Ask for the long work: a rehearsal, the carrying out, the undoing."""

import datetime as dt
from uuid import UUID

from moothall.core import audit, operations
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.reorganisation import queries
from moothall.reorganisation.actions.executing import NotAgreed


class StillOpen(Refusal):
    """Something is still to be decided, so it cannot be carried out. Go through what is open on the plan's page."""


class NotTheDay(Refusal):
    """The vesting day has not come. Rehearse it on a copy; it can be carried out on the day itself."""


class UnderWay(Refusal):
    """That is under way or was done already. Look at the plan's page for how far it is."""


STATES = {
    "rehearse": ("planned", "undone"),
    "carry-out": ("planned", "undone", "carrying-out"),
    "undo": ("carried-out", "carrying-out", "undoing"),
}


def ask(*, plan_id: UUID, body_id: int, what: str, at: dt.datetime, by: Actor) -> UUID:
    """Ask for "rehearse", "carry-out" or "undo", and return the operation.

    Raises NotAgreed,
    StillOpen, NotTheDay, UnderWay.
    """
    found = queries.plan(plan_id)
    if not found.takes_part(body_id):
        raise NotYours
    if found.row.state not in STATES[what] or any(not one.ended for one in queries.operations_of(found)):
        raise UnderWay
    if what != "undo" and found.not_agreed:
        raise NotAgreed
    if what == "carry-out" and local(at).date() < found.row.vesting:
        raise NotTheDay
    if what == "carry-out" and found.row.state != "carrying-out" and queries.undecided(found):
        raise StillOpen
    audit.record(action=f"reorganisation.{what}", object=f"plan:{plan_id}", body_id=body_id, at=at, by=by)
    subject = {"plan": str(plan_id), "at": at.isoformat()}
    return operations.ask(f"reorganisation.{what}", body_id=body_id, subject=subject, at=at, by=by)
