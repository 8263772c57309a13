"""Plan a reorganisation: who becomes whom on which day. The new bodies are shadows until then."""

import datetime as dt
from uuid import UUID

from moothall.bodies import actions as bodies
from moothall.bodies import queries as land
from moothall.core import audit, operations
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.reorganisation import queries as plans
from moothall.reorganisation.models import Plan, Succession
from moothall.reorganisation.rules.planning import NewBody, Part, problems


class NotAPlan(Refusal):
    """This cannot be carried out as it is written. Mend what is named and save it again."""

    status = 422


class TooLate(Refusal):
    """This has been carried out already, so its plan cannot be changed any more. Undo it first, while you can."""


def plan(
    *,
    body_id: int,
    slug: str,
    title: str,
    title_cy: str = "",
    basis: str,
    vesting: dt.date,
    successors: list[NewBody],
    parts: list[Part],
    at: dt.datetime,
    by: Actor,
) -> UUID:
    """Plan that bodies become others on a vesting day, found the new bodies as shadows, and return the plan's id.

    `parts` name predecessors by id and successors by code. Raises NotAPlan with what is wrong, and what founding
    a body raises.
    """
    known = {one.id: one for one in land.bodies()}
    wrong = problems(body_id, vesting, successors, parts, known, local(at).date())
    if wrong:
        raise NotAPlan(" ".join(wrong), problems=wrong)
    ids = {}
    for one in successors:
        ids[one.code] = land.free_id()
        bodies.found_body(id=ids[one.code], partner=False, signpost_url=one.address, starts=vesting,
                          **one.identity(), at=at, by=by)  # fmt: skip
    plans.changed()
    row = Plan.objects.create(body_id=body_id, slug=slug, title=title, title_cy=title_cy, basis=basis,
                              vesting=vesting, planned_at=at, planned_by=str(by))  # fmt: skip
    Succession.objects.bulk_create(
        Succession(
            reorganisation=row, body_id=part.predecessor, successor_id=ids[part.successor], land=list(part.land),
            residuary=part.residuary, share=part.share, **({"agreed_at": at, "agreed_by": str(by)}
                                                          if part.predecessor == body_id else {}),
        ) for part in parts
    )  # fmt: skip
    for predecessor in sorted({part.predecessor for part in parts}):
        audit.record(action="reorganisation.planned", object=f"plan:{row.pk}", body_id=predecessor, at=at, by=by)
    return row.pk


def agree(*, plan_id: UUID, body_id: int, at: dt.datetime, by: Actor) -> None:
    """Let a body agree to the plan by which it ends. Agreeing twice changes nothing. Raises NotYours, NoMoreChanges."""
    found = plans.editable(plan_id)
    if body_id not in {one.id for one in found.predecessors}:
        raise NotYours
    mine = Succession.objects.filter(reorganisation_id=plan_id, body_id=body_id, agreed_at=None)
    if mine.update(agreed_at=at, agreed_by=str(by)):
        audit.record(action="reorganisation.agreed", object=f"plan:{plan_id}", body_id=body_id, at=at, by=by)


def confirm(*, plan_id: UUID, at: dt.datetime, by: Actor) -> UUID:
    """Confirm that what was carried out stays: from now on it cannot be undone, and residents are told.

    Returns the operation that writes to them. Raises NotYours, TooLate.
    """
    changed = Plan.objects.filter(pk=plan_id, state="carried-out").update(
        state="confirmed", confirmed_at=at, confirmed_by=str(by)
    )
    if not changed:
        raise NotYours if not Plan.objects.filter(pk=plan_id).exists() else TooLate
    row = Plan.objects.get(pk=plan_id)
    audit.record(action="reorganisation.confirmed", object=f"plan:{plan_id}", body_id=row.body_id, at=at, by=by)
    return operations.ask("reorganisation.tell", body_id=row.body_id, subject={"plan": str(plan_id)}, at=at, by=by)
