"""Writes: invite and begin, set up, take in, try out, go live."""

from moothall.onboarding.actions.beginning import AlreadyHere, HasStaff, NoPack, begin, invite
from moothall.onboarding.actions.going_live import NotReady, go_live
from moothall.onboarding.actions.setting_up import (
    AreaOverlaps,
    AreaWrong,
    HasArea,
    UnknownPack,
    bring_staff,
    open_books,
    set_area,
    take_pack,
)
from moothall.onboarding.actions.trying import NothingToTry, try_services

__all__ = [
    "AlreadyHere",
    "AreaOverlaps",
    "AreaWrong",
    "HasArea",
    "HasStaff",
    "NoPack",
    "NotReady",
    "NothingToTry",
    "UnknownPack",
    "begin",
    "bring_staff",
    "go_live",
    "invite",
    "open_books",
    "set_area",
    "take_pack",
    "try_services",
]
