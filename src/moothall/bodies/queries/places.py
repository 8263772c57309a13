"""What is at a place, and who is responsible there."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from moothall.bodies.models import Dwelling
from moothall.bodies.rules import duties, labels
from moothall.bodies.rules.index import NEAR_A_ROAD, PlaceIndex, Responsible
from moothall.bodies.rules.kinds import PRINCIPAL_COUNCILS, Kind
from moothall.bodies.rules.projection import to_grid, to_lat_lon
from moothall.bodies.rules.shapes import AreaFact, BodyFact, StreetFact
from moothall.core.refusal import Refusal

from .edition import index

OUTSIDE_A_HOME = 25
"""Metres within which a spot on a road is said to be outside a home. Our choice."""
MOST_STREETS = 1_500
WIDE = 12_000
"""Metres across a map above which only roads between towns are drawn."""


class UnknownPlace(Refusal):
    """We cannot find that place. Try a postcode, or a street with its town."""

    status = 404


class UnknownWork(Refusal):
    """We do not know that kind of work. Use one of the names in the table of duties."""


def responsible(kind_of_work: str, place: dict, on: date | None = None) -> Responsible:
    """Return who is responsible for a kind of work at a place, why and by what law, usually without the database.

    `place` needs easting and northing, or lat and lon; its usrn and uprn, where given, settle which road and home are
    meant. `on` None means now. The answer's `body_id` is None outside every area we know. Raises UnknownWork.
    Source: the table of duties, each row with its Act.
    """
    easting, northing = _point(place)
    try:
        return index().responsible(
            kind_of_work, easting, northing, usrn=place.get("usrn"), uprn=place.get("uprn"), on=on
        )
    except KeyError:
        raise UnknownWork(known=duties.kinds_of_work()) from None


def who_does_what(place: dict) -> list[tuple[str, Responsible]]:
    """Return every kind of work in a resident's words, with who does it at this place."""
    return [(duties.duty(work).does, responsible(work, place)) for work in duties.kinds_of_work()]


def _point(place: dict) -> tuple[int, int]:
    if place.get("easting") is not None and place.get("northing") is not None:
        return place["easting"], place["northing"]
    if place.get("lat") is None or place.get("lon") is None:
        raise UnknownPlace
    return to_grid(place["lat"], place["lon"])


def place(lat: float, lon: float, note: str = "") -> dict:
    """Return the place at a point: nearest street, home it lies outside of, ward, and all that in words.

    At most one statement, for the homes of a street not asked for lately. The keys are those every chapter uses.
    """
    easting, northing = to_grid(lat, lon)
    near = index().nearest_street(easting, northing, NEAR_A_ROAD)
    home = _nearest_home(easting, northing, near[0].usrn) if near else None
    ward, settlement = _ward_and_settlement(easting, northing)
    street, locality = (near[0].name, near[0].locality) if near else (None, "")
    return {
        "lat": round(lat, 6),
        "lon": round(lon, 6),
        "easting": easting,
        "northing": northing,
        "street": street,
        "usrn": near[0].usrn if near else None,
        "uprn": None,
        "postcode": home.postcode if home else None,
        "ward": ward,
        "label": labels.spot(street, locality, (home.number or home.name) if home else None, settlement),
        "note": note,
    }


STREETS_KEPT = 500
"""Streets whose homes a process keeps: reports come from the same few again and again."""


class _Home(NamedTuple):
    """As much of a home as a label and a postcode need: every submission with a point asks for the nearest."""

    uprn: str
    easting: int
    northing: int
    number: str
    name: str
    postcode: str


@lru_cache(maxsize=STREETS_KEPT)
def _homes_on(usrn: str, known: PlaceIndex) -> tuple[_Home, ...]:
    """Return a street's homes, in this state of the land."""
    homes = Dwelling.objects.filter(street_id=usrn).order_by("uprn")
    return tuple(_Home(*row) for row in homes.values_list(*_Home._fields))


