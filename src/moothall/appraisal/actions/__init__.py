"""What can be done to cases: writing, sealing, closing, freezing; publishing; filing evidence; forking."""

from moothall.appraisal.actions.cases import (
    AlreadyThere,
    ChangedMeanwhile,
    Frozen,
    Incomplete,
    NotAnAuthor,
    NothingChanged,
    NotSealedYet,
    NotWritten,
    NotYourStop,
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
from moothall.appraisal.actions.evidence import BodyMissing, file_evidence
from moothall.appraisal.actions.forks import NotWorkable, change_fork, forget_forks, fork
from moothall.appraisal.actions.live import NotYourFigure, read_figure, refresh_figure

__all__ = [
    "AlreadyThere", "BodyMissing", "ChangedMeanwhile", "Frozen", "Incomplete", "NotAnAuthor", "NotFrozen",
    "NotSealedYet", "NotWorkable", "NotWritten", "NotYourFigure", "NotYourStop", "NothingChanged", "Sealed",
    "StillOpen", "TitleTaken", "WithheldUnsoundly", "begin", "change", "change_fork", "close", "file_evidence",
    "forget_forks", "fork", "freeze", "let_in", "publish", "read_figure", "refresh_figure", "reopen", "seal",
]  # fmt: skip
