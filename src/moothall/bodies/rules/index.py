"""An index of areas and streets held in memory: what is here, and which street is nearest.

Shapely's STR-trees find the few candidates, prepared geometries decide. A point on a border touches both areas and
is given to the one with the lower id, always, so that two reports of the same spot go to the same body.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import shapely

from .duties import FIND_A_COUNCIL, Duty, duty
from .shapes import AreaFact, BodyFact, ExceptionFact, StreetFact, in_force

NEAR_A_ROAD = 25
"""Metres from the middle of a road within which a report about a road is about that road. Our choice: half a dual
carriageway with its verges, and what a finger misses by on a phone."""
POINTS_KEPT = 200
"""Points whose areas are kept: one request asks for the same point several times."""


@dataclass(frozen=True)
class Responsible:
    """The answer: who does this work at this place, why, and by what law.

    `body_id` is None where nobody we know does it; `partner` is False where the body does not work on this platform.
    In both cases `url` (and `phone`) is where to send the person instead.
    """

    work: str
    body_id: int | None
    code: str | None
    name: str | None
    partner: bool
    why: str
    source: str
    url: str = ""
    phone: str = ""
    by_exception: bool = False


@dataclass(eq=False)
class PlaceIndex:
    """Everything `responsible` needs, built once for each state of the map, and compared by identity.

    >>> square = [[[(0, 0), (0, 10), (10, 10), (10, 0)]]]
    >>> index = PlaceIndex(
    ...     [BodyFact(1, "ASH", "ashby", "Ashby", "district", True)],
    ...     [AreaFact(1, "body", "Ashby", 1, square)],
    ...     [],
    ...     [],
    ... )
    >>> index.responsible("waste-collection", 5, 5).name
    'Ashby'
    >>> index.responsible("waste-collection", 50, 50).body_id is None
    True
    """

    bodies: list[BodyFact]
    areas: list[AreaFact]
    streets: list[StreetFact]
    exceptions: list[ExceptionFact]
    by_id: dict = field(init=False)

    def __post_init__(self):
        self.by_id = {body.id: body for body in self.bodies}
        self.lineage = {body.id: lineage(body.id, self.by_id) for body in self.bodies}
        self.areas = sorted(self.areas, key=lambda area: area.id)
        self._shapes = [
            shapely.MultiPolygon([(polygon[0], polygon[1:]) for polygon in area.polygons]) for area in self.areas
        ]
        shapely.prepare(self._shapes)
        self._area_tree = shapely.STRtree(self._shapes)
        self._street_tree = shapely.STRtree([shapely.LineString(street.line) for street in self.streets])
        self._touched = lru_cache(maxsize=POINTS_KEPT)(self._touching)
        self.by_usrn = {street.usrn: street for street in self.streets}
        self._on_street, self._in_dwelling, self._in_area = {}, {}, {}
        for row in self.exceptions:
            for table, key in (
                (self._on_street, row.usrn),
                (self._in_dwelling, row.uprn),
                (self._in_area, row.area_id),
            ):
                if key is not None:
                    table.setdefault(key, []).append(row)

    def areas_at(self, easting: float, northing: float, on: date | None = None) -> list[AreaFact]:
        """Return the areas that cover or touch a point, by id; `on` as in `in_force`."""
        return [area for area in self._touched(easting, northing) if in_force(area.starts, area.ends, on)]

    def _touching(self, easting: float, northing: float) -> list[AreaFact]:
        """Return the areas of all times that cover or touch a point, by id."""
        found = self._area_tree.query(shapely.Point(easting, northing), predicate="intersects")
        return [self.areas[i] for i in sorted(found)]

    def area_of_each(self, points: list[tuple[float, float]], wanted) -> list[AreaFact | None]:
        """Return for each point the first area (by id) for which `wanted(area)` holds, all points in one go."""
        chosen = [i for i, area in enumerate(self.areas) if wanted(area)]
        tree = shapely.STRtree([self._shapes[i] for i in chosen])
        answers: list[AreaFact | None] = [None] * len(points)
        for point, found in zip(*tree.query(shapely.points(points), predicate="intersects").tolist(), strict=True):
            area = self.areas[chosen[found]]
            if answers[point] is None or area.id < answers[point].id:
                answers[point] = area
        return answers

    def between(self, one: int, other: int) -> tuple[int, bool] | None:
        """Return (whole kilometres between the middles of two bodies' areas, whether they touch); None without areas.

        As the crow flies, between the centres of gravity; an area inside the other touches it.
        """
        first, second = self._land(one), self._land(other)
        if first is None or second is None:
            return None
        return round(shapely.distance(first.centroid, second.centroid) / 1000), bool(shapely.dwithin(first, second, 1))

    def _land(self, body_id: int):
        mine = [
            self._shapes[i]
            for i, a in enumerate(self.areas)
            if a.kind == "body" and a.body_id == body_id and not a.ends
        ]
        return shapely.union_all(mine) if mine else None

    def nearest_street(self, easting: float, northing: float, within: float) -> tuple[StreetFact, float] | None:
        """Return the street nearest to a point and its distance in metres, or None when none is that near."""
        if not self.streets:
            return None
        found, distance = self._street_tree.query_nearest(
            shapely.Point(easting, northing), max_distance=within, return_distance=True, all_matches=True
        )
        if not len(found):
            return None
        best = min(range(len(found)), key=lambda i: (distance[i], self.streets[found[i]].usrn))
        return self.streets[found[best]], float(distance[best])

    def streets_within(self, west: float, south: float, east: float, north: float) -> list[StreetFact]:
        """Return the streets that touch a rectangle of eastings and northings, by USRN."""
        found = self._street_tree.query(shapely.box(west, south, east, north), predicate="intersects")
        return sorted((self.streets[i] for i in found), key=lambda street: street.usrn)

    def responsible(
        self, work: str, easting: float, northing: float, *, usrn=None, uprn=None, on: date | None = None
    ) -> Responsible:
        """Return who does this work at this point.

        First an exception for the very dwelling, street or area, then the law's table. Raises KeyError when `work` is
        not in the table of duties.
        """
        law = duty(work, on)
        if law is None:
            raise KeyError(work)
        here = self.areas_at(easting, northing, on)
        exception = self._exception(law, easting, northing, usrn, uprn, here, on)
        if exception:
            body = self.current(exception.body_id, on)
            return _answer(law, body, _why_exception(law, body, exception), exception.source, by_exception=True)
        for kind in law.kinds:
            for area in here:
                body = self.by_id.get(area.body_id) if area.kind == "body" else None
                if body and body.kind == kind:
                    return _answer(law, body, _why(law, body), law.source)
        return Responsible(
            work,
            None,
            None,
            None,
            False,
            "This place is outside the area of every body here. The council of that area can help.",
            law.source,
            FIND_A_COUNCIL,
        )

    def current(self, body_id: int, on: date | None = None) -> BodyFact:
        """Return a body, or the one that has taken its place by the day `on`."""
        body = self.by_id[body_id]
        while body.successor is not None and not in_force(None, body.ends, on):
            body = self.by_id[body.successor]
        return body

    def _exception(self, law: Duty, easting, northing, usrn, uprn, here, on) -> ExceptionFact | None:
        rows = list(self._in_dwelling.get(uprn, ())) if uprn else []
        if law.follows_road and self._on_street:
            if usrn is None:
                near = self.nearest_street(easting, northing, NEAR_A_ROAD)
                usrn = near[0].usrn if near else None
            rows += self._on_street.get(usrn, ())
        for area in here:
            rows += self._in_area.get(area.id, ())
        return next((row for row in rows if law.work in row.works and in_force(row.starts, row.ends, on)), None)


def lineage(body_id: int, by_id: dict[int, BodyFact]) -> tuple[int, ...]:
    """Return whose rows a body sees: its own, those of all it succeeded, and, once it has ended, its heirs'.

    A body that has ended still has jobs on their way: they follow what moved. A divided body's own rows are read by
    the successor that took what has no place; its other heirs see what was given to them.

    >>> bodies = [BodyFact(1, "ASH", "a", "A", "district", True, successor=3, heir_ids=(3,), ends=date(2027, 4, 1))]
    >>> bodies += [BodyFact(3, "WES", "w", "W", "unitary", True)]
    >>> lineage(3, {body.id: body for body in bodies}), lineage(1, {body.id: body for body in bodies})
    ((3, 1), (1, 3))
    """
    found = _before(body_id, by_id)
    waiting = list(by_id[body_id].heir_ids) if by_id[body_id].ends else []
    while waiting:
        heir = waiting.pop(0)
        if heir in by_id and heir not in found:
            found.append(heir)
            waiting += by_id[heir].heir_ids if by_id[heir].ends else ()
    return tuple(found)


def _before(body_id: int, by_id: dict[int, BodyFact]) -> list[int]:
    """Return a body and all whose place it took, near ones first."""
    found = [body_id]
    for one in found:
        found += [body.id for body in by_id.values() if body.successor == one and body.id not in found]
    return found


def _answer(law: Duty, body: BodyFact, why: str, source: str, by_exception: bool = False) -> Responsible:
    return Responsible(
        law.work,
        body.id,
        body.code,
        body.name,
        body.partner,
        why,
        source,
        body.signpost_url,
        body.signpost_phone,
        by_exception,
    )


def _why(law: Duty, body: BodyFact) -> str:
    if law.nearest:
        return f"{body.name} is the council nearest to you here."
    return f"{law.does}: {body.name} does this here."


def _why_exception(law: Duty, body: BodyFact, row: ExceptionFact) -> str:
    where = "on this road" if row.usrn else "in this home" if row.uprn else "in this area"
    return f"{law.does}: {body.name} does this {where}."
