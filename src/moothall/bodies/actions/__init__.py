"""Writes: bodies, teams, appointments, and the land."""

from .colleagues import NotOneself, ResidentsAddress, bring_in, let_go
from .land import lay_out
from .organisation import (
    AlreadyEnded,
    NameTaken,
    TooPale,
    UnknownRole,
    appoint,
    end_appointment,
    form_team,
    found_body,
)

__all__ = [
    "AlreadyEnded",
    "NameTaken",
    "NotOneself",
    "ResidentsAddress",
    "TooPale",
    "UnknownRole",
    "appoint",
    "bring_in",
    "end_appointment",
    "form_team",
    "found_body",
    "lay_out",
    "let_go",
]
