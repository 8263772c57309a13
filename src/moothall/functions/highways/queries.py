"""What is wrong with the roads, who goes where next, and what happened on a stretch before."""

import datetime as dt
from uuid import UUID

from django.db.models import Count, Q

from moothall.contracts import queries as contracts
from moothall.core.clock import local
from moothall.core.refusal import NotYours
from moothall.functions.highways import rules
from moothall.functions.highways.models import Defect, Policy, Repair, Report, Segment, WorkOrder
from moothall.functions.highways.rules import Point

PAGE = 25


def policy(*, body_id: int, on: dt.date) -> Policy:
    """Return the policy in force on a day; LookupError when the body has none yet."""
    found = Policy.objects.filter(body_id=body_id, starts__lte=on).order_by("-starts").first()
    if found is None:
        raise LookupError(f"body {body_id} has no highways policy on {on}: adopt one with actions.adopt_policy")
    return found


def scheme(found: Policy) -> rules.Scheme:
    """Return a policy's risk matrix."""
    return rules.scheme_from(found.data, found.starts, found.source)


def methods(found: Policy, kind: str) -> dict[str, dict]:
    """Return a policy's ways of mending a kind of defect: {code: {"title", "pence"}}; without "for" it mends any."""
    return {one["code"]: one for one in found.data["methods"] if kind in one.get("for", [kind])}


def segment_at(*, body_id: int, place: Point) -> Segment | None:
    """Return the piece of carriageway a place lies on, or None when none is within 25 metres."""
    reach = rules.SEGMENT_REACH_METRES
    near = Segment.objects.filter(
        body_id=body_id,
        west__lte=place.easting + reach,
        west__gte=place.easting - reach - 2 * rules.SEGMENT_METRES,
        east__gte=place.easting - reach,
        south__lte=place.northing + reach,
        north__gte=place.northing - reach,
    )
    found = {str(one.pk): one for one in near}
    key = rules.segment_of(place, {pk: one.line for pk, one in found.items()})
    return found.get(key)


def open_defect_near(*, body_id: int, kind: str, place: Point) -> Defect | None:
    """Return the open defect of this kind that a new report at a place belongs to, or None."""
    reach = rules.JOIN_METRES
    near = Defect.objects.filter(
        body_id=body_id,
        kind=kind,
        state__in=rules.OPEN,
        easting__range=(place.easting - reach, place.easting + reach),
        northing__range=(place.northing - reach, place.northing + reach),
    ).order_by("first_reported_at")
    found = {str(one.pk): one for one in near}
    key = rules.joins(place, {pk: Point(one.easting, one.northing) for pk, one in found.items()})
    return found.get(key)


def defect(defect_id: UUID) -> Defect:
    """Return one defect with its segment; refuses what is not there or not yours to see."""
    found = Defect.objects.select_related("segment").filter(pk=defect_id).first()
    if found is None:
        raise NotYours("We cannot find that defect. Go back to the list and choose it again.")
    return found


def report_of(case_id: UUID) -> Report | None:
    """Return a case's latest report with its defect, or None when it reported none."""
    return Report.objects.select_related("defect__segment").filter(case_id=case_id).order_by("-at", "-id").first()


def to_inspect(*, after: tuple[dt.datetime, UUID] | None = None) -> list[Defect]:
    """Return defects that wait for an inspector, first due first, one page; `after` is the last row's due and id."""
    rows = Defect.objects.filter(state="reported").select_related("segment").order_by("inspect_by", "id")
    if after:
        rows = rows.filter(Q(inspect_by__gt=after[0]) | Q(inspect_by=after[0], id__gt=after[1]))
    return list(rows[: PAGE + 1])


def cursor(row: Defect) -> str:
    """Return the text that says where the next page begins: after this row."""
    return f"{row.inspect_by.isoformat()}_{row.pk}"


def read_cursor(text: str) -> tuple[dt.datetime, UUID] | None:
    """Return what `cursor` wrote, or None (the first page) for anything else."""
    due, _, pk = text.replace(" ", "+").partition("_")
    try:
        return dt.datetime.fromisoformat(due), UUID(pk)
    except ValueError:
        return None


def to_check() -> list[Defect]:
    """Return mended defects whose cases wait for a second look, oldest first, at most one page."""
    waiting = Report.objects.exclude(check_step=None).values("defect_id")
    return list(Defect.objects.filter(state="repaired", id__in=waiting).order_by("first_reported_at")[:PAGE])


def order(order_id: UUID) -> WorkOrder:
    """Return one work order with its defect; refuses what is not there or not yours to see."""
    found = WorkOrder.objects.select_related("defect__segment").filter(pk=order_id).first()
    if found is None:
        raise NotYours("We cannot find that job. Go back to your jobs and choose it again.")
    return found


def open_order(defect_id: UUID) -> WorkOrder | None:
    """Return the work order under which a crew still has to come to a defect, or None."""
    return WorkOrder.objects.filter(defect_id=defect_id, state="open").first()


def jobs(*, at: dt.datetime, here: Point | None = None) -> list[WorkOrder]:
    """Return open work orders in the order to drive: overdue first, then nearest to `here` (or first due)."""
    rows = WorkOrder.objects.filter(state="open").filter(Q(rest_until=None) | Q(rest_until__lte=at))
    found = {str(one.pk): one for one in rows.select_related("defect").order_by("due_at", "id")[:200]}
    if here is None:
        return list(found.values())
    places = [(pk, Point(one.defect.easting, one.defect.northing), one.due_at) for pk, one in found.items()]
    return [found[pk] for pk in rules.nearest_first(here, places, at)]


