"""Finding a place from what somebody types: a postcode, an address, a street, a town, misspelt a little."""

from django.db import connection

from moothall.bodies.models import Dwelling
from moothall.bodies.rules import labels, words
from moothall.bodies.rules.projection import to_lat_lon

from .edition import index
from .places import as_place, place_of_street

NEAR_THE_BEST = 0.72
"""A find is kept when it scores at least this share of the best one. Tuned on misspelt streets, see the tests."""

STREETS = """
select usrn, similarity(search, %(q)s) + word_similarity(%(q)s, search) + (search like %(start)s)::int as score
from bodies_street where search %% %(q)s or %(q)s <%% search order by score desc, usrn limit 40
"""
HOMES = """
select uprn, 1 + similarity(search, %(q)s) as score
from bodies_dwelling where search <> '' and search like all(%(every)s) order by score desc, uprn limit 10
"""
MISSPELT_HOMES = """
select uprn, similarity(search, %(q)s) + word_similarity(%(q)s, search) as score
from bodies_dwelling where search <> '' and search %% %(q)s order by score desc, uprn limit 10
"""


def find_places(text: str, limit: int = 10) -> list[dict]:
    """Return places for what somebody typed, best first; empty when nothing is near.

    Each is a place as everywhere, with `kind`: "address", "postcode", "street" or "settlement". At most four
    statements, however much is found.
    """
    code, rest = words.postcode_in(text)
    if code:
        found = _at_postcode(code, rest)
        if found:
            return found[:limit]
    number, street_words = words.house_number(words.search_words(rest))
    if not street_words:
        return []
    streets = _streets(street_words)
    if number:
        found = _numbered(number, streets)
        if found:
            return found[:limit]
    finds = [*_settlements(street_words), *streets]
    if not number:
        finds += _named_homes(HOMES, street_words)
        finds = finds or _named_homes(MISSPELT_HOMES, street_words)
    if not finds:
        return []
    finds.sort(key=lambda find: -find[0])
    best = [make for score, make in finds if score >= NEAR_THE_BEST * finds[0][0]]
    return [make() for make in best[:limit]]


def _at_postcode(code: str, rest: str) -> list[dict]:
    homes = list(Dwelling.objects.filter(postcode=code).select_related("street"))
    if not homes:
        return []
    wanted = words.search_words(rest)
    number, name = words.house_number(wanted)
    matching = [h for h in homes if h.number == number] if number else [h for h in homes if name and name in h.search]
    if matching:
        return [_address(home) for home in matching]
    middle = _address(homes[len(homes) // 2])
    streets = sorted({home.street.name for home in homes})
    middle |= {"kind": "postcode", "uprn": None, "label": f"{code}: {', '.join(streets)}"}
    return [middle, *(_address(home) for home in sorted(homes, key=_by_number))]


def _address(home: Dwelling) -> dict:
    return as_place(home) | {"kind": "address"}


def _by_number(home: Dwelling) -> tuple:
    digits = "".join(letter for letter in home.number if letter.isdigit())
    return (home.street.name, int(digits or 0), home.number, home.name)


def _streets(wanted: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(STREETS, {"q": wanted, "start": f"{wanted}%"})
        rows = cursor.fetchall()
    return [(score, _StreetFind(usrn)) for usrn, score in rows]


class _StreetFind:
    """A street that was found; made into a place only when it is shown."""

    def __init__(self, usrn: str):
        self.usrn = usrn

    def __call__(self) -> dict:
        return place_of_street(self.usrn) | {"kind": "street"}


def _numbered(number: str, streets: list[tuple]) -> list[dict]:
    """Return the homes of this number on the streets that score near the best."""
    if not streets:
        return []
    near = {find.usrn: score for score, find in streets if score >= NEAR_THE_BEST * streets[0][0]}
    homes = Dwelling.objects.filter(street_id__in=near, number=number).select_related("street")
    return [_address(home) for home in sorted(homes, key=lambda h: (-near[h.street_id], h.uprn))]


def _named_homes(statement: str, wanted: str) -> list[tuple]:
    """Return homes with a name instead of a number; a single word, such as "lane", would find too many."""
    every = [f"%{word}%" for word in wanted.split()]
    if len(every) < 2:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, {"q": wanted, "every": every})
        scores = dict(cursor.fetchall())
    homes = Dwelling.objects.filter(uprn__in=scores).select_related("street") if scores else ()
    return [(scores[home.uprn], lambda home=home: _address(home)) for home in homes]


def _settlements(wanted: str) -> list[tuple]:
    """Return the towns and villages of exactly this name: they come before any street."""
    return [
        (3.0, lambda area=area: _settlement(area))
        for area in index().areas
        if area.kind == "settlement" and words.plain(area.name) == wanted
    ]


def _settlement(area) -> dict:
    lat, lon = to_lat_lon(area.easting, area.northing)
    return {
        "lat": lat,
        "lon": lon,
        "easting": area.easting,
        "northing": area.northing,
        "street": None,
        "usrn": None,
        "uprn": None,
        "postcode": None,
        "ward": None,
        "label": labels.street_name(area.name, ""),
        "note": "",
        "kind": "settlement",
    }
