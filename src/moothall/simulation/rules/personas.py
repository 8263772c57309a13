"""Fifteen people of Marchshire whom a newcomer can be, and the tour from one to the next; see personas.yaml."""

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

DATA = YAML(typ="safe").load(Path(__file__).with_suffix(".yaml"))


@dataclass(frozen=True)
class Persona:
    """Somebody to be: staff are found by body, team and role; the resident by e-mail address."""

    slug: str
    title: str
    does: str
    start: str
    body_id: int | None = None
    team: str = ""
    role: str = ""


@dataclass(frozen=True)
class Stop:
    """One stop of the tour: who you are, what to see there, and where it leads."""

    persona: str
    title: str
    see: str
    address: str


@dataclass(frozen=True)
class Resident:
    """The resident of most stories."""

    name: str
    email: str
    home: str


PERSONAS = tuple(Persona(**one) for one in DATA["personas"])
TOUR = tuple(Stop(**one) for one in DATA["tour"])
RESIDENT = Resident(**DATA["resident"])


def persona(slug: str) -> Persona | None:
    """Return the persona of that slug, or None."""
    return next((one for one in PERSONAS if one.slug == slug), None)
