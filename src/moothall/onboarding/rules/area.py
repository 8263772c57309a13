"""Reads an area as a mapping tool puts it out: GeoJSON in longitude and latitude (RFC 7946)."""

import json

MOST_POINTS = 200_000


class BadArea(Exception):
    """What is wrong with it, in a sentence."""


def polygons(text: str) -> list:
    """Return the polygons of a GeoJSON text: each a list of rings of (longitude, latitude).

    A geometry, a feature or a collection of features; what is no polygon is refused. Source: RFC 7946 s.3.

    >>> len(polygons('{"type": "Polygon", "coordinates": [[[-2, 52], [-2, 53], [-1, 53], [-2, 52]]]}'))
    1
    """
    try:
        found = list(_polygons(json.loads(text)))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BadArea("That is no GeoJSON. Export the area as GeoJSON and choose that file.") from None
    if not found:
        raise BadArea("There is no polygon in that file. Export the outline of the area, not points or lines.")
    rings = [ring for polygon in found for ring in polygon]
    if sum(len(ring) for ring in rings) > MOST_POINTS:
        raise BadArea(f"That outline has more than {MOST_POINTS:,} points. Simplify it to a few metres first.")
    for ring in rings:
        _check(ring)
    return found


def _check(ring: list) -> None:
    if len(ring) < 4:
        raise BadArea("A ring of that outline has fewer than four points. Export it again.")
    if not all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring):
        raise BadArea("That outline is not in longitude and latitude. Export it as WGS 84 (EPSG:4326).")


def _polygons(given: dict):
    match given.get("type"):
        case "FeatureCollection":
            for feature in given["features"]:
                yield from _polygons(feature)
        case "Feature":
            yield from _polygons(given["geometry"])
        case "GeometryCollection":
            for geometry in given["geometries"]:
                yield from _polygons(geometry)
        case "Polygon":
            yield _rings(given["coordinates"])
        case "MultiPolygon":
            for one in given["coordinates"]:
                yield _rings(one)
        case other:
            raise BadArea(f"A {str(other)[:20]} is no area. Export the outline as polygons.")


def _rings(coordinates: list) -> list:
    return [[(float(point[0]), float(point[1])) for point in ring] for ring in coordinates]
