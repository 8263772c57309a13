"""From latitude and longitude to metres on the ground and back.

A local equirectangular projection about one origin: a degree of latitude is always the same number of metres, a
degree of longitude shrinks by the cosine of the origin's latitude. Within 30 km of the origin a distance between
neighbouring points is wrong by less than 0.7 %: less than the width of a road for anything a resident points at.
The numbers look like British National Grid eastings and northings and are not: the county is invented.
"""

from math import cos, radians

ORIGIN_LAT, ORIGIN_LON = 52.4, -2.0
ORIGIN_EASTING, ORIGIN_NORTHING = 400_000, 280_000
METRES_PER_DEGREE_NORTH = 111_195.08  # mean earth radius 6,371,008.8 m (IUGG) x pi / 180
METRES_PER_DEGREE_EAST = METRES_PER_DEGREE_NORTH * cos(radians(ORIGIN_LAT))


def to_grid(lat: float, lon: float) -> tuple[int, int]:
    """Return easting and northing in whole metres.

    >>> to_grid(52.4, -2.0)
    (400000, 280000)
    >>> to_grid(52.5, -1.9)
    (406785, 291120)
    """
    return (
        round(ORIGIN_EASTING + (lon - ORIGIN_LON) * METRES_PER_DEGREE_EAST),
        round(ORIGIN_NORTHING + (lat - ORIGIN_LAT) * METRES_PER_DEGREE_NORTH),
    )


def to_lat_lon(easting: float, northing: float) -> tuple[float, float]:
    """Return latitude and longitude in degrees, to six places (about 10 cm).

    >>> to_lat_lon(406785, 291120)
    (52.500004, -1.899993)
    """
    return (
        round(ORIGIN_LAT + (northing - ORIGIN_NORTHING) / METRES_PER_DEGREE_NORTH, 6),
        round(ORIGIN_LON + (easting - ORIGIN_EASTING) / METRES_PER_DEGREE_EAST, 6),
    )
