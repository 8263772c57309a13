"""An inspector says how much a defect matters, and looks again at what was mended."""

import datetime as dt
from uuid import UUID

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.functions.highways import queries, rules
from moothall.functions.highways.actions.repairs import AlreadyDealtWith, open_order
from moothall.functions.highways.actions.reports import refuse, settle
from moothall.functions.highways.models import Defect, Inspection, QualityCheck, Report


class NotOnTheScale(Refusal):
    """Choose an impact and a likelihood from 1 to 4."""

    status = 422


def inspect(
    *,
    inspection_id: UUID,
    defect_id: UUID,
    impact: int,
    likelihood: int,
    cause: str,
    depth_mm: int | None = None,
    note: str = "",
    photo: UUID | None = None,
    at: dt.datetime,
    by: Actor,
) -> Defect:
    """Record what an inspector found, work out the risk, and finish that step of every case that reported it.

    `inspection_id` is made on the form: the same one again changes nothing. Raises AlreadyDealtWith, NotOnTheScale.
    """
    defect = _locked(defect_id)
    if Inspection.objects.filter(pk=inspection_id, defect=defect).exists():
        return defect
    if not (1 <= impact <= 4 and 1 <= likelihood <= 4) and (impact, likelihood) != (0, 0):
        raise NotOnTheScale()
    policy = queries.policy(body_id=defect.body_id, on=local(at).date())
    response = queries.scheme(policy).respond(impact, likelihood)
    state = "recorded" if response.days is None else "inspected"
    if not rules.may_follow(defect.state, state):
        raise AlreadyDealtWith()
    Inspection.objects.create(
        id=inspection_id, body_id=defect.body_id, defect=defect, at=at, by=str(by), impact=impact,
        likelihood=likelihood, risk=response.risk, cause=cause, depth_mm=depth_mm, note=note, photo=photo,
        policy=policy,
    )  # fmt: skip
    defect.state, defect.risk, defect.cause = state, response.risk, cause
    defect.mend_by = rules.mend_by(at, response)
    defect.ended_at = at if state == "recorded" else None
    defect.save(update_fields=["state", "risk", "cause", "mend_by", "ended_at"])
    audit.record(action="highways.inspected", object=f"defect:{defect.pk}", body_id=defect.body_id, at=at, by=by,
                 data={"risk": response.risk})  # fmt: skip
    settle(defect=defect, step="inspect_step", outputs=queries.found(defect), at=at, by=by)
    _looked_again(defect, at, by)
    return defect


def _looked_again(defect, at, by):
    """After a crew sent a job back, give its waiting cases a new work order, or tell them why there is none."""
    if not Report.objects.filter(defect=defect).exclude(repair_step=None).exists():
        return
    if defect.state == "inspected":
        open_order(defect=defect, due_at=defect.mend_by, at=at, by=by)
    else:
        reason = "We looked twice and found nothing that needs mending now. We will keep an eye on it."
        refuse(defect=defect, step="repair_step", reason=reason, at=at, by=by)


def check(
    *,
    check_id: UUID,
    defect_id: UUID,
    passed: bool,
    note: str = "",
    photo: UUID | None = None,
    at: dt.datetime,
    by: Actor,
) -> Defect:
    """Record a second look at a repair. Passed, it finishes that step of every case; failed, the crew goes again.

    `check_id` is made on the form: the same one again changes nothing. Raises AlreadyDealtWith.
    """
    queries.defect(defect_id)
    defect = Defect.objects.select_for_update(of=("self",)).select_related("segment").get(pk=defect_id)
    if QualityCheck.objects.filter(pk=check_id, defect=defect).exists():
        return defect
    wanted = "checked" if passed else "inspected"
    if defect.state != "repaired" or not rules.may_follow(defect.state, wanted):
        raise AlreadyDealtWith()
    QualityCheck.objects.create(
        id=check_id, body_id=defect.body_id, defect=defect, at=at, by=str(by), passed=passed, note=note, photo=photo
    )
    defect.state, defect.ended_at = wanted, at if passed else None
    defect.save(update_fields=["state", "ended_at"])
    audit.record(action="highways.checked", object=f"defect:{defect.pk}", body_id=defect.body_id, at=at, by=by,
                 data={"passed": passed})  # fmt: skip
    if passed:
        outputs = {"passed": True, "defect": str(defect.pk)}
        settle(defect=defect, step="check_step", outputs=outputs, at=at, by=by)
    else:
        open_order(defect=defect, due_at=defect.mend_by, at=at, by=by)
    return defect


def _locked(defect_id):
    queries.defect(defect_id)
    return Defect.objects.select_for_update(of=("self",)).select_related("segment").get(pk=defect_id)
