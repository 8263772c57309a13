"""The steps that take a place: somebody chooses one, and once nothing is owed it becomes theirs."""

import datetime as dt

from pydantic import BaseModel, Field

from moothall.booking import actions, queries
from moothall.core.actor import Actor
from moothall.core.steps import Done, Outcome, StepContext, StepRefused, Waiting, step


class Chosen(BaseModel):
    """The day that was chosen, and when on that day it begins ("09:30", in London)."""

    day: dt.date = Field(title="The day")
    time: str = Field(default="", max_length=5, title="When it begins")


def _kind(ctx: StepContext) -> str:
    return ctx.parameters.get("slots") or ctx.service_id


def _chosen(ctx: StepContext) -> dict | None:
    mine = queries.of_case(ctx.case_id, _kind(ctx))
    return queries.when(mine.id) if mine else None


@step("booking.choose", outputs=Chosen, title="Choosing a day")
def choose(ctx: StepContext, *, at: dt.datetime, by: Actor) -> Outcome:
    """Wait until the resident (or an adviser for them) has chosen a day.

    `slots` names the diary, `ahead` says how many days on it may be (six weeks where it says nothing). Where no day is
    left and the diary keeps no waiting list, there is nothing to wait for.
    """
    chosen = _chosen(ctx)
    if chosen:
        return Done(chosen)
    about = queries.diary(ctx.body_id, _kind(ctx))
    waits = about is not None and about.offer_hours > 0
    if not waits and not queries.free(ctx.body_id, _kind(ctx), at=at, ahead=ctx.parameters.get("ahead"), limit=1):
        return StepRefused("There is no day left to choose. Ask again in a week, or ring us.")
    return Waiting(external="choice of a day", due=ctx.due_at)


@step("booking.confirm", outputs=Chosen, title="Keeping the day")
def confirm(ctx: StepContext, *, at: dt.datetime, by: Actor) -> Outcome:
    """Make the held day the case's own; if the hold ran out meanwhile, a person offers another day."""
    chosen = _chosen(ctx)
    if chosen is None:
        return Waiting(task="Offer another day: the one chosen was given up", team=ctx.parameters.get("team"))
    actions.book(case_id=ctx.case_id, kind=_kind(ctx), at=at, by=by)
    return Done(chosen)