def _nearest_home(easting: int, northing: int, usrn: str) -> _Home | None:
    def square(home: _Home) -> int:
        return max(abs(home.easting - easting), abs(home.northing - northing))

    near = [home for home in _homes_on(usrn, index()) if square(home) <= OUTSIDE_A_HOME]
    return min(near, key=lambda h: (h.easting - easting) ** 2 + (h.northing - northing) ** 2, default=None)


def _ward_and_settlement(easting: int, northing: int) -> tuple[str | None, str | None]:
    named = {area.kind: area.name for area in reversed(index().areas_at(easting, northing))}
    return named.get("ward"), named.get("settlement") or named.get("parish")


def place_of_street(usrn: str, note: str = "") -> dict:
    """Return the place in the middle of a street. Raises UnknownPlace."""
    fact = street(usrn)
    if fact is None:
        raise UnknownPlace
    easting, northing = (round(x) for x in fact.line[len(fact.line) // 2])
    lat, lon = to_lat_lon(easting, northing)
    ward, _ = _ward_and_settlement(easting, northing)
    return {
        "lat": lat,
        "lon": lon,
        "easting": easting,
        "northing": northing,
        "street": fact.name,
        "usrn": usrn,
        "uprn": None,
        "postcode": None,
        "ward": ward,
        "label": labels.street_name(fact.name, fact.locality),
        "note": note,
    }


def place_of_dwelling(uprn: str, note: str = "") -> dict:
    """Return the place of a home. Raises UnknownPlace."""
    home = dwelling(uprn)
    if home is None:
        raise UnknownPlace
    return as_place(home, note)


def as_place(home: Dwelling, note: str = "") -> dict:
    """Return a home, read with its street, as a place."""
    ward, _ = _ward_and_settlement(home.easting, home.northing)
    return {
        "lat": home.lat,
        "lon": home.lon,
        "easting": home.easting,
        "northing": home.northing,
        "street": home.street.name,
        "usrn": home.street_id,
        "uprn": home.uprn,
        "postcode": home.postcode,
        "ward": ward,
        "label": labels.address(home.number, home.name, home.street.name, home.street.locality, home.postcode),
        "note": note,
    }


def choice_of(place: dict) -> str:
    """Return the short text that stands for a place in a form or an address: "uprn:...", "usrn:..." or a point."""
    if place.get("uprn"):
        return f"uprn:{place['uprn']}"
    if place.get("usrn") and place["label"] == labels.street_name(place["street"], street(place["usrn"]).locality):
        return f"usrn:{place['usrn']}"
    return f"point:{place['lat']},{place['lon']}"


def chosen(choice: str, note: str = "") -> dict:
    """Return the place that `choice_of` wrote as text. Raises UnknownPlace for anything else."""
    kind, _, value = choice.partition(":")
    if kind == "uprn":
        return place_of_dwelling(value, note)
    if kind == "usrn":
        return place_of_street(value, note)
    lat, _, lon = value.partition(",")
    try:
        return place(float(lat), float(lon), note)
    except (ValueError, OverflowError):
        raise UnknownPlace from None


def complete(posted: dict) -> dict | None:
    """Return the whole place for what the place picker posted, or None when it holds only words to search for.

    Only `choice`, `uprn`, `usrn`, `lat`, `lon` and `note` are believed; names and labels are read here again.
    Raises UnknownPlace.
    """
    note = posted.get("note") or ""
    if posted.get("choice"):
        return chosen(posted["choice"], note)
    if posted.get("uprn"):
        return place_of_dwelling(posted["uprn"], note)
    if posted.get("lat") is not None and posted.get("lon") is not None:
        return place(posted["lat"], posted["lon"], note)
    return place_of_street(posted["usrn"], note) if posted.get("usrn") else None


def between(one: int, other: int) -> tuple[int, bool] | None:
    """Return (kilometres between the middles of two bodies' areas, whether they touch), or None without areas."""
    return index().between(one, other)


def dwelling(uprn: str) -> Dwelling | None:
    """Return a home with its street, or None."""
    return Dwelling.objects.select_related("street").filter(uprn=uprn).first()


def dwellings(uprns: list[str]) -> list[Dwelling]:
    """Return those of the homes that are known, by number, each with its street, in one statement."""
    return list(Dwelling.objects.select_related("street").filter(uprn__in=uprns).order_by("uprn"))


def places_of_dwellings(uprns: list[str]) -> dict[str, dict]:
    """Return {uprn: place} of those of the homes that are known, in one statement at most."""
    return {home.uprn: as_place(home) for home in dwellings(uprns)} if uprns else {}


def homes_in(district_id: int, limit: int) -> list[str]:
    """Return the UPRNs of the first homes of a district or unitary council, in their order."""
    return list(
        Dwelling.objects.filter(district_id=district_id).order_by("uprn").values_list("uprn", flat=True)[:limit]
    )


def homes(district_id: int) -> int:
    """Return how many homes a district or unitary council serves; 0 for bodies that the homes are not counted by."""
    return Dwelling.objects.filter(district_id=district_id).count()


def street(usrn: str) -> StreetFact | None:
    """Return a street with its line, or None; without asking the database."""
    return index().by_usrn.get(usrn)


def streets_within(west: float, south: float, east: float, north: float) -> list[StreetFact]:
    """Return the streets that touch a rectangle of eastings and northings, by USRN; without asking the database."""
    return index().streets_within(west, south, east, north)


def streets_geojson(west: float, south: float, east: float, north: float) -> dict:
    """Return the streets in a rectangle of degrees as GeoJSON (RFC 7946): on a wide map only the larger roads."""
    (left, bottom), (right, top) = to_grid(south, west), to_grid(north, east)
    found = streets_within(left, bottom, right, top)
    if max(right - left, top - bottom) > WIDE:
        found = [street for street in found if street.road_class != "local"]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": street.usrn,
                "geometry": {"type": "LineString", "coordinates": _degrees(street.line)},
                "properties": {
                    "usrn": street.usrn,
                    "name": street.name,
                    "locality": street.locality,
                    "class": street.road_class,
                },
            }
            for street in found[:MOST_STREETS]
        ],
    }


