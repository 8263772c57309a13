"""Name who acts for a council that does not work yet: it reads the plan and answers what outgoing councils may sign."""

import datetime as dt
from uuid import UUID

from moothall.bodies import actions as organising
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.core.scope import current_scope, scoped
from moothall.reorganisation import queries
from moothall.reorganisation.rules.shadow import POSTS


class NoSuchPost(Refusal):
    """Before its day a new council has only the posts in the list. Choose one of them."""

    status = 422


def name_officer(
    *, plan_id: UUID, body_id: int, successor_id: int, name: str, email: str, post: str, at: dt.datetime, by: Actor
) -> int:
    """Let somebody act for a shadow authority in a post, and return the appointment.

    The body that runs the plan names them; they are told by e-mail how to sign in. Raises NotYours, NoSuchPost, and
    what `bodies.actions.bring_in` raises.
    """
    found = queries.editable(plan_id)
    if found.row.body_id != body_id or successor_id not in {one.id for one in found.successors}:
        raise NotYours
    if post not in POSTS:
        raise NoSuchPost(field="post")
    with scoped(current_scope().narrowed(bodies=(body_id, successor_id), purpose="naming a shadow's officers")):
        appointed = organising.bring_in(
            body_id=successor_id, email=email, name=name, roles=[post], team_id=None, starts=local(at).date(), at=at,
            by=by,
        )  # fmt: skip
    audit.record(action="reorganisation.shadow-named", object=f"plan:{plan_id}", body_id=body_id, at=at, by=by,
                 data={"successor": successor_id, "post": post, "appointment": appointed})  # fmt: skip
    return appointed
