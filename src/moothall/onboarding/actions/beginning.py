"""Begin: invite a body, or let one that is known here begin of its own."""

import datetime as dt

from moothall.bodies import actions as organising
from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.ports import comes_by_plan
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, scoped
from moothall.onboarding.models import Joining
from moothall.onboarding.rules.packs import pack_for
from moothall.ui.rules import OWN_THEME

FIRST = ("manager", "operator")
"""What the first person of a body may do: set it up, and bring in the others."""


class NoPack(Refusal):
    """No starter pack is made for that kind of body yet. Choose another kind, or add a pack to the list of packs."""

    status = 422


class AlreadyHere(Refusal):
    """That body works here or is joining already. Look for it in the list of bodies that join."""


class ComesByPlan(Refusal):
    """That council begins by a plan of others, on its day. Look at the plan under Reorganisation."""


class HasStaff(Refusal):
    """That body has staff here already. Ask one of its managers to begin: nobody else brings people into it."""


def invite(
    *, host_id: int, known_id: int | None = None, body: dict | None = None, first_name: str, first_email: str,
    at: dt.datetime, by: Actor,
) -> int:  # fmt: skip
    """Let a body begin to join, with the first person who sets it up, and return its id.

    `known_id` names a body that people were only sent to so far; else `body` says code, slug, name, kind, signpost_url
    and signpost_phone of a new one. The first person is brought in as its manager and operator and told how to sign in;
    from then on only the body's own people change anything. Raises NoPack, AlreadyHere, ComesByPlan, HasStaff, and what
    `bodies.actions.found_body` and `bring_in` raise.
    """
    kind = bodies.body(known_id).kind if known_id else body["kind"]
    if pack_for(kind) is None:
        raise NoPack(field="kind")
    body_id = known_id or _found(body, at, by)
    if known_id and bodies.body(known_id).partner:
        raise AlreadyHere
    _refuse_shadow(body_id)
    today = local(at).date()
    both = tuple(sorted({body_id, *current_scope().bodies}))
    with scoped(current_scope().narrowed(bodies=both, purpose="inviting a body")):
        if bodies.staff(body_id, today).exists():
            raise HasStaff
        _begin(body_id, host_id, pack_for(kind).code, at, by)
        organising.bring_in(
            body_id=body_id, email=first_email, name=first_name, roles=list(FIRST), team_id=None, starts=today, at=at,
            by=by,
        )  # fmt: skip
    return body_id


def begin(*, body_id: int, at: dt.datetime, by: Actor) -> None:
    """Let a body that has staff here and is no partner begin of its own. Raises AlreadyHere, NoPack."""
    body = bodies.body(body_id)
    if body.partner:
        raise AlreadyHere
    found = pack_for(body.kind)
    if found is None:
        raise NoPack
    _refuse_shadow(body_id)
    _begin(body_id, body_id, found.code, at, by)


def _refuse_shadow(body_id: int) -> None:
    if any(answer.give(body_id) for answer in comes_by_plan):
        raise ComesByPlan


def _found(body: dict, at: dt.datetime, by: Actor) -> int:
    own, accent = (f"#{colour}" for colour in OWN_THEME[:2])
    begins = {"partner": False, "starts": local(at).date(), "colour": own, "accent": accent}
    return organising.found_body(id=bodies.free_id(), **begins, **body, at=at, by=by)


def _begin(body_id: int, host_id: int, pack: str, at: dt.datetime, by: Actor) -> None:
    _, made = Joining.objects.get_or_create(
        body_id=body_id, defaults={"host_id": host_id, "pack": pack, "begun_at": at, "begun_by": str(by)}
    )
    if not made:
        raise AlreadyHere
    audit.record(action="joining.begun", object=f"body:{body_id}", body_id=body_id, at=at, by=by, data={"pack": pack})
