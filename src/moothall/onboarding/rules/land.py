"""Reads streets and addresses as a gazetteer puts them out. Points are metres on our grid, or degrees (WGS 84)."""

import re
from dataclasses import dataclass

from .lines import BadLine, needed, whole

STREETS, ADDRESSES = ("usrn", "street", "line"), ("uprn", "usrn", "postcode")
CLASSES = ("trunk", "main", "secondary", "local")
WKT = re.compile(r"LINESTRING\s*\(([^()]+)\)", re.I)
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}")


@dataclass(frozen=True)
class StreetRow:
    """A street; `points` are pairs as they stand in the file, `degrees` whether these are longitude and latitude."""

    usrn: str
    name: str
    locality: str
    road_class: str
    points: tuple[tuple[float, float], ...]
    degrees: bool


@dataclass(frozen=True)
class AddressRow:
    """A home, at a point as it stands in the file."""

    uprn: str
    usrn: str
    number: str
    name: str
    postcode: str
    point: tuple[float, float]
    degrees: bool


def street(given: dict) -> StreetRow:
    """Read one street: usrn, street, locality, class, and its line as WKT.

    >>> street({"usrn": "99000001", "street": "Mill Lane", "line": "LINESTRING (400000 280000, 400100 280000)"}).points
    ((400000.0, 280000.0), (400100.0, 280000.0))
    """
    found = WKT.fullmatch(needed(given, "line", "the street’s line as LINESTRING (x y, x y)"))
    try:
        pairs = tuple(tuple(float(x) for x in pair.split()) for pair in found[1].split(",")) if found else ()
    except ValueError:
        pairs = ()
    if len(pairs) < 2 or any(len(pair) != 2 for pair in pairs):
        raise BadLine("The column line is no line. Write it as LINESTRING (x y, x y) with two points or more.")
    road_class = str(given.get("class") or "local").lower()
    if road_class not in CLASSES:
        raise BadLine(f"There is no class “{road_class[:20]}”. The classes are: {', '.join(CLASSES)}.")
    name = needed(given, "street", "the name of the street")[:120]
    return StreetRow(_usrn(given), name, str(given.get("locality") or "")[:120], road_class, pairs, _degrees(pairs[0]))


def address(given: dict) -> AddressRow:
    """Read one home: uprn, usrn, number or name, postcode, and easting and northing or lon and lat.

    >>> given = {"uprn": "1", "usrn": "99000001", "number": "14", "postcode": "zm1 2ab", "lon": "-2", "lat": "52.4"}
    >>> address(given).postcode, address(given).degrees
    ('ZM1 2AB', True)
    """
    uprn = needed(given, "uprn", "the home’s number")
    if not re.fullmatch(r"[0-9]{1,12}", uprn):
        raise BadLine("The column uprn holds no number of up to twelve digits.")
    postcode = " ".join(needed(given, "postcode", "the postcode").upper().split())
    if not POSTCODE.fullmatch(postcode):
        raise BadLine("The column postcode holds no postcode like ZM1 2AB.")
    number, name = str(given.get("number") or "").strip(), str(given.get("name") or "").strip()
    if bool(number) == bool(name) or len(number) > 8 or len(name) > 80:
        raise BadLine("A home has a number of up to eight characters or a name of up to eighty, one of the two.")
    if given.get("lon") or given.get("lat"):
        try:
            point, degrees = (float(given["lon"]), float(given["lat"])), True
        except (KeyError, ValueError):
            raise BadLine("The columns lon and lat hold no point.") from None
    else:
        point, degrees = (whole(given, "easting"), whole(given, "northing")), False
    return AddressRow(uprn, _usrn(given), number, name, postcode, point, degrees)


def _usrn(given: dict) -> str:
    usrn = needed(given, "usrn", "the street’s number")
    if not re.fullmatch(r"[0-9]{8}", usrn):
        raise BadLine("The column usrn holds no number of eight digits.")
    return usrn


def _degrees(pair: tuple[float, float]) -> bool:
    return abs(pair[0]) <= 180 and abs(pair[1]) <= 90
