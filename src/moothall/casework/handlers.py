"""Casework's answers to questions that every chapter is asked."""

import datetime as dt
from uuid import UUID

from moothall.casework import actions, queries
from moothall.core import personal, ports
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


KEEP = "as long as the service's definition says, counted from the end of the case"

personal.declare(
    "casework_case",
    *("lat", "lon", "street", "uprn", "postcode", "place_label"),
    purpose="know where the work is",
    basis="public task",
    keep=KEEP,
)
personal.declare("casework_payload", "data", purpose="do what was asked", basis="public task", keep=KEEP)
personal.declare("casework_note", "text", purpose="do what was asked", basis="public task", keep=KEEP)
personal.declare("casework_message", "subject", "text", purpose="talk about a case", basis="public task", keep=KEEP)
personal.declare("casework_attachment", "name", purpose="show what was sent", basis="public task", keep=KEEP)
personal.declare("casework_follower", "contact", purpose="tell who follows a report", basis="consent", keep=KEEP)
personal.declare(
    "casework_task", "place_label", "detail", purpose="tell those who do the work", basis="public task", keep=KEEP
)
personal.declare(
    "casework_draft",
    *("answers", "place", "contact"),
    purpose="let people come back to a form",
    basis="public task",
    keep="30 days after it was last saved",
)
personal.free("casework_event", "data", why="events hold ids and codes only")
personal.free(
    "casework_step", "name", "outputs", "reason", why="codes and figures of the work; a reason is a refusal's"
)
personal.free("casework_submission", "caller", why="an account's number or a hash")
personal.free("casework_publicplace", "lat", "lon", "street", why="a thing outdoors, published without who told us")
