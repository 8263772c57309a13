"""Places a crew must go to, and what it found there."""

import datetime as dt
from uuid import UUID

from moothall.casework import actions as casework
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.functions.waste import queries
from moothall.functions.waste.models import NOT_DONE, Visit


class AlreadyDone(Refusal):
    """Somebody has dealt with this visit in the meantime. Go back to your visits to see what is left."""


class SayWhyNot(Refusal):
    """Choose why it could not be done."""

    status = 422


def plan_visit(
    *, body_id: int, case_id: UUID, reference: str, step_id: UUID, kind: str, what: str, place: dict,
    day: dt.date | None, due_at: dt.datetime | None, at: dt.datetime, by: Actor,
) -> Visit:  # fmt: skip
    """Plan a visit for a case's step; the same step again is the same visit."""
    label = place.get("label") or place.get("street") or "place on the map"
    row, _ = Visit.objects.get_or_create(
        body_id=body_id, step_id=step_id,
        defaults={"case_id": case_id, "reference": reference, "kind": kind, "what": what[:300], "label": label[:200],
                  "easting": place.get("easting"), "northing": place.get("northing"), "day": day, "due_at": due_at,
                  "opened_at": at},
    )  # fmt: skip
    return row


def end_visit(
    *, visit_id: UUID, number: UUID, done: bool, reason: str = "", evidence: bool = False, photo: UUID | None = None,
    at: dt.datetime, by: Actor,
) -> Visit:  # fmt: skip
    """Record what a crew did at a visit, and finish the case's step with it.

    `number` is made on the crew's page: the same one again changes nothing. Raises AlreadyDone, SayWhyNot.
    """
    queries.visit(visit_id)
    row = Visit.objects.select_for_update().get(pk=visit_id)
    if row.number == number:
        return row
    if row.state != "open":
        raise AlreadyDone()
    if not done and reason not in NOT_DONE:
        raise SayWhyNot(field="reason")
    row.state, row.ended_at, row.ended_by, row.number = "done" if done else "not_done", at, str(by), number
    row.reason, row.evidence, row.photo = reason, evidence, photo
    row.save(update_fields=["state", "ended_at", "ended_by", "number", "reason", "evidence", "photo"])
    audit.record(action="waste.visited", object=f"visit:{row.pk}", body_id=row.body_id, at=at, by=by,
                 data={"state": row.state})  # fmt: skip
    outputs = {"cleared": done, "evidence": evidence} if row.kind == "clear" else {"collected": done}
    if done or row.kind == "clear":
        casework.finish_step(step_id=row.step_id, outputs=outputs, at=at, by=by)
    else:
        reason = f"The crew came and could not take it: {NOT_DONE[reason][0].lower()}{NOT_DONE[reason][1:]}."
        casework.refuse_step(step_id=row.step_id, reason=reason, code=row.reason, at=at, by=by)
    return row


def forget(*, case_id: UUID, at: dt.datetime, by: Actor) -> int:
    """Take the open visits of a cancelled case off the crews' list; return how many."""
    return Visit.objects.filter(case_id=case_id, state="open").update(state="gone", ended_at=at, ended_by=str(by))


def move(*, step_id: UUID, day: dt.date, due_at: dt.datetime | None, at: dt.datetime, by: Actor) -> int:
    """Put an open visit on another day of the crews' list; return how many were."""
    return Visit.objects.filter(step_id=step_id, state="open").update(day=day, due_at=due_at)
