"""Writes: invite and begin, set up, take in, try out, go live."""

from moothall.onboarding.actions.beginning import AlreadyHere, HasStaff, NoPack, begin, invite
from moothall.onboarding.actions.going_live import NotReady, go_live
from moothall.onboarding.actions.importing import (
    OPERATION,
    HasProblems,
    NothingGood,
    NotToBeTaken,
    begin_taking,
    bring_file,
    end_taking,
    put_away,
    read_file,
    take_lines,
)
from moothall.onboarding.actions.judged import ALIKE, HERE, SOME, Judged
from moothall.onboarding.actions.reading import COLUMNS
from moothall.onboarding.actions.setting_up import (
    AreaOverlaps,
    AreaWrong,
    HasArea,
    NotBrought,
    UnknownPack,
    bring_staff,
    open_books,
    set_area,
    take_pack,
)
from moothall.onboarding.actions.taking_many import LINES, check_lines, take_many
from moothall.onboarding.actions.trying import NothingToTry, try_services
from moothall.onboarding.rules.staff import Colleague

__all__ = [
    "ALIKE",
    "COLUMNS",
    "HERE",
    "LINES",
    "OPERATION",
    "SOME",
    "AlreadyHere",
    "AreaOverlaps",
    "AreaWrong",
    "Colleague",
    "HasArea",
    "HasProblems",
    "HasStaff",
    "Judged",
    "NoPack",
    "NotBrought",
    "NotReady",
    "NotToBeTaken",
    "NothingGood",
    "NothingToTry",
    "UnknownPack",
    "begin",
    "begin_taking",
    "bring_file",
    "bring_staff",
    "check_lines",
    "end_taking",
    "go_live",
    "invite",
    "open_books",
    "put_away",
    "read_file",
    "set_area",
    "take_lines",
    "take_many",
    "take_pack",
    "try_services",
]
