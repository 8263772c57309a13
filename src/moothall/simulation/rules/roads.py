"""Roads: the country network between settlements, the streets of towns and the lanes of villages.

Every road is a line of (easting, northing) along its carriageway, in metres.
"""

import heapq
import itertools
from dataclasses import dataclass, field
from math import atan2, cos, hypot, pi, sin
from random import Random

import shapely
import shapely.ops

from .land import Land
from .names import DEAD_END_TYPES, LONG_TYPES, SHORT_TYPES, VILLAGE_TYPES, Names, StreetNames
from .settlements import MAIN, TOWN, VILLAGE, Settlement

ROW_GAP, BLOCK = 74, 210
TRUNK_ROAD = "Wold Way (A7901)"


@dataclass
class Road:
    """A street or road. `frontage` is metres between neighbouring homes on one side, 0 where nobody lives."""

    name: str
    settlement: Settlement | None
    line: list[tuple[float, float]]
    road_class: str = "local"
    frontage: float = 0.0
    territory: str | None = None
    rural: bool = False
    usrn: str = ""
    homes: list = field(default_factory=list)


def jittered(start, end, random: Random, amount: float) -> list[tuple[float, float]]:
    """Return a line from start to end that wanders as country roads do, by midpoint displacement."""
    line = [start, end]
    while hypot(line[1][0] - line[0][0], line[1][1] - line[0][1]) > 260:
        finer = [line[0]]
        for a, b in itertools.pairwise(line):
            shift = random.gauss(0, amount)
            finer.append(((a[0] + b[0]) / 2 - shift * (b[1] - a[1]), (a[1] + b[1]) / 2 + shift * (b[0] - a[0])))
            finer.append(b)
        line = finer
    return [(round(e, 1), round(n, 1)) for e, n in line]


def gabriel(settlements: list[Settlement], land: Land) -> list[tuple[Settlement, Settlement]]:
    """Return the pairs of settlements with no third one in the circle between them: where roads would run."""
    pairs = []
    for i, a in enumerate(settlements):
        for b in settlements[i + 1 :]:
            east, north = (a.easting + b.easting) / 2, (a.northing + b.northing) / 2
            reach = hypot(a.easting - b.easting, a.northing - b.northing) / 2
            empty = not any(s.distance(east, north) < reach for s in settlements if s not in (a, b))
            if empty and all(_on_land(a, b, t / 8, land) for t in range(1, 8)):
                pairs.append((a, b))
    return pairs


def _on_land(a: Settlement, b: Settlement, t: float, land: Land) -> bool:
    return bool(land.territory_at(a.easting + (b.easting - a.easting) * t, a.northing + (b.northing - a.northing) * t))


def country_roads(
    settlements: list[Settlement], land: Land, books: dict[int, StreetNames], random: Random
) -> list[Road]:
    """Return the roads between settlements: the part within each named after where it leads, the part between apart."""
    roads = []
    pairs = gabriel(settlements, land)
    through = main_routes(settlements, pairs)
    for a, b in pairs:
        line = jittered((a.easting, a.northing), (b.easting, b.northing), random, 0.055)
        shape = shapely.LineString(line)
        inner_a, inner_b = 1.05 * a.radius, 1.05 * b.radius
        if shape.length < inner_a + inner_b + 300:
            continue
        road_class = "main" if (a.id, b.id) in through else "local" if VILLAGE in (a.size, b.size) else "secondary"
        ends = (
            (a, b, shapely.ops.substring(shape, 0, inner_a)),
            (b, a, shapely.ops.substring(shape, shape.length - inner_b, shape.length)),
        )
        for here, there, piece in ends:
            roads.append(Road(_leading_to(there, books[here.id]), here, list(piece.coords), road_class, _space(here)))
        between = shapely.ops.substring(shape, inner_a, shape.length - inner_b)
        name = f"{a.name} to {b.name} road"
        books[a.id].keep(name)
        roads.append(Road(name, a, list(between.coords), road_class, 420.0, rural=True))
    return roads


