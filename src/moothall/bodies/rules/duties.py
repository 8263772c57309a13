"""Which kind of body the law makes responsible for which kind of work in England.

One row a kind of work, dated, with the Act. Where a county and a district share an area the duty falls on one of
them; a unitary council has both. A row names the kinds in the order in which they are looked for: an area has
either a county with districts or a unitary council, never both (Local Government Act 1972 s.1; Local Government
Act 1992 s.17).
"""

from dataclasses import dataclass
from datetime import date

from .kinds import Kind

COUNTY_LEVEL = (Kind.COUNTY, Kind.UNITARY)
DISTRICT_LEVEL = (Kind.DISTRICT, Kind.UNITARY)


@dataclass(frozen=True)
class Duty:
    """One kind of work, who must do it, and since when.

    `work` is the name other chapters use, `does` what a resident would call it. `follows_road` is true for work
    that goes with a road and so with whoever runs that road; `nearest` for work that has no place of its own
    in law and goes to the council nearest to people.
    """

    work: str
    does: str
    kinds: tuple[Kind, ...]
    source: str
    starts: date
    until: date | None = None
    follows_road: bool = False
    nearest: bool = False


DUTIES = (
    Duty(
        "highways",
        "Roads, pavements and potholes",
        COUNTY_LEVEL,
        "Highways Act 1980 s.1(2), s.41",
        date(1981, 1, 1),
        follows_road=True,
    ),
    Duty(
        "street-lights",
        "Street lights",
        COUNTY_LEVEL,
        "Highways Act 1980 s.97",
        date(1981, 1, 1),
        follows_road=True,
    ),
    Duty(
        "waste-collection",
        "Bins and recycling",
        DISTRICT_LEVEL,
        "Environmental Protection Act 1990 s.30(3), s.45",
        date(1992, 4, 1),
    ),
    Duty(
        "waste-disposal",
        "Tips and recycling centres",
        COUNTY_LEVEL,
        "Environmental Protection Act 1990 s.30(2), s.51",
        date(1992, 4, 1),
    ),
    Duty(
        "fly-tipping",
        "Rubbish dumped on public land",
        DISTRICT_LEVEL,
        "Environmental Protection Act 1990 s.59, s.89",
        date(1992, 4, 1),
    ),
    Duty(
        "street-cleaning",
        "Litter and street cleaning",
        DISTRICT_LEVEL,
        "Environmental Protection Act 1990 s.89",
        date(1991, 4, 1),
    ),
    Duty(
        "abandoned-vehicles",
        "Abandoned vehicles",
        DISTRICT_LEVEL,
        "Refuse Disposal (Amenity) Act 1978 s.3",
        date(1978, 4, 23),
    ),
    Duty(
        "pests",
        "Rats, mice and other pests",
        DISTRICT_LEVEL,
        "Prevention of Damage by Pests Act 1949 s.1, s.2",
        date(1974, 4, 1),
    ),
    Duty("advice", "Advice at the council's office", DISTRICT_LEVEL, "Localism Act 2011 s.1", date(2012, 2, 18)),
    Duty(
        "parking",
        "Parking permits and penalties on the street",
        COUNTY_LEVEL,
        "Road Traffic Regulation Act 1984 s.45; Traffic Management Act 2004 Part 6, Schedule 8",
        date(2008, 3, 31),
    ),
    Duty(
        "registration",
        "Registering births, deaths and marriages",
        COUNTY_LEVEL,
        "Registration Service Act 1953 s.6",
        date(1974, 4, 1),
    ),
    Duty("council-tax", "Council tax", DISTRICT_LEVEL, "Local Government Finance Act 1992 s.1, s.2", date(1993, 4, 1)),
    Duty(
        "business-rates",
        "Business rates",
        DISTRICT_LEVEL,
        "Local Government Finance Act 1988 s.43, s.45; Local Government Finance Act 1992 s.1(2)",
        date(1993, 4, 1),
    ),
    Duty(
        "council-tax-reduction",
        "Help with council tax",
        DISTRICT_LEVEL,
        "Local Government Finance Act 1992 s.13A",
        date(2013, 4, 1),
    ),
    Duty(
        "housing-benefit",
        "Help with rent",
        DISTRICT_LEVEL,
        "Social Security Administration Act 1992 s.134",
        date(1993, 4, 1),
    ),
    Duty(
        "housing",
        "Housing and homelessness",
        DISTRICT_LEVEL,
        "Housing Act 1985 s.1; Housing Act 1996 Part 7",
        date(1997, 1, 20),
    ),
    Duty("planning", "Planning", DISTRICT_LEVEL, "Town and Country Planning Act 1990 s.1", date(1990, 8, 24)),
    Duty("licensing", "Licences for alcohol and events", DISTRICT_LEVEL, "Licensing Act 2003 s.3", date(2005, 11, 24)),
    Duty(
        "taxis",
        "Licences for taxis and private hire",
        DISTRICT_LEVEL,
        "Town Police Clauses Act 1847 s.37; Local Government (Miscellaneous Provisions) Act 1976 s.48, s.51",
        date(1977, 1, 1),
    ),
    Duty(
        "rented-homes",
        "Licences for rented homes",
        DISTRICT_LEVEL,
        "Housing Act 2004 s.55, s.79",
        date(2006, 4, 6),
    ),
    Duty(
        "food-safety",
        "Food hygiene and registering food businesses",
        DISTRICT_LEVEL,
        "Food Safety Act 1990 s.5; Food Safety and Hygiene (England) Regulations 2013 (SI 2013/2996) reg. 5",
        date(2013, 12, 31),
    ),
    Duty("noise", "Noise and nuisance", DISTRICT_LEVEL, "Environmental Protection Act 1990 s.79", date(1991, 1, 1)),
    Duty(
        "elections",
        "Registering to vote",
        DISTRICT_LEVEL,
        "Representation of the People Act 1983 s.8",
        date(1983, 3, 15),
    ),
    Duty(
        "schools",
        "School places and school transport",
        COUNTY_LEVEL,
        "Education Act 1996 s.12, s.508B",
        date(1996, 11, 1),
    ),
    Duty("social-care", "Care for adults", COUNTY_LEVEL, "Care Act 2014 s.1", date(2015, 4, 1)),
    Duty(
        "safeguarding",
        "Keeping children and adults safe from harm",
        COUNTY_LEVEL,
        "Care Act 2014 s.42; Children Act 1989 s.47",
        date(2015, 4, 1),
    ),
    Duty("libraries", "Libraries", COUNTY_LEVEL, "Public Libraries and Museums Act 1964 s.7", date(1965, 4, 1)),
    Duty("bus-passes", "Bus passes", COUNTY_LEVEL, "Transport Act 2000 s.145A; SI 2010/1179", date(2011, 4, 1)),
    Duty(
        "blue-badges",
        "Blue Badges",
        COUNTY_LEVEL,
        "Chronically Sick and Disabled Persons Act 1970 s.21",
        date(1971, 12, 1),
    ),
    Duty(
        "trading-standards", "Trading standards", COUNTY_LEVEL, "Weights and Measures Act 1985 s.69", date(1986, 1, 30)
    ),
    Duty(
        "home-repairs",
        "Repairs to rented homes",
        DISTRICT_LEVEL,
        "Landlord and Tenant Act 1985 s.11 (its own homes); Housing Act 2004 s.1, s.4 (other landlords')",
        date(2006, 4, 6),
    ),
    Duty("policing", "Police", (Kind.POLICE,), "Police Act 1996 s.2", date(1996, 8, 22)),
    Duty("fire", "Fire and rescue", (Kind.FIRE,), "Fire and Rescue Services Act 2004 s.1", date(2004, 10, 1)),
    Duty(
        "information",
        "Asking for information that is on record",
        (
            Kind.DISTRICT,
            Kind.UNITARY,
            Kind.COUNTY,
            Kind.POLICE,
            Kind.FIRE,
            Kind.HEALTH,
            Kind.SCHOOL_TRUST,
            Kind.COMPANY,
        ),
        "Freedom of Information Act 2000 s.1, s.3, s.6, Schedule 1",
        date(2005, 1, 1),
        nearest=True,
    ),
    Duty(
        "complaint",
        "A complaint about a council",
        (Kind.DISTRICT, Kind.UNITARY, Kind.COUNTY),
        "Local Government Act 1974 s.26(5)",
        date(1974, 4, 1),
        nearest=True,
    ),
)
"""`starts` is a day by which the provision was in force for this work, not always its first."""

FIND_A_COUNCIL = "https://www.gov.uk/find-local-council"
"""Where somebody outside every area we know is sent (GOV.UK, "Find your local council")."""


def duty(work: str, on: date | None = None) -> Duty | None:
    """Return the duty for a kind of work on a day (None: the one in force now), or None when nobody has it.

    >>> duty("highways").source
    'Highways Act 1980 s.1(2), s.41'
    >>> duty("social-care", date(2014, 1, 1)) is None
    True
    """
    for row in DUTIES:
        if row.work == work and (
            row.until is None if on is None else row.starts <= on and (row.until is None or on < row.until)
        ):
            return row
    return None


def duties() -> tuple[Duty, ...]:
    """Return every duty now in the table, in its order."""
    return tuple(row for row in DUTIES if row.until is None)


def kinds_of_work() -> tuple[str, ...]:
    """Return the names of every kind of work now in the table, in its order."""
    return tuple(row.work for row in DUTIES if row.until is None)


def duties_of(kind: Kind) -> tuple[Duty, ...]:
    """Return the duties now in force that the law gives to a kind of body.

    >>> [row.work for row in duties_of(Kind.FIRE)]
    ['fire', 'information']
    """
    return tuple(row for row in DUTIES if row.until is None and kind in row.kinds)
