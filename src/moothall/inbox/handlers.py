"""What the inbox answers to those who ask every chapter, and what it says of its columns."""

import datetime as dt
from uuid import UUID

from moothall.core import personal, ports
from moothall.core.actor import Actor
from moothall.core.belongings import OWN, Share
from moothall.core.succession import Chapter, Figure, moves
from moothall.inbox import actions, queries

PERSONAL = ("inbox_arrival",)

personal.declare(
    "inbox_arrival",
    *("sender", "sender_name", "subject", "text", "found", "left_out"),
    purpose="read what people write to us, and do what they ask",
    basis="public task",
    keep="90 days after it was dealt with, 30 where it was unwanted, 2 years while nobody has; a case keeps its own",
)
personal.free("inbox_arrival", "key", "message_key", why="digests")


@ports.subject_access.answer(*PERSONAL)
def subject_access(person_ids: list[UUID], *, at: dt.datetime) -> dict[str, list[dict]]:
    """Return what a person wrote to us that is kept here."""
    return queries.held_about(person_ids)


@ports.erase.answer(*PERSONAL)
def erase(person_ids: list[UUID], body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase what a person wrote and was answered."""
    return {"inbox_arrival": actions.erase_person(person_ids=person_ids, body_id=body_id, at=at, by=by)}


@ports.retention.answer(*PERSONAL)
def retention(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase what was kept long enough."""
    return {"inbox_arrival": actions.keep_no_longer(body_id=body_id, at=at, by=by)}


@ports.forget_body.answer(*PERSONAL)
def forget_body(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase what was written to a body that has left."""
    return {"inbox_arrival": actions.forget_body(body_id=body_id, at=at, by=by)}


@ports.belongings.answer("inbox_arrival")
def goes_along() -> dict[str, Share]:
    """A body takes along what was written to it."""
    return {"inbox_arrival": OWN}


@ports.succession.answer()
def passes_on() -> Chapter:
    """What nobody has dealt with waits at the successor; what was dealt with stays, and is read."""
    return Chapter(
        fates={
            "inbox_arrival": (moves("what nobody has dealt with waits in the successor's inbox", "t.state <> 'done'"),),
        },
        figures=(
            Figure(
                "Letters and messages",
                "select state, count(*) from inbox_arrival where body_id = any(%(bodies)s) group by state",
            ),
        ),
    )