def main_routes(settlements: list[Settlement], pairs) -> set[tuple[int, int]]:
    """Return the stretches that carry the main roads: the shortest ways between chief towns of neighbours."""
    ways: dict[int, list] = {}
    for a, b in pairs:
        length = a.distance(b.easting, b.northing)
        ways.setdefault(a.id, []).append((b.id, length))
        ways.setdefault(b.id, []).append((a.id, length))
    chief = [s.id for s in settlements if s.size == MAIN]
    used = set()
    for i, start in enumerate(chief):
        for end in chief[i + 1 :]:
            route = _shortest(ways, start, end)
            if route and not set(route[1:-1]) & set(chief):
                used |= {(min(step), max(step)) for step in itertools.pairwise(route)}
    return used


def _shortest(ways: dict[int, list], start: int, end: int) -> list[int]:
    """Return the shortest way through the network (Dijkstra), or an empty list when there is none."""
    waiting, seen = [(0.0, start, [start])], set()
    while waiting:
        length, here, route = heapq.heappop(waiting)
        if here == end:
            return route
        if here in seen:
            continue
        seen.add(here)
        for there, step in ways.get(here, ()):
            heapq.heappush(waiting, (length + step, there, [*route, there]))
    return []


def _leading_to(there: Settlement, book: StreetNames) -> str:
    for name in (f"{there.name} Road", f"{there.name} Lane", f"Old {there.name} Road"):
        if book.keep(name):
            return name
    return book.give(LONG_TYPES)


def _space(place: Settlement) -> float:
    return {MAIN: 14.0, TOWN: 15.0, VILLAGE: 24.0}[place.size]


def trunk_road(random: Random) -> list[Road]:
    """Return the trunk road that crosses the county from north to south, in five pieces."""
    points = [(396_500, 299_000), (397_300, 291_000), (396_600, 284_000), (397_400, 277_000), (396_300, 270_000)]
    points.append((397_000, 260_500))
    return [
        Road(TRUNK_ROAD, None, jittered(a, b, random, 0.02), "trunk")
        for a, b in itertools.pairwise(points)
    ]  # fmt: skip


def town_streets(town: Settlement, book: StreetNames, random: Random) -> list[Road]:
    """Return the streets of a town: rows of homes and the roads across them, bent a little, with dead ends."""
    grid = _Grid(town, random)
    roads = []
    for row in grid.rows():
        for run in _runs(row, random, 1, 3, skip=0.07):
            dead_end = len(run) == 2 and random.random() < 0.3
            line = grid.shortened(run) if dead_end else grid.line(run)
            types = DEAD_END_TYPES if dead_end else SHORT_TYPES if len(run) <= 2 else LONG_TYPES
            roads.append(Road(book.give(types), town, line, frontage=random.choice((9.5, 11.0, 12.0))))
    for column in grid.columns():
        for run in _runs(column, random, 4, 8, skip=0.05):
            roads.append(Road(book.give(LONG_TYPES), town, grid.line(run), frontage=26.0))
    _name_the_middle(roads, town, book)
    return roads


def _runs(nodes, random: Random, shortest: int, longest: int, skip: float):
    """Cut a line of nodes into streets of some blocks each, leaving a block out here and there."""
    i = 0
    while i < len(nodes) - 1:
        if random.random() < skip:
            i += 1
            continue
        blocks = random.randint(shortest, longest)
        run = nodes[i : i + blocks + 1]
        if len(run) > 1:
            yield run
        i += blocks


