"""Casework's answers to questions that every chapter is asked."""

import datetime as dt
from uuid import UUID

from moothall.casework import actions, queries
from moothall.core import ports
from moothall.core.actor import Actor

PERSONAL = (
    "casework_case",
    "casework_payload",
    "casework_note",
    "casework_task",
    "casework_message",
    "casework_attachment",
    "casework_draft",
    "casework_follower",
)


@ports.subject_access.answer(*PERSONAL)
def subject_access(person_ids: list[UUID], *, at: dt.datetime) -> dict[str, list[dict]]:
    """Return a person's cases with all that is kept about them there."""
    return queries.held_about(person_ids)


@ports.erase.answer(*PERSONAL)
def erase(person_ids: list[UUID], body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase a person's values from their ended cases at one body; what proves them stays."""
    return actions.erase_person(person_ids=person_ids, body_id=body_id, at=at, by=by)


@ports.retention.answer(*PERSONAL)
def retention(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase what is past the time its service's definition keeps it."""
    return actions.keep_no_longer(body_id=body_id, at=at, by=by)
