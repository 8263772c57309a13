"""The steps of a case that highways performs."""

from typing import Literal

from pydantic import BaseModel

from moothall.core.steps import Done, StepContext, StepRefused, Waiting, step
from moothall.functions.highways import actions, queries

#: What a service reports, in the words of the crew.
KINDS = {"report-pothole": "pothole", "street-light": "street light"}
INSPECTORS, CREW = "highways-inspectors", "highways-crew"


class Found(BaseModel):
    """What an inspection puts out."""

    risk: Literal["high", "medium", "low", "none"]
    reason: str
    defect: str
    segment: str
    street: str
    kind: str
    cause: str
    found_on: str
    mend_within_days: int


class Mended(BaseModel):
    """What a repair puts out."""

    repaired: bool
    defect: str
    segment: str
    street: str
    kind: str
    cause: str
    found_on: str
    mended_on: str
    method: str
    cost_pence: int


class Checked(BaseModel):
    """What a second look puts out."""

    passed: bool
    defect: str


def _report(ctx: StepContext, at, by):
    return actions.report(
        body_id=ctx.body_id, kind=KINDS.get(ctx.service_id, ctx.service_id), place=ctx.place, case_id=ctx.case_id,
        reference=ctx.reference, inspect_by=ctx.due_at, at=at, by=by,
    )  # fmt: skip


def _wait(first, task, team, due, detail):
    """The first case of a defect brings the task; the others wait with it, without a moment of their own."""
    return Waiting(task=task, team=team, due=due, detail=detail) if first else Waiting(detail=detail)


def _place_missing(ctx):
    return ctx.place.get("easting") is None or ctx.place.get("northing") is None


@step("highways.inspect", outputs=Found, title="Inspect the defect")
def inspect(ctx: StepContext, *, at, by):
    """Join the report to its defect; an inspector looks once, for everybody who reported it."""
    if _place_missing(ctx):
        return StepRefused("We could not find the place. Report it again and choose it on the map.", "no_place")
    report = _report(ctx, at, by)
    defect = queries.defect(report.defect_id)
    if defect.state != "reported":
        return Done(queries.found(defect))
    first = actions.wait(report=report, step="inspect_step", step_id=ctx.step_id, at=at, by=by)
    address = f"/highways/defects/{defect.pk}/inspect/"
    detail = {"defect": str(defect.pk), "address": address}
    return _wait(first, "Inspect the defect", INSPECTORS, ctx.due_at, detail)


@step("highways.repair", outputs=Mended, title="Mend the defect")
def repair(ctx: StepContext, *, at, by):
    """Give the crew one work order, however many cases wait for it."""
    if _place_missing(ctx):
        return StepRefused("We could not find the place. Report it again and choose it on the map.", "no_place")
    report = queries.report_of(ctx.case_id) or _report(ctx, at, by)
    defect = queries.defect(report.defect_id)
    if defect.state in ("repaired", "checked"):
        return Done(queries.mended(defect))
    first = actions.wait(report=report, step="repair_step", step_id=ctx.step_id, at=at, by=by)
    order = actions.open_order(defect=defect, due_at=ctx.due_at, at=at, by=by)
    detail = {"order": str(order.pk), "address": f"/crew/{order.pk}/"}
    return _wait(first, "Mend the defect", CREW, order.due_at, detail)


@step("highways.quality_check", outputs=Checked, title="Check the repair")
def quality_check(ctx: StepContext, *, at, by):
    """Have somebody who did not mend it look at the repair."""
    report = queries.report_of(ctx.case_id)
    if report is None:
        return StepRefused("There is no repair of yours to check.", "no_repair")
    if report.defect.state == "checked":
        return Done({"passed": True, "defect": str(report.defect_id)})
    first = actions.wait(report=report, step="check_step", step_id=ctx.step_id, at=at, by=by)
    detail = {"defect": str(report.defect_id), "address": f"/highways/defects/{report.defect_id}/check/"}
    return _wait(first, "Check the repair", INSPECTORS, ctx.due_at, detail)
