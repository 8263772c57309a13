"""Reads: who joins, how far it is, what its files hold."""

from moothall.onboarding.queries.joining import (
    NotJoining,
    appointed,
    content_of,
    imports,
    joining,
    joinings,
    one_import,
    packs,
    settings_digest,
    trials,
    works_here,
)
from moothall.onboarding.queries.progress import Task, missing, progress

__all__ = [
    "NotJoining",
    "Task",
    "appointed",
    "content_of",
    "imports",
    "joining",
    "joinings",
    "missing",
    "one_import",
    "packs",
    "progress",
    "settings_digest",
    "trials",
    "works_here",
]
