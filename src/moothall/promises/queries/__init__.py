"""Reads; row security has the last word on what they return."""

from moothall.promises.queries.partnerships import (
    due,
    evidence_of,
    findings,
    health,
    last_run,
    replays,
    runs,
    sent,
    times,
)

__all__ = ["due", "evidence_of", "findings", "health", "last_run", "replays", "runs", "sent", "times"]
