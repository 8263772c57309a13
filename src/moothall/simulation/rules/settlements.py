"""Towns and villages: where they lie, how far they reach, and which wards and parishes the land around them forms."""

from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin
from random import Random

from .land import DISTRICTS, TERRITORIES, Land
from .names import Names

MAIN, TOWN, VILLAGE = "main", "town", "village"
RADIUS = {MAIN: 670, TOWN: 330, VILLAGE: 210}
PLAN = {
    # how many small towns and villages each territory has
    **{name: (2, 9) for name in DISTRICTS},
    "Eastwold": (0, 6),
    "Fenmouth": (0, 3),
}
APART = {TOWN: 3_400, VILLAGE: 1_900}
TOWN_WARDS = ("Castle", "Priory", "Riverside", "Park", "Station")
MAIN_RADIUS = {"Eastwold": 300, "Fenmouth": 320}


@dataclass(frozen=True)
class Settlement:
    """A town or village, a rough disc of this radius in metres."""

    id: int
    name: str
    territory: str
    size: str
    easting: int
    northing: int
    radius: int

    def distance(self, easting: float, northing: float) -> float:
        """Return metres from its centre."""
        return hypot(self.easting - easting, self.northing - northing)


@dataclass(frozen=True)
class Ward:
    """A part of a district that elects councillors together."""

    id: int
    name: str
    territory: str
    easting: int
    northing: int


def settle(land: Land, names: Names, random: Random) -> list[Settlement]:
    """Place the settlements and give every cell to the nearest one of its territory: that is its parish."""
    found: list[Settlement] = []
    for territory, (easting, northing, _) in TERRITORIES.items():
        radius = MAIN_RADIUS.get(territory, RADIUS[MAIN])
        found.append(Settlement(len(found), territory, territory, MAIN, easting, northing, radius))
    for territory, (towns, villages) in PLAN.items():
        inner = [c for c in land.cells if c.territory == territory and _inside(c, land)]
        for size in (TOWN,) * towns + (VILLAGE,) * villages:
            cell = _free_cell(inner, found, APART[size], random)
            if cell is not None:
                radius = round(RADIUS[size] * random.uniform(0.85, 1.2))
                centre = round(cell.easting), round(cell.northing)
                found.append(Settlement(len(found), names.settlement(), territory, size, *centre, radius))
    for cell in land.cells:
        home = (s for s in found if s.territory == cell.territory)
        cell.settlement = min(home, key=lambda s: s.distance(cell.easting, cell.northing) / s.radius**0.5).id
    return found


def _inside(cell, land: Land) -> bool:
    """Whether a cell lies well within its territory, so that a village does not sit on a border."""
    around = ((1_200, 0), (-1_200, 0), (0, 1_200), (0, -1_200))
    return all(land.territory_at(cell.easting + e, cell.northing + n) == cell.territory for e, n in around)


def _free_cell(cells, found, apart, random):
    for _ in range(400):
        cell = random.choice(cells)
        if all(s.distance(cell.easting, cell.northing) > apart + s.radius for s in found):
            return cell
    return None


def draw_wards(land: Land, settlements: list[Settlement]) -> list[Ward]:
    """Divide the districts into wards: five in each chief town, one round each small town, the villages in groups."""
    wards: list[Ward] = []
    for territory in TERRITORIES:
        mine = [s for s in settlements if s.territory == territory]
        for name, easting, northing in _ward_centres(mine):
            wards.append(Ward(len(wards), name, territory, easting, northing))
        own = [w for w in wards if w.territory == territory]
        urban, rural = own[:5], own[5:] or own
        for cell in land.cells:
            if cell.territory == territory:
                near = mine[0].distance(cell.easting, cell.northing) < 1_500
                choice = urban if near else rural
                cell.ward = min(choice, key=lambda w: hypot(w.easting - cell.easting, w.northing - cell.northing)).id
    return wards


def _ward_centres(mine: list[Settlement]):
    main, rest = mine[0], mine[1:]
    for i, name in enumerate(TOWN_WARDS):
        angle = 2 * pi * i / len(TOWN_WARDS) + main.id
        yield (
            f"{main.name} {name}",
            round(main.easting + 0.55 * main.radius * cos(angle)),
            round(main.northing + 0.55 * main.radius * sin(angle)),
        )
    for town in (s for s in rest if s.size == TOWN):
        yield town.name, town.easting, town.northing
    villages = sorted(
        (s for s in rest if s.size == VILLAGE),
        key=lambda s: atan2(s.northing - main.northing, s.easting - main.easting),
    )
    for i in range(0, len(villages), 3):
        group = villages[i : i + 3]
        yield (
            f"{group[0].name} and {group[-1].name}" if len(group) > 1 else group[0].name,
            round(sum(s.easting for s in group) / len(group)),
            round(sum(s.northing for s in group) / len(group)),
        )
