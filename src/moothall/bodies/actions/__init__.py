"""Writes: bodies, teams, appointments, and the land."""

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
    "TooPale",
    "UnknownRole",
    "appoint",
    "end_appointment",
    "form_team",
    "found_body",
    "lay_out",
]
