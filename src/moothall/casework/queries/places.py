"""Published places, for the map: what is reported and open, and nothing about who reported it."""

from moothall.casework.models import PublicPlace
from moothall.catalogue import queries as catalogue

MOST = 500


def reported_within(west: float, south: float, east: float, north: float) -> list[tuple[str, PublicPlace]]:
    """Return the open reports in a rectangle of degrees, each with its service's title; at most 500."""
    rows = PublicPlace.objects.filter(open=True, lat__range=(south, north), lon__range=(west, east))[:MOST]
    titles = {p.service_id: p.definition.title.en for p in catalogue.services()}
    return [(titles.get(row.service_id, row.service_id), row) for row in rows]
