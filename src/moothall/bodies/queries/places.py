"""What is at a place, and who is responsible there."""

from datetime import date

from moothall.bodies.models import Dwelling
from moothall.bodies.rules import duties, labels
from moothall.bodies.rules.index import NEAR_A_ROAD, Responsible
from moothall.bodies.rules.projection import to_grid, to_lat_lon
from moothall.bodies.rules.shapes import StreetFact
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

    One statement (the nearest home). The keys are those every chapter uses for a place.
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


def _nearest_home(easting: int, northing: int, usrn: str) -> Dwelling | None:
    reach = OUTSIDE_A_HOME
    homes = Dwelling.objects.filter(
        street_id=usrn,
        easting__range=(easting - reach, easting + reach),
        northing__range=(northing - reach, northing + reach),
    )
    return min(homes, key=lambda h: ((h.easting - easting) ** 2 + (h.northing - northing) ** 2, h.uprn), default=None)


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


def dwelling(uprn: str) -> Dwelling | None:
    """Return a home with its street, or None."""
    return Dwelling.objects.select_related("street").filter(uprn=uprn).first()


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
    """Return the areas of one kind ("body", "ward", "parish", "settlement") as GeoJSON, of all bodies or one."""
    known = index()
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": area.code,
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[_degrees(ring) for ring in polygon] for polygon in area.polygons],
                },
                "properties": {
                    "code": area.code,
                    "name": area.name,
                    "kind": area.kind,
                    "body": known.by_id[area.body_id].slug if area.body_id else None,
                    "colour": known.by_id[area.body_id].colour if area.body_id else None,
                },
            }
            for area in known.areas
            if area.kind == kind and area.ends is None and body_id in (None, area.body_id)
        ],
    }


def _degrees(line) -> list[list[float]]:
    return [[lon, lat] for lat, lon in (to_lat_lon(easting, northing) for easting, northing in line)]
