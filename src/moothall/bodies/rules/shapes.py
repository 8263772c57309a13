"""What the place index is made of: bodies, areas, streets and exceptions, as plain values in metres."""

from dataclasses import dataclass
from datetime import date

import shapely

from .kinds import Kind


@dataclass(frozen=True)
class BodyFact:
    """A body as every page and every decision needs it, without a look in the database."""

    id: int
    code: str
    slug: str
    name: str
    kind: Kind
    partner: bool
    name_cy: str = ""
    wordmark: str = ""
    colour: str = ""
    accent: str = ""
    signpost_url: str = ""
    signpost_phone: str = ""
    successor: int | None = None
    starts: date | None = None
    ends: date | None = None
    heir_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class AreaFact:
    """An area: `polygons` is a list of polygons, each a list of rings of (easting, northing), the outer one first.

    `kind` is "body" (the area of `body_id`), "ward", "parish" or "settlement".
    """

    id: int
    kind: str
    name: str
    body_id: int | None
    polygons: list
    code: str = ""
    easting: int = 0
    northing: int = 0
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class StreetFact:
    """A street: `line` is a list of (easting, northing) along its carriageway."""

    usrn: str
    name: str
    locality: str
    line: list
    road_class: str = "local"


@dataclass(frozen=True)
class ExceptionFact:
    """Somebody else than the law's usual body does this work on one street, in one dwelling or in one area.

    A trunk road run by the national operator, lights owned by a parish, homes of a landlord. Exactly one of `usrn`,
    `uprn` and `area_id` is given. `source` says by what right.
    """

    body_id: int
    works: tuple[str, ...]
    source: str
    usrn: str | None = None
    uprn: str | None = None
    area_id: int | None = None
    starts: date | None = None
    ends: date | None = None


def in_force(starts: date | None, ends: date | None, on: date | None) -> bool:
    """Return whether something with these dates holds on a day; without a day, whether it has no end.

    The last day is the day before `ends`.
    """
    if on is None:
        return ends is None
    return (starts is None or starts <= on) and (ends is None or on < ends)


def joined(areas: list[list]) -> tuple[list, tuple[float, float]]:
    """Return several areas' polygons as one area's, and a point inside it. Slivers between neighbours are closed.

    >>> left, right = [[[[0, 0], [0, 2], [2, 2], [2, 0]]]], [[[[2, 0], [2, 2], [4, 2], [4, 0]]]]
    >>> polygons, inside = joined([left, right])
    >>> len(polygons), shapely.Polygon(polygons[0][0]).area
    (1, 8.0)
    """
    shapes = [shapely.MultiPolygon([(p[0], p[1:]) for p in area]) for area in areas]
    whole = shapely.union_all([shapely.make_valid(shape) for shape in shapes], grid_size=1.0)
    parts = [part for part in getattr(whole, "geoms", [whole]) if part.geom_type == "Polygon"]
    rings = [
        [[list(xy) for xy in part.exterior.coords], *([list(xy) for xy in hole.coords] for hole in part.interiors)]
        for part in parts
    ]
    inside = whole.representative_point()
    return rings, (inside.x, inside.y)
