"""The generic performers: what a person does, and waiting."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, Field

from moothall.casework.rules import deciding
from moothall.core.actor import Actor
from moothall.core.steps import Done, Outcome, StepContext, Waiting, step


class Note(BaseModel):
    """What was done."""

    note: str = Field(default="", max_length=2000, title="What was done")


class Decision(BaseModel):
    """What was decided, on which evidence, and why. `rules.deciding` says what a definition asks of it besides.

    `checked` tells of each piece of evidence whether it was seen; `amount` is in pence, `until` the last day of what is
    granted.
    """

    checked: dict[str, Literal[deciding.SEEN, deciding.MISSING, deciding.NOT_NEEDED]] = Field(default_factory=dict)
    decision: str = Field(min_length=1, max_length=60, title="Decision")
    amount: int | None = Field(default=None, ge=0, le=100_000_000)
    until: dt.date | None = None
    reason: str = Field(default="", max_length=2000, title="Reason, for the resident")


class Reply(BaseModel):
    """What is answered."""

    reply: str = Field(min_length=1, max_length=8000, title="Reply to the resident")


#: What a definition tells of a decision that whoever makes it has to know: lists by code, and what is asked besides.
TOLD = ("options", "check", "amount", "until")


def _ask(ctx: StepContext, default: str) -> Waiting:
    """Ask a person of the team that the definition names."""
    title = ctx.parameters.get("task") or ctx.parameters.get("title") or default
    told = {key: ctx.parameters[key] for key in TOLD if isinstance(ctx.parameters.get(key), dict)}
    return Waiting(
        task=title.get("en", default) if isinstance(title, dict) else title,
        team=ctx.parameters.get("team"),
        due=ctx.due_at,
        detail=told,
    )


@step("casework.task", outputs=Note, title="A task for a person")
def do_task(ctx: StepContext, *, at: dt.datetime, by: Actor) -> Outcome:
    """Put a task into a team's queue."""
    return _ask(ctx, "Do what is asked")


@step("casework.decide", outputs=Decision, title="A decision by an officer")
def decide(ctx: StepContext, *, at: dt.datetime, by: Actor) -> Outcome:
    """Ask an officer to decide among the options of the definition."""
    return _ask(ctx, "Decide")


@step("casework.reply", outputs=Reply, title="A reply by an officer")
def reply(ctx: StepContext, *, at: dt.datetime, by: Actor) -> Outcome:
    """Ask an officer to answer the resident."""
    return _ask(ctx, "Write a reply")


@step("casework.explain", title="Telling the resident why")
def explain(ctx: StepContext, *, at: dt.datetime, by: Actor) -> Outcome:
    """Nothing is left to do but to tell the resident: the definition's letter does."""
    return Done()


@step("casework.wait", title="Waiting")
def wait(ctx: StepContext, *, at: dt.datetime, by: Actor) -> Outcome:
    """Wait until the moment that the definition gives."""
    return Done() if ctx.due_at is None or ctx.due_at <= at else Waiting(due=ctx.due_at)
