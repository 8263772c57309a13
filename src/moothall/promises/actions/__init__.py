"""Writes; each refuses with what to do next."""

from moothall.promises.actions.partnerships import (
    MeasuredInTheFuture,
    NoSuchAim,
    NotAMember,
    SourceMissing,
    TimeWrong,
    measure,
    run_fit,
    time_requests,
    watch,
)

__all__ = [
    "MeasuredInTheFuture", "NoSuchAim", "NotAMember", "SourceMissing", "TimeWrong", "measure", "run_fit",
    "time_requests", "watch",
]  # fmt: skip
