"""The step that takes money: a service with a fee waits here until it is paid, or until its time is up."""

import datetime as dt

from pydantic import BaseModel, Field

from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.queue import defer
from moothall.core.steps import Done, Outcome, StepContext, Waiting, step
from moothall.ledger import actions, queries


class Paid(BaseModel):
    """Whether it was paid (a free one counts as paid)."""

    paid: bool = Field(title="It was paid")


@step("payments.take", outputs=Paid, title="Taking the payment")
def take(ctx: StepContext, *, at: dt.datetime, by: Actor) -> Outcome:
    """Charge the case what the service costs for its answers, once, and wait until it is paid.

    A free one goes on at once. When the step is due and nothing was paid, the charge is cancelled: not paid.
    """
    definition = _definition(ctx)
    pence = catalogue.fee(definition, ctx.answers, ctx.parameters)
    if not pence:
        return Done({"paid": True})
    owed = actions.charge(
        body_id=ctx.body_id,
        pence=pence,
        description=f"{definition.title.en} {ctx.reference}"[:200],
        what=ctx.name,
        case_id=ctx.case_id,
        step_id=ctx.step_id,
        cost_centre=ctx.service_id,
        at=at,
        by=by,
    )
    if owed.state != "due":
        return Done({"paid": owed.state == "paid"})
    if ctx.due_at:
        defer("ledger.give_up", body=ctx.body_id, key=f"give-up:{owed.id}:0", schedule=ctx.due_at, charge_id=owed.id)
    return Waiting(external="payment", due=ctx.due_at)


class GivenBack(BaseModel):
    """How much goes back, in pence."""

    pence: int = Field(default=0, ge=0)


@step("payments.give_back", outputs=GivenBack, title="Giving the payment back")
def give_back(ctx: StepContext, *, at: dt.datetime, by: Actor) -> Outcome:
    """Give back what was paid for the case, all or what is left beyond a sum that the body keeps.

    `keep` names the body's setting with that sum in pence (`body.processing_pence`): what looking at the request cost.
    """
    kept = _kept(ctx)
    given = 0
    for owed in queries.charges_for(ctx.case_id):
        if owed.state == "paid" and owed.pence > kept:
            given += actions.refund(
                charge_id=owed.id, pence=owed.pence - kept, reason="What was asked for was refused", at=at, by=by
            ).pence
    return Done({"pence": given})


def _kept(ctx: StepContext) -> int:
    """Return the pence that the body keeps, by the setting that the definition names; nothing where it names none."""
    name = str(ctx.parameters.get("keep") or "").removeprefix("body.")
    if not name:
        return 0
    return int(catalogue.settings(_definition(ctx), ctx.parameters)[name])


def _definition(ctx: StepContext):
    if ctx.version_id:
        return catalogue.definition(ctx.version_id)
    return catalogue.current(ctx.service_id).definition