def resting(*, at: dt.datetime) -> list[WorkOrder]:
    """Return work orders that could not be done at the last visit and rest until a later moment."""
    rows = WorkOrder.objects.filter(state="open", rest_until__gt=at).select_related("defect")
    return list(rows.order_by("rest_until")[:PAGE])


def visited(visit_id: UUID) -> bool:
    """Say whether a crew's visit has been recorded already."""
    return Repair.objects.filter(pk=visit_id).exists()


def last_visit(order_id: UUID) -> Repair | None:
    """Return the latest visit to a work order."""
    return Repair.objects.filter(order_id=order_id).order_by("-at").first()


def metres(a: Point, b: Point) -> int:
    """Return the distance between two places in whole metres, rounded to ten beyond a hundred."""
    exact = rules.apart(a, b)
    return round(exact) if exact < 100 else round(exact / 10) * 10


def dossier(defect_id: UUID) -> dict:
    """Return all that is known of a defect: {"defect", "reports", "inspections", "visits", "checks", "order"}."""
    row = defect(defect_id)
    orders = list(row.orders.order_by("opened_at").prefetch_related("visits"))
    return {
        "defect": row,
        "reports": list(row.reported.order_by("at")[:50]),
        "inspections": list(row.inspections.select_related("policy").order_by("-at")),
        "visits": sorted((v for o in orders for v in o.visits.all()), key=lambda v: v.at, reverse=True),
        "checks": list(row.checks.order_by("-at")),
        "order": next((one for one in orders if one.state == "open"), None),
        "last_order": orders[-1] if orders else None,
    }


def guarantees(row: Segment, at: dt.datetime) -> list[dict]:
    """Return the guarantees on a stretch: {"contractor", "clause", "until", "holds"}, for a pothole found now."""
    found_by = contracts.judged(
        body_id=row.body_id, segment=row.key, found=local(at).date(), kind="pothole", cause="unknown"
    )
    return [
        {"contractor": clause.contract.contractor, "clause": clause, "until": said.until, "holds": said.applies}
        for clause, said in found_by
    ]


def segment(segment_id: int) -> Segment:
    """Return one stretch of road; refuses what is not there or not yours to see."""
    found = Segment.objects.filter(pk=segment_id).first()
    if found is None:
        raise NotYours("We cannot find that stretch of road. Search for its street.")
    return found


def history(segment_id: int) -> list[dict]:
    """Return what happened on a stretch of road, newest first: rows of {"at", "what", "defect", "detail", "photos"}."""
    rows = []
    defects = Defect.objects.filter(segment_id=segment_id).order_by("-first_reported_at")[:100]
    defects = defects.prefetch_related("inspections", "orders__visits", "checks")
    for one in defects:
        rows.append(_row(one.first_reported_at, one, f"Reported by {one.reports}", one.label))
        rows += [
            _row(i.at, one, f"Inspected: {i.risk} risk", i.get_cause_display(), i.photo) for i in one.inspections.all()
        ]
        rows += [_visit(v, one) for o in one.orders.all() for v in o.visits.all()]
        rows += [_row(c.at, one, "Repair passed" if c.passed else "Repair did not pass", c.note, c.photo)
                 for c in one.checks.all()]  # fmt: skip
    return sorted(rows, key=lambda row: row["at"], reverse=True)


def _visit(visit, one):
    if visit.result == "done":
        return _row(visit.at, one, "Mended", visit.note, visit.before, visit.after)
    return _row(visit.at, one, "Could not be mended", visit.get_reason_display())


def _row(at, one, what, detail, *photos):
    return {"at": at, "defect": one, "what": what, "detail": detail, "photos": [p for p in photos if p]}


def streets(text: str) -> list[dict]:
    """Return streets whose name contains a text, with how many stretches and defects each has, at most 20."""
    rows = Segment.objects.filter(street__icontains=text.strip()).values("usrn", "street")
    return list(rows.annotate(stretches=Count("id", distinct=True), holes=Count("defects")).order_by("street")[:20])


def stretches(usrn: str) -> list[Segment]:
    """Return the stretches of a street in order, each with `holes`, the number of its defects."""
    return list(Segment.objects.filter(usrn=usrn).annotate(holes=Count("defects")).order_by("start_metres"))


def found(defect: Defect) -> dict:
    """Return what the step highways.inspect puts out, once a defect was inspected."""
    last = defect.inspections.order_by("-at").first()
    days = (defect.mend_by - last.at).days if defect.mend_by else 0
    return {
        "risk": defect.risk,
        "reason": rules.explain(defect.risk, last.impact, last.likelihood),
        "defect": str(defect.pk),
        "segment": defect.segment.key if defect.segment else "",
        "street": defect.segment.street if defect.segment else "",
        "kind": defect.kind,
        "cause": defect.cause,
        "found_on": local(defect.first_reported_at).date().isoformat(),
        "mend_within_days": days,
    }


def mended(defect: Defect) -> dict:
    """Return what the step highways.repair puts out, once a defect was mended."""
    visit = Repair.objects.filter(order__defect=defect, result="done").order_by("-at").first()
    return {
        "repaired": True,
        "defect": str(defect.pk),
        "segment": defect.segment.key if defect.segment else "",
        "street": defect.segment.street if defect.segment else "",
        "kind": defect.kind,
        "cause": defect.cause or "unknown",
        "found_on": local(defect.first_reported_at).date().isoformat(),
        "mended_on": local(visit.at).date().isoformat(),
        "method": visit.method,
        "cost_pence": visit.cost_pence,
    }