def _name_the_middle(roads: list[Road], town: Settlement, book: StreetNames) -> None:
    """Give the names every town has: three to the streets nearest its centre, Mill Lane to a longer one further out."""
    nearest = sorted(roads, key=lambda r: town.distance(*r.line[len(r.line) // 2]))
    named = list(zip(nearest[1:], ("High Street", "Church Street", "Station Road"), strict=False))
    further = [r for r in nearest[6:] if shapely.length(shapely.LineString(r.line)) > 300 and r.frontage < 20]
    for road, name in [*named, *((r, "Mill Lane") for r in further[:1])]:
        if book.keep(name):
            road.name = name
            road.frontage = min(road.frontage, 11.0)


class _Grid:
    """A bent grid of nodes inside a town's outline."""

    def __init__(self, town: Settlement, random: Random):
        self.town = town
        self.turn = random.uniform(0, pi / 2)
        self.phase = random.uniform(0, 2 * pi)
        self.lobes = [random.uniform(-0.16, 0.16) for _ in range(4)]
        reach = int(1.3 * town.radius)
        self.span = reach // ROW_GAP, reach // BLOCK + 1

    def at(self, column: float, row: float) -> tuple[float, float]:
        """Return where a node lies after bending and turning."""
        x = column * BLOCK + 30 * sin(row / 3.1 + self.phase)
        y = row * ROW_GAP + 34 * sin(column / 1.3 + self.phase) + 12 * sin(column * 2.3)
        c, s = cos(self.turn), sin(self.turn)
        return round(self.town.easting + c * x - s * y, 1), round(self.town.northing + s * x + c * y, 1)

    def inside(self, column: int, row: int) -> bool:
        east, north = self.at(column, row)
        angle = atan2(north - self.town.northing, east - self.town.easting)
        outline = 1 + sum(size * sin((k + 2) * angle + self.phase * k) for k, size in enumerate(self.lobes))
        return self.town.distance(east, north) < self.town.radius * outline

    def rows(self):
        """Yield, row by row, the unbroken stretches of nodes within the outline."""
        for row in range(-self.span[0], self.span[0] + 1):
            yield from _stretches([(c, row) for c in range(-self.span[1], self.span[1] + 1)], self.inside)

    def columns(self):
        """Yield, column by column, the unbroken stretches of nodes within the outline."""
        for column in range(-self.span[1], self.span[1] + 1):
            yield from _stretches([(column, r) for r in range(-self.span[0], self.span[0] + 1)], self.inside)

    def line(self, run) -> list[tuple[float, float]]:
        """Return the bent line through a run of nodes."""
        points = []
        for (c1, r1), (c2, r2) in itertools.pairwise(run):
            points += [self.at(c1 + (c2 - c1) * t / 4, r1 + (r2 - r1) * t / 4) for t in range(4)]
        return [*points, self.at(*run[-1])]

    def shortened(self, run) -> list[tuple[float, float]]:
        """Return the first two thirds of a run: a dead end."""
        points = self.line(run)
        return points[: max(3, len(points) * 2 // 3)]


def _stretches(nodes, inside):
    stretch = []
    for node in nodes:
        if inside(*node):
            stretch.append(node)
        else:
            if len(stretch) > 1:
                yield stretch
            stretch = []
    if len(stretch) > 1:
        yield stretch


def village_lanes(village: Settlement, book: StreetNames, random: Random) -> list[Road]:
    """Return the lanes that leave a village's middle."""
    roads = []
    first = random.uniform(0, 2 * pi)
    lanes = random.randint(3, 5)
    for i in range(lanes):
        angle = first + 2 * pi * i / lanes + random.uniform(-0.25, 0.25)
        length = village.radius * random.uniform(0.8, 1.3)
        end = (village.easting + length * cos(angle), village.northing + length * sin(angle))
        start = (village.easting + 15 * cos(angle), village.northing + 15 * sin(angle))
        middle = jittered(start, ((start[0] + end[0]) / 2 + random.gauss(0, 14), (start[1] + end[1]) / 2), random, 0.1)
        name = "Church Lane" if i == 0 and book.keep("Church Lane") else book.give(VILLAGE_TYPES)
        roads.append(Road(name, village, [*middle, (round(end[0], 1), round(end[1], 1))], frontage=17.0))
    return roads


def all_roads(settlements: list[Settlement], land: Land, names: Names, random: Random) -> list[Road]:
    """Return every road of the county and its neighbours, numbered."""
    books = {s.id: names.streets() for s in settlements}
    roads = []
    for place in settlements:
        build = village_lanes if place.size == VILLAGE else town_streets
        roads += build(place, books[place.id], random)
    roads += country_roads(settlements, land, books, random)
    roads += trunk_road(random)
    for i, road in enumerate(roads):
        road.usrn = str(99_000_000 + 37 * (i + 1))
    return roads
