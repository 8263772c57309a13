"""Work orders and the crew's visits."""

import datetime as dt
from uuid import UUID

from moothall.contracts import queries as contracts
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.functions.highways import queries
from moothall.functions.highways.actions.reports import settle
from moothall.functions.highways.models import NOT_POSSIBLE, Defect, Repair, WorkOrder

#: Days a job rests after a visit at which it could not be done, by reason.
REST_DAYS = {"parked": 1, "weather": 1, "equipment": 3, "utility": 3}


class AlreadyDealtWith(Refusal):
    """Somebody has dealt with this in the meantime. Go back to the list to see what is left."""


class SayHow(Refusal):
    """Choose how it was mended, or why it could not be."""

    status = 422


def open_order(*, defect: Defect, due_at: dt.datetime | None, at: dt.datetime, by: Actor) -> WorkOrder:
    """Open the work order of a defect, or return the one already open.

    Where a contractor's guarantee covers the stretch, the order says that the contractor pays.
    """
    known = WorkOrder.objects.filter(defect=defect, state="open").first()
    if known:
        if due_at and (known.due_at is None or due_at < known.due_at):
            known.due_at = due_at
            known.save(update_fields=["due_at"])
        return known
    if defect.state == "recorded":  # the service mends what the policy would only watch
        defect.state, defect.ended_at = "inspected", None
        defect.save(update_fields=["state", "ended_at"])
    payer = contracts.payer(
        body_id=defect.body_id, segment=defect.segment.key if defect.segment else None,
        found=local(defect.first_reported_at).date(), kind=defect.kind, cause=defect.cause or "unknown",
    )  # fmt: skip
    due = defect.mend_by or due_at
    order = WorkOrder.objects.create(body_id=defect.body_id, defect=defect, opened_at=at, due_at=due, payer=payer)
    audit.record(action="highways.order_opened", object=f"order:{order.pk}", body_id=defect.body_id, at=at, by=by)
    return order


def record_visit(
    *,
    visit_id: UUID,
    order_id: UUID,
    method: str = "",
    reason: str = "",
    before: UUID | None = None,
    after: UUID | None = None,
    note: str = "",
    at: dt.datetime,
    by: Actor,
) -> Repair:
    """Record a crew's visit: mended by a `method` of the policy, or not possible for a `reason`.

    `visit_id` is made on the crew's page: the same one again, however often a weak signal sends it, is one visit.
    A mended defect finishes that step of every case that reported it. Raises SayHow, AlreadyDealtWith.
    """
    order = queries.order(order_id)
    order = WorkOrder.objects.select_for_update(of=("self",)).select_related("defect__segment").get(pk=order.pk)
    known = Repair.objects.filter(pk=visit_id, order=order).first()
    if known:
        return known
    if order.state != "open":
        raise AlreadyDealtWith()
    ways = queries.methods(queries.policy(body_id=order.body_id, on=local(at).date()), order.defect.kind)
    if bool(method) == bool(reason) or (method and method not in ways) or (reason and reason not in NOT_POSSIBLE):
        raise SayHow(field="method" if method else "reason")
    cost = ways[method]["pence"] if method else 0
    visit = Repair.objects.create(
        id=visit_id, body_id=order.body_id, order=order, at=at, by=str(by), note=note, before=before, after=after,
        result="done" if method else "not_possible", method=method, reason=reason, cost_pence=cost,
    )  # fmt: skip
    audit.record(action="highways.visited", object=f"order:{order.pk}", body_id=order.body_id, at=at, by=by,
                 data={"result": visit.result})  # fmt: skip
    if method:
        _mended(order, visit, at, by)
    else:
        _put_off(order, reason, at)
    return visit


def _mended(order, visit, at, by):
    defect = order.defect
    order.state, order.closed_at = "done", at
    order.save(update_fields=["state", "closed_at"])
    defect.state, defect.ended_at = "repaired", at
    defect.save(update_fields=["state", "ended_at"])
    settle(defect=defect, step="repair_step", outputs=queries.mended(defect), at=at, by=by)


def _put_off(order, reason, at):
    if reason == "not_found":
        order.state, order.closed_at = "sent_back", at
        Defect.objects.filter(pk=order.defect_id).update(state="reported", inspect_by=at + dt.timedelta(days=2))
    else:
        order.rest_until = at + dt.timedelta(days=REST_DAYS[reason])
    order.save(update_fields=["state", "closed_at", "rest_until"])
