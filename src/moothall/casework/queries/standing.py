"""What is still being worked on, by service and by who does it: numbers, for whoever plans what becomes of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q

from moothall.casework.models import Case, Step
from moothall.casework.rules.states import ACTIVE, LIVE


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
    """Return open cases that a body answers for, does for others or has a part in, by id, those after one first."""
    part = Step.objects.filter(case_id=OuterRef("pk"), body_id=body_id, state__in=ACTIVE)
    mine = Q(body_id=body_id) | Q(provider_id=body_id) | Exists(part)
    rows = Case.objects.filter(mine, state__in=LIVE).order_by("pk")
    return list((rows.filter(pk__gt=after) if after else rows)[:limit])


def provider(case_id: UUID) -> int:
    """Return the body that does the work of a case of the scope."""
    return Case.objects.values_list("provider_id", flat=True).get(pk=case_id)


SEEN_WITH = "select distinct unnest(seen_by) from casework_case where seen_by @> array[%s]::smallint[]"


def seen_with(body_id: int) -> tuple[int, ...]:
    """Return the other bodies with which a body of the scope sees any case, ended ones too."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN_WITH, [body_id])
        return tuple(sorted(row[0] for row in cursor.fetchall() if row[0] != body_id))


def open_by_version(service_id: str) -> dict[UUID, int]:
    """Return {version id: how many open requests began with it} of a service, as far as the scope shows them."""
    rows = Case.objects.filter(service_id=service_id, state__in=LIVE).order_by("version_id").values_list("version_id")
    return dict(rows.annotate(requests=Count("pk")))
