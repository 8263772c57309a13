"""Reports join defects; what a defect's fate means for every case that reported it."""

import datetime as dt
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from moothall.casework import actions as casework
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.functions.highways import queries, rules
from moothall.functions.highways.actions.network import lay_around
from moothall.functions.highways.models import Defect, Report
from moothall.functions.highways.rules import Point


class NoPlace(Refusal):
    """We need to know where it is. Choose a place on the map or give an address."""

    status = 422


def report(
    *,
    body_id: int,
    kind: str,
    place: dict,
    case_id: UUID,
    reference: str,
    inspect_by: dt.datetime | None,
    at: dt.datetime,
    by: Actor,
) -> Report:
    """Record one case's report of a defect: it joins an open one within 15 metres, or opens another.

    The same case twice is one report, unless its defect was dealt with: then the hole is back. Raises NoPlace.
    """
    known = queries.report_of(case_id)
    if known and known.defect.state in rules.OPEN:
        return known
    if place.get("easting") is None or place.get("northing") is None:
        raise NoPlace()
    here = Point(place["easting"], place["northing"])
    lay_around(body_id=body_id, place=here, at=at, by=by)
    _one_at_a_time(body_id, here)
    found = queries.open_defect_near(body_id=body_id, kind=kind, place=here) or _new(
        body_id, kind, place, here, inspect_by, at
    )
    Defect.objects.filter(pk=found.pk).update(reports=F("reports") + 1)
    if inspect_by and (found.inspect_by is None or inspect_by < found.inspect_by):
        Defect.objects.filter(pk=found.pk).update(inspect_by=inspect_by)
    metres = round(rules.apart(here, Point(found.easting, found.northing)))
    return Report.objects.create(
        body_id=body_id, defect=found, case_id=case_id, reference=reference, at=at, metres=metres
    )


def _one_at_a_time(body_id, here):
    """Let one report at a time look around a 32-metre square, so that two neighbours cannot both open a defect.

    A report near the edge of its square locks the neighbouring squares too, always in the same order.
    """
    squares = {(e // 32, n // 32) for e in (here.easting - 16, here.easting + 16)
               for n in (here.northing - 16, here.northing + 16)}  # fmt: skip
    with connection.cursor() as cursor:
        for east, north in sorted(squares):
            cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"highways:{body_id}:{east}:{north}"])


def _new(body_id, kind, place, here, inspect_by, at):
    return Defect.objects.create(
        body_id=body_id,
        segment=queries.segment_at(body_id=body_id, place=here),
        kind=kind,
        easting=here.easting,
        northing=here.northing,
        lat=place["lat"],
        lon=place["lon"],
        label=(place.get("label") or place.get("street") or "place on the map")[:200],
        first_reported_at=at,
        inspect_by=inspect_by or at,
    )


def wait(*, report: Report, step: str, step_id: UUID, at: dt.datetime, by: Actor) -> bool:
    """Let a case's inspect_step, repair_step or check_step wait for the defect; return whether it is the first."""
    others = Report.objects.filter(defect_id=report.defect_id).exclude(pk=report.pk).exclude(**{step: None})
    Report.objects.filter(pk=report.pk).update(**{step: step_id})
    return not others.exists()


def withdraw(*, case_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Forget that a cancelled case waits for a defect. The defect stays: a withdrawn report does not mend a hole."""
    Report.objects.filter(case_id=case_id).update(inspect_step=None, repair_step=None, check_step=None)


def settle(*, defect: Defect, step: str, outputs: dict, at: dt.datetime, by: Actor) -> int:
    """Finish this step of every case that waits for the defect; return how many.

    A case that was cancelled or settled by hand in the meantime does not hold up the others.
    """
    return _each(defect, step, lambda step_id: casework.finish_step(step_id=step_id, outputs=outputs, at=at, by=by))


def refuse(*, defect: Defect, step: str, reason: str, at: dt.datetime, by: Actor) -> int:
    """End this step of every waiting case with a reason for the resident; return how many."""
    return _each(defect, step, lambda step_id: casework.refuse_step(step_id=step_id, reason=reason, at=at, by=by))


def _each(defect, step, settle_one):
    settled = 0
    for row in Report.objects.filter(defect=defect).exclude(**{step: None}).order_by("at"):
        step_id = getattr(row, step)
        Report.objects.filter(pk=row.pk).update(**{step: None})
        try:
            with transaction.atomic():
                settle_one(step_id)
            settled += 1
        except Refusal:
            continue
    return settled
