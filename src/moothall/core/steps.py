"""Steps: what functions can do, declared where they do it and called by name from a service's definition."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import BaseModel


@dataclass(frozen=True)
class StepContext:
    """What a step is told: ids, the answers and place of its case, and what earlier steps put out."""

    case_id: UUID
    step_id: UUID
    body_id: int
    service_id: str
    reference: str
    name: str
    answers: dict = field(default_factory=dict)
    place: dict = field(default_factory=dict)
    outputs: dict = field(default_factory=dict)
    parameters: dict = field(default_factory=dict)
    due_at: dt.datetime | None = None
    attempt: int = 1
    version_id: UUID | None = None


@dataclass(frozen=True)
class Done:
    """The step is done; `outputs` fit the declared model."""

    outputs: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Waiting:
    """The step waits for a person (`task` names what to do, `team` the team's slug) or for an external system."""

    task: str | None = None
    team: str | None = None
    due: dt.datetime | None = None
    external: str | None = None
    detail: dict = field(default_factory=dict)


@dataclass(frozen=True)
class StepRefused:
    """The step cannot be done; `reason` is worded for the resident."""

    reason: str
    code: str = "refused"


Outcome = Done | Waiting | StepRefused


@dataclass(frozen=True)
class Performer:
    """A registered step: its name, the function, and the models of what it puts out and what a person fills in."""

    name: str
    run: Callable[..., Outcome]
    outputs: type[BaseModel] | None
    form: type[BaseModel] | None
    title: str


registry: dict[str, Performer] = {}
_reliefs: list[Callable[..., Outcome | None]] = []


def step(
    name: str, *, outputs: type[BaseModel] | None = None, form: type[BaseModel] | None = None, title: str = ""
) -> Callable:
    """Register the decorated function, `(ctx: StepContext, *, at, by) -> Outcome`, as the performer of a step.

    `outputs` declares what guards of later steps may see; `form` what a person fills in to finish a waiting step
    (by default the outputs). A name is registered once.
    """

    def register(run: Callable) -> Callable:
        known = registry.get(name)
        if known and known.run.__module__ != run.__module__:
            raise ValueError(f"step {name} is performed by {known.run.__module__} already")
        registry[name] = Performer(name, run, outputs, form or outputs, title or (run.__doc__ or name).split(".")[0])
        return run

    return register


def relief(take_over: Callable[..., Outcome | None]) -> Callable[..., Outcome | None]:
    """Register a function, `(name, ctx, *, at, by) -> Outcome | None`, that is asked first who performs a step.

    It answers with an outcome where another system takes the function's place, and with None otherwise.
    """
    if take_over not in _reliefs:
        _reliefs.append(take_over)
    return take_over


def perform(name: str, ctx: StepContext, *, at: dt.datetime, by) -> Outcome:
    """Let whoever does this step for the case's body do it; LookupError when nobody here can."""
    for take_over in _reliefs:
        outcome = take_over(name, ctx, at=at, by=by)
        if outcome is not None:
            return outcome
    if name not in registry:
        raise LookupError(f"no function here performs {name}")
    return registry[name].run(ctx, at=at, by=by)


def declared_outputs() -> dict[str, dict]:
    """Return for each step its outputs' JSON Schema properties: what the catalogue's loader checks guards against."""
    return {
        name: (performer.outputs.model_json_schema()["properties"] if performer.outputs else {})
        for name, performer in registry.items()
    }
