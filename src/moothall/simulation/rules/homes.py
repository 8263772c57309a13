"""Homes along the roads: numbers odd and even, names in the country, postcodes, invented identifiers."""

from dataclasses import dataclass
from math import hypot
from random import Random

import numpy
import shapely

from .names import FARM_ENDS, HOUSE_ENDS, WORDS
from .roads import Road
from .settlements import MAIN, VILLAGE, Settlement

FIRST_UPRN = 990_000_000_000
"""Twelve digits from 99...: no such UPRN has been given to a real address (they are numbered from 1 upwards)."""
POSTCODE_AREA = "ZM"
"""No British postcode area begins with Z."""
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters a postcode's last two may be: not C I K M O V (BS 7666)."""
A_POSTCODE_HAS = 16


@dataclass
class Home:
    """One dwelling, still without district and ward."""

    uprn: str
    road: Road
    number: str
    name: str
    easting: int
    northing: int
    postcode: str = ""


def build_homes(roads: list[Road], settlements: list[Settlement], random: Random) -> list[Home]:
    """Return the homes along all roads, none of them on another road or on top of another home."""
    homes = [home for road in roads if road.frontage for home in _along(road, random)]
    homes = _not_in_the_way(homes, roads)
    for i, home in enumerate(homes):
        home.uprn = str(FIRST_UPRN + 101 * (i + 1))
        home.road.homes.append(home)
    _give_postcodes(roads, settlements)
    return homes


def _along(road: Road, random: Random):
    line = shapely.LineString(road.line)
    walk = line.length - 10
    steps = int(walk // road.frontage)
    named = road.rural or (road.settlement.size == VILLAGE and random.random() < 0.5)
    set_back = 22 if named else 11
    numbers = {1: -1, -1: 0}
    taken = set()
    for i in range(steps):
        for side in (1, -1):
            if random.random() < (0.45 if named else 0.06):
                continue
            along = 8 + i * road.frontage + random.uniform(-1, 1)
            east, north = _beside(line, along, side * (set_back + random.uniform(-2, 2)))
            if named:
                number, name = "", _house_name(road, random, taken)
                if not name:
                    continue
            else:
                numbers[side] += 2
                number, name = str(numbers[side]), ""
            yield Home("", road, number, name, east, north)


def _beside(line, along: float, offset: float) -> tuple[int, int]:
    here, ahead = line.interpolate(along), line.interpolate(along + 2)
    run = hypot(ahead.x - here.x, ahead.y - here.y) or 1.0
    dx, dy = (ahead.x - here.x) / run, (ahead.y - here.y) / run
    return round(here.x - dy * offset), round(here.y + dx * offset)


def _house_name(road: Road, random: Random, taken: set) -> str:
    for _ in range(8):
        ends = FARM_ENDS if road.rural else HOUSE_ENDS
        name = f"{random.choice(WORDS['houses'])} {random.choice(ends)}"
        if name not in taken:
            taken.add(name)
            return name
    return ""


def _not_in_the_way(homes: list[Home], roads: list[Road]) -> list[Home]:
    """Leave out homes within 7 m of a carriageway or 6 m of an earlier home."""
    points = shapely.points([(home.easting, home.northing) for home in homes])
    tree = shapely.STRtree([shapely.LineString(road.line) for road in roads])
    blocked = set(numpy.unique(tree.query(points, predicate="dwithin", distance=7.0)[0]).tolist())
    kept, squares = [], set()
    for i, home in enumerate(homes):
        square = (home.easting // 6, home.northing // 6)
        if i not in blocked and square not in squares:
            squares.add(square)
            kept.append(home)
    return kept


def _give_postcodes(roads: list[Road], settlements: list[Settlement]) -> None:
    """Give each road's homes postcodes in runs of about sixteen; a district's towns and villages share sectors."""
    mains = [s for s in settlements if s.size == MAIN]
    outward = {s.territory: f"{POSTCODE_AREA}{i + 1}" for i, s in enumerate(mains)}
    counters: dict[str, int] = {}
    for road in roads:
        if not road.homes:
            continue
        area = outward[road.settlement.territory]
        pieces = max(1, round(len(road.homes) / A_POSTCODE_HAS))
        size = -(-len(road.homes) // pieces)
        for i in range(0, len(road.homes), size):
            count = counters[area] = counters.get(area, 19) + 1
            inward = f"{count // 400 + 1}{LETTERS[count // 20 % 20]}{LETTERS[count % 20]}"
            for home in road.homes[i : i + size]:
                home.postcode = f"{area} {inward}"
