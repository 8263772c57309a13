"""What councils' other systems hold about people: council tax, housing, libraries. All invented.

Some people stand in two systems of one body, written a little differently, so that staff have somebody to recognise;
some only look alike, so that staff have somebody to keep apart.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from .names import Names
from .needs import OF_REGISTER

COUNCIL_TAX, HOUSING, LIBRARY = "council-tax", "housing-register", "libraries"
A_DISTRICT_HAS, THE_COUNTY_HAS, TWICE, ALIKE = 14, 12, 6, 2
COUNTY, DISTRICTS, EASTWOLD = 1, (2, 3, 4, 5), 9
OLDEST, YOUNGEST = date(1938, 1, 1), date(2007, 12, 31)
PURPOSES = {
    COUNCIL_TAX: ("billing council tax", "legal-obligation"),
    HOUSING: ("finding people a home", "public-task"),
    LIBRARY: ("lending books", "contract"),
}
LANGUAGES = ("", "", "", "", "", "cy", "pl", "ur")


@dataclass(frozen=True)
class Entry:
    """What one system of one body says about one person."""

    body_id: int
    system: str
    reference: str
    name: str
    born: date
    uprn: str
    email: str = ""
    phone: str = ""
    language: str = ""
    needs: tuple[str, ...] = ()


def registers(seed: int, homes: dict[int, list[str]], resident: Entry) -> list[Entry]:
    """Return the entries of every register; `homes` are UPRNs by district, `resident` somebody to be among them."""
    random = Random(f"registers/{seed}")  # noqa: S311 (made-up people, not a secret)
    names, entries = Names(random), [resident]
    for body in (*DISTRICTS, EASTWOLD):
        own = [_somebody(body, COUNCIL_TAX, n, homes[body], names, random) for n in range(A_DISTRICT_HAS)]
        entries += own
        entries += [_again(entry, n, random) for n, entry in enumerate(own[:TWICE])]
        entries += [_looks_alike(entry, n, homes[body], random) for n, entry in enumerate(own[TWICE : TWICE + ALIKE])]
    everywhere = [uprn for body in DISTRICTS for uprn in homes[body]]
    entries += [_somebody(COUNTY, LIBRARY, n, everywhere, names, random) for n in range(THE_COUNTY_HAS)]
    return entries


def _somebody(body: int, system: str, n: int, homes: list[str], names: Names, random: Random) -> Entry:
    name = names.person()
    email = f"{name.lower().replace(' ', '.')}.{body}{n:02d}@people.example"
    return Entry(
        body_id=body,
        system=system,
        reference=f"{system[:2].upper()}-{body}{random.randint(1_000, 9_999)}{n:02d}",
        name=name,
        born=OLDEST + timedelta(days=random.randrange((YOUNGEST - OLDEST).days)),
        uprn=random.choice(homes),
        email=email if random.random() < 0.8 else "",
        phone=f"07700 900{random.randrange(1_000):03d}",
        language=random.choice(LANGUAGES),
        needs=OF_REGISTER.get(n, ()) if system == COUNCIL_TAX else (),
    )


def _again(entry: Entry, n: int, random: Random) -> Entry:
    """Return the same person as the housing register writes them: another form of name, one fact the same."""
    name = random.choice((entry.name.upper(), f"Mx {entry.name}", entry.name.lower()))
    same = replace(entry, system=HOUSING, reference=f"HO-{entry.body_id}{n:03d}", name=name, language="", needs=())
    return replace(same, email="") if n % 2 else replace(same, phone="07700 900999", email=entry.email.upper())


def _looks_alike(entry: Entry, n: int, homes: list[str], random: Random) -> Entry:
    """Return somebody else of the same name, such as a grandchild at the same address."""
    born = entry.born + timedelta(days=18_000) if entry.born < date(1955, 1, 1) else entry.born - timedelta(days=9_000)
    return replace(
        entry,
        system=HOUSING,
        reference=f"HO-{entry.body_id}9{n:02d}",
        born=born,
        email="",
        phone="",
        language="",
        needs=(),
    )
