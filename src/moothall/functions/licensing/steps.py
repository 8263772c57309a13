"""The steps of a case that licensing performs: any definition may use them, for any licence."""

import datetime as dt

from pydantic import BaseModel, Field

from moothall.core.steps import Done, StepContext, Waiting, step
from moothall.functions.licensing import actions, queries


class Checked(BaseModel):
    """Whether the papers asked for were seen and right, and the first day on which one of them runs out."""

    passed: bool = Field(title="It was passed")
    reason: str = Field(default="", max_length=2000, title="Reason, for the applicant")
    runs_out: dt.date | None = None


class Issued(BaseModel):
    """A licence: its number, its days, and where anybody can check it."""

    number: str
    starts: dt.date
    until: dt.date
    check_at: str


@step("licensing.check", outputs=Checked, title="Check papers")
def check(ctx: StepContext, *, at, by):
    """Ask an officer to see the pieces of evidence that the definition names (`evidence`; `expires` those run out)."""
    told = ctx.parameters
    actions.check(
        body_id=queries.accountable(ctx.case_id), doer_id=ctx.body_id, case_id=ctx.case_id, step_id=ctx.step_id,
        reference=ctx.reference, evidence=told["evidence"], expires=tuple(told.get("expires", ())), at=at, by=by,
    )  # fmt: skip
    detail = {"address": f"/licensing/checks/{ctx.step_id}/"}
    return Waiting(task=told.get("task") or "Check papers", team=told.get("team"), due=ctx.due_at, detail=detail)


@step("licensing.issue", outputs=Issued, title="Issue the licence")
def issue(ctx: StepContext, *, at, by):
    """Issue the licence that the definition describes (`rules.Terms`), and have its document made."""
    row = actions.issue(
        body_id=queries.accountable(ctx.case_id), doer_id=ctx.body_id, case_id=ctx.case_id, step_id=ctx.step_id,
        step=ctx.name, service_id=ctx.service_id, version_id=ctx.version_id, told=ctx.parameters, answers=ctx.answers,
        outputs=ctx.outputs, at=at, by=by,
    )  # fmt: skip
    check_at = queries.check_address(row.code)
    return Done({"number": row.number, "starts": row.starts.isoformat(), "until": row.ends.isoformat(),
                 "check_at": check_at})  # fmt: skip
