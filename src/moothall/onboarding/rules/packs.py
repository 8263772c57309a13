"""Starter packs: what a body of each kind begins with; see packs.yaml."""

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

DATA = YAML(typ="safe").load(Path(__file__).with_suffix(".yaml"))


@dataclass(frozen=True)
class Pack:
    """What a body of one kind begins with: services, teams {code: name}, and the roles it needs."""

    code: str
    title: str
    kind: str
    area: bool
    services: list[str]
    teams: dict[str, str]
    posts: list[str]


PACKS = {code: Pack(code, **given) for code, given in DATA.items()}


def pack(code: str) -> Pack | None:
    """Return the pack of this code, or None."""
    return PACKS.get(code)


def pack_for(kind: str) -> Pack | None:
    """Return the pack for a kind of body, or None where there is none.

    >>> pack_for("police").services
    ['information-request']
    """
    return next((one for one in PACKS.values() if one.kind == kind), None)
