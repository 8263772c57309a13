"""Savings of the made-up county, read from a file."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Stated(_Row):
    """A baseline that somebody states."""

    by: str
    pounds: int
    source: str
    because: str = ""


class Reported(_Row):
    """What its owner reports."""

    gross: int
    cost: int
    source: str


class Said(_Row):
    """Who blocked it or gave it up, and why."""

    by: str
    why: str


class Promised(_Row):
    """One saving, and how far it comes."""

    key: str
    body: int
    title: str
    title_cy: str
    kind: Literal["cash", "avoided", "non-cash"] = "cash"
    unit: str = ""
    service: str = ""
    partnership: str = ""
    figures: tuple[tuple[int, int], ...]
    approved: tuple[tuple[int, int], ...] = ()
    source: str
    cause: str = ""
    quality: str = ""
    baseline: Stated | None = None
    dispute: Stated | None = None
    parts: tuple[tuple[int | str, int], ...] = ()
    reported: Reported | None = None
    reach: Literal["promised", "blocked", "given-up", "approved", "approved-in-dispute", "realised", "verified"]
    centre: str = ""
    blocked: Said | None = None
    given_up: Said | None = None


@cache
def promised() -> tuple[Promised, ...]:
    """Return the savings, in the order in which they were promised."""
    rows = YAML(typ="safe").load(Path(__file__).with_name("savings.yaml"))
    return tuple(Promised.model_validate(row) for row in rows)
