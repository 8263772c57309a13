"""The steps of a case that waste performs."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel

from moothall.core.steps import Done, StepContext, StepRefused, Waiting, step
from moothall.functions.waste import actions, queries, rules

OFFICE, CREW, CLEANERS = "waste-office", "waste-crew", "street-scene"
NO_ADDRESS = StepRefused("We could not find the address. Start again and choose it from the list.", "no_address")


class Checked(BaseModel):
    """What the data say about a missed bin."""

    verdict: Literal["missed", "incomplete", "collected", "not-out", "contaminated", "not-due", "too-late"]
    reason: str = ""
    next_collection: dt.date | None = None


class Collected(BaseModel):
    """Whether a crew took what it came for."""

    collected: bool


class Cleared(BaseModel):
    """Whether dumped rubbish was cleared, and whether it said whose it was."""

    cleared: bool
    evidence: bool


class Subscribed(BaseModel):
    """A year of collections."""

    starts: dt.date
    ends: dt.date
    number: str


@step("waste.check_round", outputs=Checked, title="Check what the crew recorded")
def check_round(ctx: StepContext, *, at, by):
    """Answer from the data where they answer; wait for a crew that is out; ask a person where nothing is known."""
    usrn, uprn = ctx.place.get("usrn") or "", ctx.place.get("uprn") or ""
    if not usrn and not uprn:
        return NO_ADDRESS
    stream = ctx.answers.get("bin", "refuse")
    report = actions.report_missed(
        body_id=ctx.body_id, case_id=ctx.case_id, usrn=usrn, uprn=uprn, stream=stream, at=at, by=by
    )
    facts = queries.facts(report)
    verdict = rules.judge_missed(facts)
    if verdict.result == "wait":
        actions.await_round(report=report, step_id=ctx.step_id, until=facts.closes, at=at, by=by)
        return Waiting(detail={"until": facts.closes.isoformat(), "reason": verdict.reason})
    if verdict.result == "person":
        return Waiting(task="Find out which round collects here", team=OFFICE, due=ctx.due_at)
    return Done(queries.answer(report, verdict))


@step("waste.return_visit", outputs=Collected, title="Come back for the bin")
def return_visit(ctx: StepContext, *, at, by):
    """Send a crew back, or wait with the whole street where its round is an open incident."""
    report = queries.report_of(ctx.case_id)
    incident = queries.incident_of(report) if report else None
    if incident:
        actions.missed.join(report=report, incident=incident, step_id=ctx.step_id, at=at, by=by)
        return Waiting(detail={"incident": str(incident.pk)})
    what = rules.STREAMS.get(ctx.answers.get("bin", ""), "bin")
    return _visit(ctx, "return", f"Empty the {what} bin", CREW, at, by)


@step("waste.collect_bulky", outputs=Collected, title="Collect large items")
def collect_bulky(ctx: StepContext, *, at, by):
    """Put the booked and paid collection on the crew's list for its day."""
    items = ctx.answers.get("items") or []
    what = f"{ctx.answers.get('count', len(items))} items: {', '.join(items)}"
    return _visit(ctx, "bulky", what, CREW, at, by)


@step("waste.clear", outputs=Cleared, title="Clear dumped rubbish")
def clear(ctx: StepContext, *, at, by):
    """Send a crew to clear dumped rubbish and look for evidence of whose it was."""
    what = ctx.answers.get("what") or []
    said = ", ".join(what) if isinstance(what, list) else str(what)
    return _visit(ctx, "clear", f"{said} ({ctx.answers.get('amount', 'amount not said')})", CLEANERS, at, by)


@step("waste.subscribe", outputs=Subscribed, title="Start the subscription")
def subscribe(ctx: StepContext, *, at, by):
    """Start or renew a year of garden-waste collections."""
    uprn = ctx.place.get("uprn") or ""
    if not uprn:
        return NO_ADDRESS
    row = actions.subscribe(
        body_id=ctx.body_id, case_id=ctx.case_id, number=ctx.reference, uprn=uprn,
        label=ctx.place.get("label") or "", bins=int(ctx.answers.get("bins") or 1), at=at, by=by,
    )  # fmt: skip
    return Done({"starts": row.starts.isoformat(), "ends": row.ends.isoformat(), "number": row.number})


def _visit(ctx, kind, what, team, at, by):
    day = next((str(one["day"]) for one in reversed(ctx.outputs.values()) if one.get("day")), None)
    row = actions.plan_visit(
        body_id=ctx.body_id, case_id=ctx.case_id, reference=ctx.reference, step_id=ctx.step_id, kind=kind, what=what,
        place=ctx.place, day=dt.date.fromisoformat(day[:10]) if day else None, due_at=ctx.due_at, at=at, by=by,
    )  # fmt: skip
    detail = {"visit": str(row.pk), "address": f"/crew/waste/{row.pk}/"}
    return Waiting(task=row.get_kind_display(), team=team, due=ctx.due_at, detail=detail)
