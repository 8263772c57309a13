"""What one body did for another: the cases it finished, as a recharge counts them."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from moothall.casework.models import Case, Step
from moothall.core.clock import LONDON, local

NO_WORK = ("casework.explain", "casework.wait")
"""Steps that only tell the resident something, or wait."""


@dataclass(frozen=True)
class Done:
    """A case that a provider finished for the body whose service it is; `units` is what it counted."""

    case_id: UUID
    reference: str
    service_id: str
    day: dt.date
    units: int


def done_for(
    provider_id: int, body_id: int, service_id: str, first: dt.date, last: dt.date, *, unit: str = ""
) -> list[Done]:
    """Return a body's cases of a service that a provider finished from `first` to `last` inclusive, oldest first.

    A case counts on the day it was closed (in London) if the provider did at least one step of it; one that was
    cancelled, or that ended before any work, does not. It counts the number that its steps put out under the name
    `unit`, added up, and one where they put out none.
    """
    since, until = (dt.datetime.combine(day, dt.time(), LONDON) for day in (first, last + dt.timedelta(days=1)))
    worked = Step.objects.filter(case_id=OuterRef("pk"), state="done", body_id=provider_id)
    worked = worked.exclude(performs__in=NO_WORK)
    rows = Case.objects.filter(
        Exists(worked), body_id=body_id, provider_id=provider_id, service_id=service_id, state="closed",
        closed_at__gte=since, closed_at__lt=until,
    )  # fmt: skip
    found = list(rows.order_by("closed_at", "id").only("id", "reference", "service_id", "closed_at"))
    counted = _counted([row.pk for row in found], unit) if unit else {}
    return [
        Done(row.pk, row.reference, row.service_id, local(row.closed_at).date(), counted.get(row.pk) or 1)
        for row in found
    ]


def _counted(case_ids: list[UUID], unit: str) -> dict[UUID, int]:
    """Return what the steps of these cases put out as whole numbers under a name, added up."""
    counted: dict[UUID, int] = {}
    steps = Step.objects.filter(case_id__in=case_ids, state="done", outputs__has_key=unit)
    for case_id, outputs in steps.values_list("case_id", "outputs"):
        number = outputs[unit]
        if isinstance(number, int) and number > 0:
            counted[case_id] = counted.get(case_id, 0) + number
    return counted
