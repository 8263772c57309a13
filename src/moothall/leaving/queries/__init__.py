"""Reads: what a body's leaving means, how far it is, and what is in an archive."""

from moothall.leaving.queries.contents import SUMS, digest, wrong_sums
from moothall.leaving.queries.departures import (
    NotLeaving,
    UnknownArchive,
    afterwards,
    archive,
    archives,
    departure,
    departures,
    the_departure,
    withdrawn,
)
from moothall.leaving.queries.meaning import Meaning, meaning, what_goes
from moothall.leaving.queries.work import done_by, for_others, ours, publicly_afterwards

__all__ = [
    "SUMS",
    "Meaning",
    "NotLeaving",
    "UnknownArchive",
    "afterwards",
    "archive",
    "archives",
    "departure",
    "departures",
    "digest",
    "done_by",
    "for_others",
    "meaning",
    "ours",
    "publicly_afterwards",
    "the_departure",
    "what_goes",
    "withdrawn",
    "wrong_sums",
]
