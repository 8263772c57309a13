"""Reads of what came in; row security has the last word."""

from moothall.inbox.queries.arrivals import (
    PAGE,
    arrival,
    counts,
    done,
    doubts_about,
    held_about,
    known_cases,
    urgent,
    waiting,
    written_by,
)
from moothall.inbox.queries.threads import (
    acknowledged_today,
    cases_of_thread,
    cases_written_from,
    earlier,
    message_key,
    our_id,
    own_domain,
    sender_digest,
    written_in_thread,
)

__all__ = [
    "PAGE",
    "acknowledged_today",
    "arrival",
    "cases_of_thread",
    "cases_written_from",
    "counts",
    "done",
    "doubts_about",
    "earlier",
    "held_about",
    "known_cases",
    "message_key",
    "our_id",
    "own_domain",
    "sender_digest",
    "urgent",
    "waiting",
    "written_by",
    "written_in_thread",
]
