"""Published places: what is reported outdoors, what became of it, and nothing about who reported it."""

import datetime as dt
from uuid import UUID

from moothall.casework.models import Case, PublicPlace, PublicUpdate
from moothall.catalogue import queries as catalogue

MOST = 500


def reported_within(west: float, south: float, east: float, north: float) -> list[tuple[str, PublicPlace]]:
    """Return the open reports in a rectangle of degrees, each with its service's title; at most 500."""
    rows = PublicPlace.objects.filter(open=True, lat__range=(south, north), lon__range=(west, east))[:MOST]
    titles = {p.service_id: p.definition.title.en for p in catalogue.services()}
    return [(titles.get(row.service_id, row.service_id), row) for row in rows]


def published(
    *,
    bodies: tuple[int, ...],
    ids: list[UUID] | None = None,
    services: list[str] | None = None,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    open: bool | None = None,
    limit: int = 1000,
) -> list[tuple[PublicPlace, PublicUpdate | None]]:
    """Return the published reports of bodies, newest first, each with the last that became of it. Two statements."""
    given = {"pk__in": ids, "service_id__in": services, "reported_at__gte": since, "reported_at__lte": until,
             "open": open}  # fmt: skip
    wanted = {key: value for key, value in given.items() if value is not None}
    rows = list(PublicPlace.objects.filter(body_id__in=bodies, **wanted).order_by("-reported_at", "id")[:limit])
    told = PublicUpdate.objects.filter(place__in=[row.pk for row in rows]).order_by("place", "-at", "-id")
    last = {update.place_id: update for update in told.distinct("place")}
    return [(row, last.get(row.pk)) for row in rows]


def published_updates(
    *, bodies: tuple[int, ...], since: dt.datetime, until: dt.datetime, limit: int = 1000
) -> list[PublicUpdate]:
    """Return what became of the published reports of bodies, oldest first, each with its place. One statement."""
    rows = PublicUpdate.objects.filter(place__body_id__in=bodies, at__range=(since, until)).select_related("place")
    return list(rows.order_by("at", "id")[:limit])


def case_of_published(place_id: UUID) -> UUID | None:
    """Return the case behind a published report, to whoever may see that case; None to others."""
    return Case.objects.filter(published_id=place_id).values_list("id", flat=True).first()


def published_as(case_id: UUID) -> UUID | None:
    """Return the id under which a case's place is published, or None where it is not."""
    return Case.objects.filter(pk=case_id).values_list("published_id", flat=True).first()
