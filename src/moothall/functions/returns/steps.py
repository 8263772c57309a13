"""The steps of a case that returns perform: any definition may use them, for any return."""

import datetime as dt

from pydantic import BaseModel

from moothall.core.steps import Done, StepContext, StepRefused, step
from moothall.functions.returns import actions, queries, rules

NO_ADDRESS = StepRefused("We could not find the address. Start again and choose it from the list.", "no_address")


class Filed(BaseModel):
    """A return was entered: when the next is due, the first day on which that is late, and which it is."""

    next_due: dt.date
    late_from: dt.date
    number: int


class Ended(BaseModel):
    """Whether there was an entry that owed returns, and is ended now."""

    ended: bool


class Owed(BaseModel):
    """Whether the next return is owed still."""

    owed: bool


@step("returns.file", outputs=Filed, title="Enter the return")
def file(ctx: StepContext, *, at, by):
    """Enter the return that came, and open the next in the rhythm that the definition says (`rules.rhythm`)."""
    uprn = ctx.place.get("uprn") or ""
    if not uprn:
        return NO_ADDRESS
    told = rules.rhythm(ctx.parameters)
    said = ctx.answers.get(told.counted_from) if told.counted_from else None
    row = actions.file(
        body_id=ctx.body_id, service_id=ctx.service_id, case_id=ctx.case_id, reference=ctx.reference, uprn=uprn,
        label=ctx.place.get("label") or "", told=told,
        counted_from=dt.date.fromisoformat(str(said)[:10]) if said else None, at=at, by=by,
    )  # fmt: skip
    late_from = row.due_on + dt.timedelta(days=1)
    return Done({"next_due": row.due_on.isoformat(), "late_from": late_from.isoformat(), "number": row.number - 1})


@step("returns.owed", outputs=Owed, title="See whether the next return came")
def owed(ctx: StepContext, *, at, by):
    """Say whether the return after the one this case filed is owed still: not once it came or all is ended."""
    return Done({"owed": queries.owed_after(ctx.body_id, ctx.case_id) is not None})


@step("returns.end", outputs=Ended, title="Ask for no more returns")
def end(ctx: StepContext, *, at, by):
    """End what the address of this case owes, for the reason that the definition gives (`why`)."""
    uprn = ctx.place.get("uprn") or ""
    if not uprn:
        return NO_ADDRESS
    why = str(ctx.parameters.get("why") or "Whoever owed it said so")
    ended = actions.leave(
        body_id=ctx.body_id, service_id=ctx.service_id, case_id=ctx.case_id, uprn=uprn, why=why, at=at, by=by
    )
    return Done({"ended": ended})
