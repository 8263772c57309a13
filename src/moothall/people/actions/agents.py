"""Who may act for whom."""

from datetime import date, datetime
from uuid import UUID

from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.people.models import ActsFor
from moothall.people.queries import identity
from moothall.people.queries.identity import known
from moothall.people.rules.terms import ACTS_AS

from .record import _write_down


class CannotActForSelf(Refusal):
    """Nobody needs leave to act for themself. Choose another person."""


class UnknownKind(Refusal):
    """We do not know that way of acting for somebody. Choose one from the list."""


class NotActing(Refusal):
    """That has already ended. Look at the person's page again."""


def appoint_agent(
    *,
    person_id: UUID,
    agent_id: UUID,
    body_id: int,
    kind: str,
    starts: date,
    ends: date | None = None,
    at: datetime,
    by: Actor,
) -> UUID:
    """Note that somebody may act for a person, and return the note's id; `body_id` is who saw the proof.

    `ends` is the day after the last. Raises CannotActForSelf, UnknownKind, NoSuchPerson.
    """
    if kind not in ACTS_AS:
        raise UnknownKind(field="kind")
    known(person_id)
    known(agent_id)
    if agent_id in identity(person_id):
        raise CannotActForSelf(field="agent")
    row = ActsFor.objects.create(
        person_id=person_id, agent_id=agent_id, body_id=body_id, kind=kind, starts=starts, ends=ends
    )
    _write_down("person.agent-appointed", person_id, body_id, at, by, {"acts_for": str(row.pk), "kind": kind})
    return row.pk


def end_agent(*, acts_for_id: UUID, ends: date, at: datetime, by: Actor) -> None:
    """End somebody's leave to act for a person; `ends` is the day after the last. Raises NotActing."""
    row = ActsFor.objects.filter(pk=acts_for_id, ends=None, starts__lt=ends).first()
    if row is None:
        raise NotActing
    ActsFor.objects.filter(pk=row.pk).update(ends=ends)
    _write_down("person.agent-ended", row.person_id, row.body_id, at, by, {"acts_for": str(row.pk)})
