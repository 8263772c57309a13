"""Improvement plans, funds and ideas of the made-up county, read from a file."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Act(_Row):
    """One action of a plan."""

    title: str
    begins: float
    ends: float
    costs: tuple[int, int, int]
    effect: str
    saving: str = ""
    state: str = "planned"
    outcome: str = ""


class Heard(_Row):
    """What a group said."""

    group: str
    asked: str
    said: str
    answer: str


class Written(_Row):
    """A plan; it is adopted where somebody adopts it."""

    body: int
    service: str
    priorities: str
    councillor_adopts: str = ""
    actions: tuple[Act, ...]
    voices: tuple[Heard, ...]
    lesson: str = ""


class Held(_Row):
    """A fund."""

    body: int
    pounds: int
    most: int
    by: str
    minute: str


class Thought(_Row):
    """An idea, and what became of it."""

    body: int
    role: str
    title: str
    words: str
    origin: str
    service: str = ""
    grant: int = 0
    shows: str = ""
    result: str = ""
    learnt: str = ""
    spent: int = 0
    decline: str = ""


class Told(_Row):
    """All of the file."""

    plans: tuple[Written, ...]
    funds: tuple[Held, ...]
    ideas: tuple[Thought, ...]


@cache
def told() -> Told:
    """Return the plans, funds and ideas."""
    return Told.model_validate(YAML(typ="safe").load(Path(__file__).with_name("plans.yaml")))
