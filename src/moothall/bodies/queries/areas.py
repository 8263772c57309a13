"""The land of bodies as shapes: outlines from elsewhere, what lies over what, a spot inside."""

import shapely

from moothall.bodies.rules.kinds import PRINCIPAL_COUNCILS, Kind
from moothall.bodies.rules.projection import to_grid, to_lat_lon
from moothall.bodies.rules.shapes import AreaFact, BodyFact

from .edition import index

TIERS = ({Kind.COUNTY, Kind.UNITARY}, {Kind.DISTRICT, Kind.UNITARY})
"""Of each of these one council at most answers for a place (Local Government Act 1972 s.1; 1992 c.19 s.17)."""


def shape_of(polygons: list) -> shapely.Geometry:
    """Return polygons (rings of longitude and latitude, the outer one first) as one shape in metres."""
    return shapely.MultiPolygon(
        [(rings[0], rings[1:]) for rings in ([on_grid(ring) for ring in polygon] for polygon in polygons)]
    )


def on_grid(points: list[tuple[float, float]]) -> list[tuple[int, int]]:
    """Return points given as (longitude, latitude) as eastings and northings in metres."""
    return [to_grid(lat, lon) for lon, lat in points]


def building_areas() -> list[AreaFact]:
    """Return the areas that a larger one can be made of: of districts and unitary councils, then wards, by name."""
    known = index()
    lower = [area for area in known.areas if area.kind == "body" and known.by_id[area.body_id].kind in TIERS[1]]
    wards = [area for area in known.areas if area.kind == "ward"]
    return [area for area in sorted(lower, key=_name) + sorted(wards, key=_name) if area.ends is None]


def _name(area: AreaFact) -> str:
    return area.name


def joined_areas(area_ids: list[int]) -> shapely.Geometry | None:
    """Return areas joined to one shape in metres, or None when none of these ids is known."""
    wanted = [_shape(area) for area in index().areas if area.id in area_ids]
    return shapely.union_all(wanted) if wanted else None


def area_of(body_id: int) -> AreaFact | None:
    """Return the area that a body answers for, or None."""
    return next((a for a in index().areas if a.kind == "body" and a.body_id == body_id and a.ends is None), None)


def square_kilometres(body_id: int) -> float | None:
    """Return how large a body's area is, or None without one."""
    area = area_of(body_id)
    return _shape(area).area / 1e6 if area else None


def overlaps(body_id: int, shape: shapely.Geometry) -> list[tuple[BodyFact, float]]:
    """Return the councils of the same tier whose areas a body's shape lies over, with the square metres of it."""
    known, found = index(), []
    kind = known.by_id[body_id].kind
    if kind not in PRINCIPAL_COUNCILS:
        return []
    for area in known.areas:
        other = known.by_id.get(area.body_id) if area.kind == "body" and area.ends is None else None
        if other and other.id != body_id and any({kind, other.kind} <= tier for tier in TIERS):
            over = shapely.intersection(_shape(area), shape).area
            if over:
                found.append((other, over))
    return found


def within(body_id: int, points: list[tuple[float, float]]) -> list[bool]:
    """Tell of each point (easting, northing) whether it lies in a body's area."""
    found = index().area_of_each(points, lambda area: _answers(area) and area.body_id == body_id)
    return [area is not None for area in found]


def lower_councils(points: list[tuple[float, float]]) -> list[bool]:
    """Tell of each point whether a district or unitary council answers for it: homes elsewhere are nobody's."""
    known = index()
    found = known.area_of_each(points, lambda area: _answers(area) and known.by_id[area.body_id].kind in TIERS[1])
    return [area is not None for area in found]


def _answers(area: AreaFact) -> bool:
    return area.kind == "body" and area.ends is None


def spot_in(body_id: int) -> tuple[float, float] | None:
    """Return latitude and longitude of some point in a body's area, or None without one."""
    area = area_of(body_id)
    return to_lat_lon(area.easting, area.northing) if area else None


def _shape(area: AreaFact) -> shapely.Geometry:
    return shapely.MultiPolygon([(polygon[0], polygon[1:]) for polygon in area.polygons])
