"""What can be done to cases: writing, sealing, closing, freezing; publishing; filing evidence; forking."""

from moothall.appraisal.actions.cases import (
    AlreadyThere,
    ChangedMeanwhile,
    Frozen,
    Incomplete,
    NotAnAuthor,
    NothingChanged,
    NotSealedYet,
    Sealed,
    StillOpen,
    TitleTaken,
    begin,
    change,
    close,
    freeze,
    let_in,
    reopen,
    seal,
)
from moothall.appraisal.actions.editions import NotFrozen, WithheldUnsoundly, publish
from moothall.appraisal.actions.forks import NotWorkable, change_fork, forget_forks, fork

__all__ = [
    "AlreadyThere", "ChangedMeanwhile", "Frozen", "Incomplete", "NotAnAuthor", "NotFrozen", "NotSealedYet",
    "NotWorkable", "NothingChanged", "Sealed", "StillOpen", "TitleTaken", "WithheldUnsoundly", "begin", "change",
    "change_fork", "close", "forget_forks", "fork", "freeze", "let_in", "publish", "reopen", "seal",
]  # fmt: skip
