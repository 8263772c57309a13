"""What is still being worked on, by service and by who does it: numbers, for whoever plans what becomes of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from moothall.casework.models import Case
from moothall.casework.rules.states import LIVE


@dataclass(frozen=True)
class Standing:
    """How many requests are open for a body, of a service, done by a provider."""

    body_id: int
    service_id: str
    provider_id: int
    requests: int


def standing(body_id: int) -> list[Standing]:
    """Return the open requests that a body answers for or does for others, as far as the scope shows them."""
    rows = Case.objects.filter(Q(body_id=body_id) | Q(provider_id=body_id), state__in=LIVE)
    counted = rows.order_by("service_id", "body_id", "provider_id").values_list("body_id", "service_id", "provider_id")
    return [Standing(*row) for row in counted.annotate(requests=Count("pk"))]


def open_cases(body_id: int, *, after: UUID | None = None, limit: int = 100) -> list[Case]:
    """Return open cases that a body answers for or does for others, by id, those after one first."""
    rows = Case.objects.filter(Q(body_id=body_id) | Q(provider_id=body_id), state__in=LIVE).order_by("pk")
    return list((rows.filter(pk__gt=after) if after else rows)[:limit])