def areas_geojson(kind: str, body_id: int | None = None) -> dict:
    """Return areas as GeoJSON, of all bodies or one; `kind` is "district", "ward", "parish", "settlement" or "body".

    "district" gives the areas of district and unitary councils: together they tile the land.
    """
    known = index()
    return {
        "type": "FeatureCollection",
        "features": [
            _area_feature(area, known.by_id.get(area.body_id))
            for area in known.areas
            if area.ends is None and body_id in (None, area.body_id) and _is_of_kind(area, kind)
        ],
    }


def _is_of_kind(area: AreaFact, kind: str) -> bool:
    if kind != "district":
        return area.kind == kind
    return area.kind == "body" and index().by_id[area.body_id].kind in (Kind.DISTRICT, Kind.UNITARY)


def _area_feature(area: AreaFact, body: BodyFact | None) -> dict:
    polygons = [[_degrees(ring) for ring in polygon] for polygon in area.polygons]
    return {
        "type": "Feature",
        "id": area.code,
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        "properties": {
            "code": area.code,
            "name": area.name,
            "kind": area.kind,
            "body": body.slug if body else None,
            "colour": body.colour if body else None,
        },
    }


def exceptions_of(body_id: int) -> list[tuple[str, int]]:
    """Return what a body does instead of the law's usual body, as (kind of work in words, number of places)."""
    known = index()
    counts: dict[str, int] = {}
    for row in known.exceptions:
        if row.body_id == body_id and row.ends is None:
            for work in row.works:
                counts[work] = counts.get(work, 0) + 1
    return [(duties.duty(work).does, count) for work, count in counts.items()]


def councils_at(place: dict) -> list[BodyFact]:
    """Return the principal councils whose area covers a place, lowest id first; empty outside every area."""
    known = index()
    here = known.areas_at(*_point(place))
    found = [known.by_id[area.body_id] for area in here if area.kind == "body"]
    return [body for body in found if body.kind in PRINCIPAL_COUNCILS]


def _degrees(line) -> list[list[float]]:
    return [[lon, lat] for lat, lon in (to_lat_lon(easting, northing) for easting, northing in line)]
