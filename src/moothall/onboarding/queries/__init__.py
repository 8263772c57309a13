"""Reads: who joins, how far it is, what its files hold."""

from moothall.onboarding.queries.joining import (
    NotJoining,
    appointed,
    brought_by,
    imports,
    joining,
    joinings,
    one_import,
    packs,
    settings_digest,
    trials,
)
from moothall.onboarding.queries.progress import Task, missing, progress

__all__ = [
    "NotJoining",
    "Task",
    "appointed",
    "brought_by",
    "imports",
    "joining",
    "joinings",
    "missing",
    "one_import",
    "packs",
    "progress",
    "settings_digest",
    "trials",
]
