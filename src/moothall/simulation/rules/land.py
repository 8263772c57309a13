"""The land: a mosaic of small cells, each belonging to one body, one parish and one ward.

Every boundary runs along edges of cells, so neighbours share it exactly: no gaps, no overlaps, no slivers.
"""

from dataclasses import dataclass
from math import cos, hypot, pi, sin
from random import Random

import shapely

WEST, SOUTH, EAST, NORTH = 370_000, 259_000, 437_000, 300_000
RURAL_CELL, TOWN_CELL, TOWN_REACH = 620, 260, 1_900

TERRITORIES = {
    # name: (easting, northing of its chief town, how far it stretches compared with the others)
    "Ashby": (393_600, 285_600, 1.0),
    "Borley": (406_900, 286_400, 1.0),
    "Coveham": (393_000, 273_700, 1.0),
    "Dunmere": (407_300, 273_400, 1.0),
    "Eastwold": (422_500, 281_000, 1.25),
    "Fenmouth": (379_300, 270_600, 0.8),
}
DISTRICTS = ("Ashby", "Borley", "Coveham", "Dunmere")


@dataclass
class Cell:
    """A piece of land a few hundred metres across."""

    shape: shapely.Polygon
    easting: float
    northing: float
    territory: str | None = None
    settlement: int | None = None
    ward: int | None = None


@dataclass
class Land:
    """All cells, and the shapes made from them."""

    cells: list[Cell]
    phase: float

    def territory_at(self, easting: float, northing: float) -> str | None:
        """Return whose land a point is, give or take the width of a cell."""
        return _territory(easting, northing, self.phase)

    def joined(self, wanted) -> shapely.MultiPolygon:
        """Return the cells for which `wanted(cell)` is true as one shape, in whole metres."""
        shape = shapely.coverage_union_all([cell.shape for cell in self.cells if wanted(cell)])
        return shape if isinstance(shape, shapely.MultiPolygon) else shapely.MultiPolygon([shape])


def wobble(easting: float, northing: float, phase: float) -> tuple[float, float]:
    """Return a point moved a little by slow waves, so that borders between territories meander."""
    x, y = easting / 1_000, northing / 1_000
    return (
        easting + 900 * sin(0.9 * y + phase) + 500 * sin(2.1 * y + 0.7 * x + phase),
        northing + 900 * sin(0.8 * x + 2 * phase) + 500 * sin(1.9 * x - 0.6 * y + phase),
    )


def lay_out_land(random: Random) -> Land:
    """Return the land of the county and its neighbours, each cell given to a territory or to none."""
    phase = random.uniform(0, 2 * pi)
    points = _points(random)
    shapes = shapely.voronoi_polygons(
        shapely.MultiPoint(points), extend_to=shapely.box(WEST, SOUTH, EAST, NORTH), ordered=True
    )
    rounded = shapely.set_precision(shapes, 1.0, mode="pointwise")
    cells = [Cell(shape, *point) for shape, point in zip(rounded.geoms, points, strict=True)]
    for cell in cells:
        cell.territory = _territory(cell.easting, cell.northing, phase)
    return Land([cell for cell in cells if cell.territory], phase)


def _points(random: Random) -> list[tuple[float, float]]:
    towns = [(east, north) for east, north, _ in TERRITORIES.values()]
    found = []
    for spacing, inside in ((RURAL_CELL, False), (TOWN_CELL, True)):
        for column in range((EAST - WEST) // spacing + 1):
            for row in range((NORTH - SOUTH) // spacing + 1):
                east = WEST + (column + random.uniform(0.15, 0.85)) * spacing
                north = SOUTH + (row + random.uniform(0.15, 0.85)) * spacing
                near = min(hypot(east - x, north - y) for x, y in towns) < TOWN_REACH
                if near == inside:
                    found.append((round(east), round(north)))
    return list(dict.fromkeys(found))


def _territory(easting: float, northing: float, phase: float) -> str | None:
    east, north = wobble(easting, northing, phase)
    reach = {name: hypot(east - x, north - y) / stretch for name, (x, y, stretch) in TERRITORIES.items()}
    name = min(reach, key=reach.get)
    limit = 9_600 + 900 * cos(easting / 2_300) + 700 * sin(northing / 1_900 + phase)
    return name if reach[name] < limit else None
