"""Writes: bodies, teams, appointments, and the land."""

from .changing import NotAColour, NowhereToSend, admit, rename, restyle
from .colleagues import NotOneself, ResidentsAddress, bring_in, let_go
from .groups import NoGroup, drop_group, keep_group, welcome_groups
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
    leave_platform,
)

__all__ = [
    "AlreadyEnded",
    "NameTaken",
    "NoGroup",
    "NotAColour",
    "NotOneself",
    "NowhereToSend",
    "ResidentsAddress",
    "TooPale",
    "UnknownRole",
    "admit",
    "appoint",
    "bring_in",
    "drop_group",
    "end_appointment",
    "form_team",
    "found_body",
    "keep_group",
    "lay_out",
    "leave_platform",
    "let_go",
    "rename",
    "restyle",
    "welcome_groups",
]
