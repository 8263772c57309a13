"""Go live: people are no longer sent elsewhere, and what they ask for becomes the body's work."""

import datetime as dt

from moothall.bodies import actions as organising
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.onboarding import queries
from moothall.onboarding.models import Joining


class NotReady(Refusal):
    """Something is still missing. The list says what; do that first."""


def go_live(*, body_id: int, at: dt.datetime, by: Actor) -> None:
    """Let a body work here from now on. Raises NotReady (details: `missing`, the open lines), NotJoining."""
    joining = queries.joining(body_id)
    open_ = queries.missing(joining, local(at).date())
    if open_:
        said = "; ".join(f"{line.title.lower()}: {line.to_do.rstrip('.')}" for line in open_)
        raise NotReady(f"It cannot go live yet. {said[:1].upper()}{said[1:]}.", missing=[line.code for line in open_])
    organising.admit(body_id=body_id, at=at, by=by)
    Joining.objects.filter(pk=body_id).update(live_at=at)
    audit.record(action="joining.live", object=f"body:{body_id}", body_id=body_id, at=at, by=by)
