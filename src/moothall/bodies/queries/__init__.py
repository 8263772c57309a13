"""Reads: who is responsible, what is where, who works for whom."""

from moothall.bodies.rules.duties import duties, kinds_of_work

from .edition import index
from .find import find_places
from .organisation import UnknownBody, bodies, body, colleagues, does, staff, staff_of, team, teams
from .places import (
    UnknownPlace,
    UnknownWork,
    areas_geojson,
    choice_of,
    chosen,
    complete,
    councils_at,
    dwelling,
    dwellings,
    exceptions_of,
    homes_in,
    place,
    place_of_dwelling,
    place_of_street,
    responsible,
    street,
    streets_geojson,
    streets_within,
    who_does_what,
)

__all__ = [
    "UnknownBody",
    "UnknownPlace",
    "UnknownWork",
    "areas_geojson",
    "bodies",
    "body",
    "choice_of",
    "chosen",
    "colleagues",
    "complete",
    "councils_at",
    "does",
    "duties",
    "dwelling",
    "dwellings",
    "exceptions_of",
    "find_places",
    "homes_in",
    "index",
    "kinds_of_work",
    "place",
    "place_of_dwelling",
    "place_of_street",
    "responsible",
    "staff",
    "staff_of",
    "street",
    "streets_geojson",
    "streets_within",
    "team",
    "teams",
    "who_does_what",
]
