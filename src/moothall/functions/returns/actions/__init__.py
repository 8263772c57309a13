"""What is done to returns: filed, asked for by hand or by a file, corrected, ended; what is personal is erased."""

from moothall.functions.returns.actions.filing import file, leave
from moothall.functions.returns.actions.forgetting import erase_cases, forget_body, keep_no_longer
from moothall.functions.returns.actions.register import (
    AlreadyEnded,
    AlreadyOwed,
    HasProblems,
    NoSuchDay,
    NotAsked,
    NothingGood,
    NothingNew,
    NotOurs,
    ReasonMissing,
    bring,
    correct,
    end,
    open_entry,
)

__all__ = [
    "AlreadyEnded",
    "AlreadyOwed",
    "HasProblems",
    "NoSuchDay",
    "NotAsked",
    "NotOurs",
    "NothingGood",
    "NothingNew",
    "ReasonMissing",
    "bring",
    "correct",
    "end",
    "erase_cases",
    "file",
    "forget_body",
    "keep_no_longer",
    "leave",
    "open_entry",
]
