"""The legal routes by which one public body may do another's work: dated data, each with its source."""

import datetime as dt
from dataclasses import dataclass

COUNCILS = ("county", "district", "unitary", "parish")
LEGISLATION = "https://www.legislation.gov.uk"


@dataclass(frozen=True)
class Route:
    """A power, from the day it came into force; for which ways of providing, and for which kinds of body that ask.

    No kinds: any. `source` is where to read the law.
    """

    code: str
    name: str
    what: str
    provisions: tuple[str, ...]
    starts: dt.date
    source: str
    kinds: tuple[str, ...] = ()
    ends: dt.date | None = None


ROUTES = (
    Route(
        "goods-and-services", "Local Authorities (Goods and Services) Act 1970 s.1",
        "A council supplies another public body with services, vehicles or goods, for payment.",
        ("own-staff",), dt.date(1970, 5, 29), f"{LEGISLATION}/ukpga/1970/39/section/1",
    ),
    Route(
        "executive-functions", "Local Government Act 2000 s.9EA and SI 2012/1019",
        "An executive arranges for another council to carry out a function that is the executive’s.",
        ("own-staff",), dt.date(2012, 5, 4), f"{LEGISLATION}/uksi/2012/1019", COUNCILS,
    ),
    Route(
        "discharge", "Local Government Act 1972 s.101",
        "A council arranges for another council to carry out a function that is not its executive’s.",
        ("own-staff",), dt.date(1974, 4, 1), f"{LEGISLATION}/ukpga/1972/70/section/101", COUNCILS,
    ),
    Route(
        "joint-committee", "Local Government Act 1972 ss.101(5) and 102",
        "Councils carry out a function together, through a joint committee that they appoint.",
        ("own-staff", "owned-company"), dt.date(1974, 4, 1), f"{LEGISLATION}/ukpga/1972/70/section/102", COUNCILS,
    ),
    Route(
        "lent-staff", "Local Government Act 1972 s.113",
        "A council places its officers at the disposal of another, after consulting them.",
        ("own-staff",), dt.date(1974, 4, 1), f"{LEGISLATION}/ukpga/1972/70/section/113", COUNCILS,
    ),
    Route(
        "owned-company", "Localism Act 2011 ss.1 and 4, with Procurement Act 2023 Sch.2 para.2",
        "A company that councils own and control does it, without procurement, as a vertical arrangement.",
        ("owned-company",), dt.date(2025, 2, 24), f"{LEGISLATION}/ukpga/2023/54/schedule/2", COUNCILS,
    ),
    Route(
        "contract", "Local Government (Contracts) Act 1997 s.1, awarded under the Procurement Act 2023",
        "A council enters into a contract for what its functions need, once it has been awarded.",
        ("contractor",), dt.date(2025, 2, 24), f"{LEGISLATION}/ukpga/1997/65/section/1", COUNCILS,
    ),
)  # fmt: skip


def routes(provision: str, kind: str, on: dt.date) -> list[Route]:
    """Return the routes open on a day to a kind of body for a way of providing.

    >>> [route.code for route in routes("contractor", "district", dt.date(2026, 11, 20))]
    ['contract']
    >>> [route.code for route in routes("own-staff", "police", dt.date(2026, 11, 20))]
    ['goods-and-services']
    """
    return [
        route
        for route in ROUTES
        if provision in route.provisions
        and (not route.kinds or kind in route.kinds)
        and route.starts <= on
        and (route.ends is None or on < route.ends)
    ]


def route(code: str) -> Route | None:
    """Return a route by its code."""
    return next((row for row in ROUTES if row.code == code), None)
