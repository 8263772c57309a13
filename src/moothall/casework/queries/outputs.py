"""What a step puts out, before it counts: as its performer declares it and, for a decision, as its service asks."""

import datetime as dt

from pydantic import BaseModel, ValidationError

from moothall.casework.models import Event, Step
from moothall.casework.rules import deciding
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.steps import registry


class OutputsWrong(Refusal):
    """Some of what you entered needs attention. Check the marked fields and send it again."""

    status = 422


class SameOfficer(Refusal):
    """You decided on this before, so somebody else has to look at it now. Hand it to a colleague."""


def checked(step: Step, told: dict, outputs: dict, *, at: dt.datetime, by: Actor) -> dict:
    """Return a step's outputs as they are kept; `told` is what its definition tells its performer (`with`).

    Refuses OutputsWrong with a message per field, and SameOfficer where somebody else has to decide.
    """
    kept = as_declared(step.performs, outputs)
    if step.performs != deciding.DECIDES:
        return kept
    if problems := deciding.problems(told, kept, local(at).date()):
        raise OutputsWrong(problems=problems, field=next(iter(problems)))
    if decided_by(step.case_id, told.get("not_by", ()), str(by)):
        raise SameOfficer()
    return kept


def decided_by(case_id, steps: tuple[str, ...], who: str) -> bool:
    """Say whether somebody ended one of these steps of a case, in this round of its work or an earlier one."""
    if not steps:
        return False
    return Event.objects.filter(case_id=case_id, kind="step-done", by=who, data__step__in=list(steps)).exists()


def as_declared(performs: str, outputs: dict) -> dict:
    """Return outputs as their performer's model keeps them; refuse OutputsWrong with a message per field."""
    performer = registry.get(performs)
    model: type[BaseModel] | None = performer.outputs if performer else None
    if model is None:
        return {}
    try:
        return model.model_validate(outputs).model_dump(mode="json")
    except ValidationError as error:
        problems = {".".join(str(part) for part in e["loc"]): e["msg"] for e in error.errors(include_url=False)}
        raise OutputsWrong(problems=problems, field=next(iter(problems))) from None
