"""Marchshire, put together: bodies, areas, streets, homes and staff, the same for the same seed."""

from dataclasses import dataclass
from random import Random

from shapely import MultiPolygon, Point

from . import organisations as org
from .homes import Home, build_homes
from .land import DISTRICTS, Land, lay_out_land
from .names import Names
from .roads import Road, all_roads
from .settlements import MAIN, VILLAGE, Settlement, Ward, draw_wards, settle

SEED = 1974
PARISH_COUNCILS = 4
LANDLORD_SHARE = 0.12


@dataclass(frozen=True)
class County:
    """Rows as the actions of `bodies` take them."""

    bodies: list[dict]
    teams: list[dict]
    staff: list[dict]
    areas: list[dict]
    streets: list[dict]
    dwellings: list[dict]
    exceptions: list[dict]


def marchshire(seed: int = SEED) -> County:
    """Return the county; the same seed always gives the same one."""
    random = Random(seed)  # noqa: S311 (a made-up county, not a secret)
    names = Names(random)
    land = lay_out_land(random)
    settlements = settle(land, names, random)
    wards = draw_wards(land, settlements)
    roads = all_roads(settlements, land, names, random)
    homes = build_homes(roads, settlements, random)
    parishes = [s for s in settlements if s.size == VILLAGE and s.territory == "Coveham"][:PARISH_COUNCILS]
    return County(
        bodies=org.bodies([s.name for s in parishes]),
        teams=org.teams(),
        staff=org.staff(names, random),
        areas=_areas(land, settlements, wards, parishes),
        streets=[_street(road) for road in roads],
        dwellings=[_dwelling(home) for home in homes],
        exceptions=_exceptions(roads, homes, parishes, random),
    )


def _areas(land: Land, settlements: list[Settlement], wards: list[Ward], parishes: list[Settlement]) -> list[dict]:
    rows = [_area("body", f"B{body:02d}", name, body, shape) for body, name, shape in _body_shapes(land)]
    for ward in wards:
        shape = land.joined(lambda cell, ward=ward: cell.ward == ward.id)
        rows.append(_area("ward", f"W{ward.id:03d}", ward.name, _council(ward.territory), shape))
    councils = {parish.id: org.FIRST_PARISH + i for i, parish in enumerate(parishes)}
    for place in settlements:
        if place.size != MAIN:
            shape = land.joined(lambda cell, place=place: cell.settlement == place.id)
            rows.append(_area("parish", f"P{place.id:03d}", place.name, councils.get(place.id), shape))
            if place.id in councils:
                body = councils[place.id]
                rows.append(_area("body", f"B{body:02d}", f"{place.name} parish", body, shape))
    return rows + [_built_up(place) for place in settlements]


def _body_shapes(land: Land):
    everywhere = (*DISTRICTS, "Eastwold", "Fenmouth")
    reach = {
        org.COUNTY: ("Marchshire", DISTRICTS),
        **{body: (name, (name,)) for name, body in org.DISTRICT_IDS.items()},
        org.POLICE: ("Marchshire Police area", everywhere),
        org.HEALTH: ("Marchshire Community Health area", DISTRICTS),
        org.EASTWOLD: ("Eastwold", ("Eastwold",)),
        org.WOLDSHIRE: ("Woldshire", ("Eastwold",)),
        org.FENMOUTH: ("Fenmouth", ("Fenmouth",)),
        org.FIRE: ("Marchshire Fire area", everywhere),
        org.STRATEGIC: ("Marchshire and Woldshire", (*DISTRICTS, "Eastwold")),
    }
    for body, (name, territories) in reach.items():
        yield body, name, land.joined(lambda cell, territories=territories: cell.territory in territories)


def _area(kind: str, code: str, name: str, body: int | None, shape) -> dict:
    polygons = [
        [[[round(e), round(n)] for e, n in ring.coords] for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in shape.geoms
    ]
    return {"kind": kind, "code": code, "name": name, "body_id": body, "polygons": polygons}


def _built_up(place: Settlement) -> dict:
    shape = MultiPolygon([Point(place.easting, place.northing).buffer(1.25 * place.radius, quad_segs=5)])
    return _area("settlement", f"S{place.id:03d}", place.name, None, shape)


def _council(territory: str) -> int:
    return {**org.DISTRICT_IDS, "Eastwold": org.EASTWOLD, "Fenmouth": org.FENMOUTH}[territory]


def _street(road: Road) -> dict:
    return {
        "usrn": road.usrn,
        "name": road.name,
        "locality": road.settlement.name if road.settlement and not road.rural else "",
        "road_class": road.road_class,
        "line": [[round(e, 1), round(n, 1)] for e, n in road.line],
    }


def _dwelling(home: Home) -> dict:
    return {
        "uprn": home.uprn,
        "number": home.number,
        "name": home.name,
        "usrn": home.road.usrn,
        "postcode": home.postcode,
        "easting": home.easting,
        "northing": home.northing,
    }


def _exceptions(roads: list[Road], homes: list[Home], parishes: list[Settlement], random: Random) -> list[dict]:
    """The trunk road is the national operator's, a parish keeps its own lamps, a landlord mends its own homes."""
    rows = [
        {
            "body_id": org.TRUNK,
            "works": ["highways", "street-lights"],
            "source": "Infrastructure Act 2015 s.1; Highways Act 1980 s.1",
            "usrn": road.usrn,
        }
        for road in roads
        if road.road_class == "trunk"
    ]
    rows += [
        {
            "body_id": org.FIRST_PARISH,
            "works": ["street-lights"],
            "source": "Parish Councils Act 1957 s.3",
            "usrn": road.usrn,
        }
        for road in roads
        if road.settlement is parishes[0] and not road.rural
    ]
    rows += [
        {
            "body_id": org.HOMES,
            "works": ["home-repairs"],
            "source": "Landlord and Tenant Act 1985 s.11",
            "uprn": home.uprn,
        }
        for home in homes
        if home.road.settlement.name == "Ashby" and random.random() < LANDLORD_SHARE
    ]
    return rows
