"""What a service costs, and how many people live where, as far as the scope shows it."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, Sum

from moothall.bodies import queries as bodies
from moothall.settlement.models import CostLine, CostMap, Headcount


def cost(body_id: int, service_id: str, kind: str, first: dt.date, last: dt.date) -> int:
    """Return the pence of a body's ledger lines (`kind` "actual" or "budget") for a service, both days inclusive.

    A line counts for the service to which its cost centre was mapped on the line's day.
    """
    mapped = CostMap.objects.filter(
        Q(ends=None) | Q(ends__gt=OuterRef("day")), body_id=body_id, service_id=service_id,
        centre=OuterRef("centre"), starts__lte=OuterRef("day"),
    )  # fmt: skip
    rows = CostLine.objects.filter(Exists(mapped), body_id=body_id, kind=kind, day__range=(first, last))
    return rows.aggregate(pence=Sum("pence"))["pence"] or 0


def centre_costs(body_id: int, codes: list[str], kind: str, first: dt.date, last: dt.date) -> dict[str, int]:
    """Return the pence of each of these cost centres that has lines of a kind, both days inclusive."""
    rows = CostLine.objects.filter(body_id=body_id, kind=kind, centre__in=codes, day__range=(first, last))
    return dict(rows.order_by("centre").values_list("centre").annotate(pence=Sum("pence")))


def heads(on: dt.date) -> dict[str, int]:
    """Return the residents of each body by its code, by the newest estimate that holds on a day."""
    rows = Headcount.objects.filter(starts__lte=on).order_by("body_id", "-starts").distinct("body_id")
    return {bodies.body(row.body_id).code: row.residents for row in rows}
