"""What a service costs, and how many people live where, as far as the scope shows it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Sum

from moothall.bodies import queries as bodies
from moothall.core.refusal import NotYours
from moothall.core.years import year_of
from moothall.settlement.models import CostCentre, CostFile, CostLine, CostMap, Headcount


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


def cost_lines(
    body_id: int, kind: str, first: dt.date, last: dt.date, *, centre: str = "", entries: list[str] | None = None
) -> list[CostLine]:
    """Return a body's ledger lines of a kind, oldest first, both days inclusive: of one centre, or those named."""
    rows = CostLine.objects.filter(body_id=body_id, kind=kind, day__range=(first, last))
    rows = rows.filter(centre=centre) if centre else rows
    rows = rows if entries is None else rows.filter(entry__in=entries)
    return list(rows.order_by("day", "entry"))


def centre_sums(body_id: int, first: dt.date, last: dt.date) -> list[tuple[str, str, str, int, int]]:
    """Return (kind, centre, its title, how many lines, their pence) of a body's ledger lines, both days inclusive."""
    titles = dict(CostCentre.objects.filter(body_id=body_id).values_list("code", "title"))
    rows = CostLine.objects.filter(body_id=body_id, day__range=(first, last)).order_by("kind", "centre")
    sums = rows.values_list("kind", "centre").annotate(lines=Count("id"), pence=Sum("pence"))
    return [(kind, centre, titles.get(centre, centre), lines, pence) for kind, centre, lines, pence in sums]


def heads(on: dt.date) -> dict[str, int]:
    """Return the residents of each body by its code, by the newest estimate that holds on a day."""
    rows = Headcount.objects.filter(starts__lte=on).order_by("body_id", "-starts").distinct("body_id")
    return {bodies.body(row.body_id).code: row.residents for row in rows}


@dataclass(frozen=True)
class Centre:
    """A cost centre with the service it is mapped to on a day ("" for none) and its pence of a financial year."""

    row: CostCentre
    service_id: str
    spent: int
    budget: int


def centre(body_id: int, code: str) -> CostCentre:
    """Return a cost centre of a body's structure; refuses NotYours."""
    found = CostCentre.objects.filter(body_id=body_id, code=code).first()
    if found is None:
        raise NotYours("We cannot find that cost centre. Take in the structure, then choose it from the list.")
    return found


def centres(body_id: int, day: dt.date) -> list[Centre]:
    """Return a body's cost centres by code, with what each spent and planned in the financial year of a day."""
    span = year_of(day)
    rows = CostLine.objects.filter(body_id=body_id, day__range=span).order_by("centre", "kind")
    sums = {(code, kind): pence for code, kind, pence in rows.values_list("centre", "kind").annotate(Sum("pence"))}
    maps = CostMap.objects.filter(Q(ends=None) | Q(ends__gt=day), body_id=body_id, starts__lte=day)
    mapped = dict(maps.values_list("centre", "service_id"))
    return [
        Centre(row, mapped.get(row.code, ""), sums.get((row.code, "actual"), 0), sums.get((row.code, "budget"), 0))
        for row in CostCentre.objects.filter(body_id=body_id).order_by("code")
    ]


def cost_files(body_id: int, *, limit: int = 20) -> list[CostFile]:
    """Return the files that were taken, newest first."""
    return list(CostFile.objects.filter(body_id=body_id).order_by("-taken_at")[:limit])


def mapped(body_id: int, first: dt.date, last: dt.date) -> int:
    """Return the pence that a body spent in cost centres that are mapped to some service, both days inclusive."""
    return _spent(body_id, first, last, Exists(_maps()))


def unmapped(body_id: int, first: dt.date, last: dt.date) -> int:
    """Return the pence that a body spent in cost centres that belong to no service, both days inclusive."""
    return _spent(body_id, first, last, ~Exists(_maps()))


def _maps():
    """Return the mappings that hold for a line on its day."""
    return CostMap.objects.filter(
        Q(ends=None) | Q(ends__gt=OuterRef("day")), body_id=OuterRef("body_id"), centre=OuterRef("centre"),
        starts__lte=OuterRef("day"),
    )  # fmt: skip


def _spent(body_id, first, last, condition) -> int:
    rows = CostLine.objects.filter(condition, body_id=body_id, kind="actual", day__range=(first, last))
    return rows.aggregate(pence=Sum("pence"))["pence"] or 0
