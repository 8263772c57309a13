"""What outgoing councils may still commit: the limits a plan holds them to, what was asked, and who answers."""

import datetime as dt
from urllib.parse import urlencode

from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.commitments import Commitment
from moothall.core.money import pounds
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, scoped
from moothall.reorganisation.models import Consent
from moothall.reorganisation.queries.plans import PlanFact, plans
from moothall.reorganisation.rules.limits import Held, covers, limits, why_consent
from moothall.reorganisation.rules.shadow import POSTS

UNDER_WAY = ("planned", "undone", "carrying-out")


class ConsentNeeded(Refusal):
    """This council ends by a plan, and what it signs needs consent first. Ask for it on the plan's page."""


def consents(found: PlanFact) -> list[Consent]:
    """Return what was asked, newest first; row security shows it to the bodies of the plan alone."""
    return list(Consent.objects.filter(reorganisation_id=found.row.pk).order_by("-asked_at"))


def held(found: PlanFact) -> Held:
    """Return how a plan holds its councils."""
    row = found.row
    return Held(row.vesting, row.counted_after or limits(row.vesting).counted_after)


def held_from(found: PlanFact) -> dt.date:
    """Return the day from which the councils of a plan are held to the limits."""
    return found.row.held_from or local(found.row.planned_at).date()


def answerers(found: PlanFact, body_id: int) -> list:
    """Return the bodies that answer what a council asks: the new ones, then those that end with it, by name."""
    heirs = found.heirs_of(body_id)
    fellows = {body.id: body for heir in heirs for body in found.before(heir.id) if body.id != body_id}
    return [*heirs, *sorted(fellows.values(), key=lambda one: one.name)]


def shadows(found: PlanFact, on: dt.date) -> list[dict]:
    """Return the new councils of a plan, each with who acts for it; read for whoever takes part in the plan."""
    rows = []
    for body in found.successors:
        with scoped(current_scope().narrowed(bodies=(body.id,), purpose="who acts for a shadow authority")):
            staff = list(bodies.staff(body.id, on))
        rows.append({"body": body, "staff": [
            {"name": one.name, "starts": one.starts, "posts": [POSTS.get(role, role) for role in one.roles]}
            for one in staff
        ]})  # fmt: skip
    return rows


def holds_a_post(account_id: int, body_id: int, on: dt.date) -> bool:
    """Return whether whoever has an account works for a body on a day too."""
    with scoped(current_scope().narrowed(account=account_id)):
        return any(post.body_id == body_id for post in bodies.staff_of(account_id, on))


def refuse_beyond(said: Commitment) -> None:
    """Refuse a commitment above the limits that a plan holds its body to, unless it was consented to.

    A plan holds a body that agreed to it, or that a direction names, from its day until the day on which the new
    councils begin. Raises ConsentNeeded, which says for what to ask and where.
    """
    for found in plans(said.body_id):
        if not _holds(found, said):
            continue
        why = why_consent(said, held(found), limits(said.signed))
        if why and not any(
            one.answer == "agreed" and one.body_id == said.body_id and covers(one.kind, one.reference, one.pence, said)
            for one in consents(found)
        ):
            raise _needed(found, said, why)


def _holds(found: PlanFact, said: Commitment) -> bool:
    ends = [line for line in found.lines if line.body_id == said.body_id]
    bound = bool(found.row.direction) or any(line.agreed_at for line in ends)
    return bool(ends) and bound and found.row.state in UNDER_WAY and held_from(found) <= said.signed < found.row.vesting


def _needed(found: PlanFact, said: Commitment, why: str) -> ConsentNeeded:
    own = bodies.body(said.body_id).name
    others = " or ".join(one.name for one in answerers(found, said.body_id))
    asked = {"kind": said.kind, "reference": said.reference, "what": said.what[:300]}
    if said.pence is not None:
        asked["pence"] = pounds(said.pence).removeprefix("£")
    return ConsentNeeded(
        f"{own} ends by the plan “{found.row.title}”, so this needs consent. {why} Ask {others} for consent under the "
        f"reference {said.reference}, and sign once it is given.",
        url=f"{reverse('reorganisation:consents', args=[found.row.pk])}?{urlencode(asked)}",
        link="Ask for consent",
    )
