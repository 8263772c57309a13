"""Reads: what a body's leaving means, how far it is, and what is in an archive."""

from moothall.leaving.queries.contents import SUMS, digest, manifest, wrong_sums
from moothall.leaving.queries.departures import (
    NotLeaving,
    UnknownArchive,
    afterwards,
    archive,
    archives,
    costing,
    departure,
    departures,
    gone,
    the_departure,
    withdrawn,
)
from moothall.leaving.queries.letters import previews
from moothall.leaving.queries.meaning import Meaning, meaning, what_goes
from moothall.leaving.queries.work import concerned, done_by, for_others, ours, publicly_afterwards

__all__ = [
    "SUMS",
    "Meaning",
    "NotLeaving",
    "UnknownArchive",
    "afterwards",
    "archive",
    "archives",
    "concerned",
    "costing",
    "departure",
    "departures",
    "digest",
    "done_by",
    "for_others",
    "gone",
    "manifest",
    "meaning",
    "ours",
    "previews",
    "publicly_afterwards",
    "the_departure",
    "what_goes",
    "withdrawn",
    "wrong_sums",
]
