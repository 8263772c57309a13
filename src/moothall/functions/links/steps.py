"""The steps that another system performs: any step, wherever a body has connected one for that function."""

from moothall.core.steps import StepContext, Waiting, relief
from moothall.functions.links import actions, queries


@relief
def elsewhere(performs: str, ctx: StepContext, *, at, by):
    """Hand the step over where the body's function runs in another system; otherwise leave it to the one here."""
    system = queries.system_for(body_id=ctx.body_id, performs=performs, at=at, part=f"{ctx.service_id}/{ctx.name}")
    if system is None:
        return None
    actions.open_call(system=system, performs=performs, ctx=ctx, at=at, by=by)
    return Waiting(external=system.name, due=ctx.due_at)
