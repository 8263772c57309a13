"""Decide that two people are one, that they are not after all, or that they are to be kept apart."""

from datetime import datetime
from uuid import UUID

from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.people.models import Link
from moothall.people.queries import identity
from moothall.people.queries.identity import known
from moothall.people.rules.same import DECISIONS, pair

from .record import _write_down


class SamePerson(Refusal):
    """That is one and the same person already. Choose two different people."""


class AlreadyLinked(Refusal):
    """These two are linked already. Look at the person's page again."""


class NotLinked(Refusal):
    """These two are not linked. Look at the person's page again."""


class UnknownReason(Refusal):
    """Say why: choose one of the reasons."""


def link(*, one: UUID, other: UUID, body_id: int, reason: str, at: datetime, by: Actor) -> None:
    """Decide that two people of a body are one. Nothing moves: whoever asks for either is given both.

    `reason` is a code of `rules.same.LINK_REASONS`. Raises SamePerson, AlreadyLinked, UnknownReason, NoSuchPerson.
    """
    _check(one, other, "link", reason)
    if _stands(one, other, body_id) == "link":
        raise AlreadyLinked
    _decide(one, other, body_id, "link", reason, at, by)


def unlink(*, one: UUID, other: UUID, body_id: int, reason: str, at: datetime, by: Actor) -> None:
    """Undo a link between two people: both are as they were before it, and so is every case.

    `reason` is a code of `rules.same.UNLINK_REASONS`. Raises NotLinked, UnknownReason, NoSuchPerson.
    """
    _check(one, other, "unlink", reason)
    if _stands(one, other, body_id) != "link":
        raise NotLinked
    _decide(one, other, body_id, "unlink", reason, at, by)


def keep_apart(*, one: UUID, other: UUID, body_id: int, reason: str, at: datetime, by: Actor) -> None:
    """Decide that two people who look alike are two, so that nobody is asked again.

    `reason` is a code of `rules.same.APART_REASONS`. Raises AlreadyLinked, UnknownReason, NoSuchPerson.
    """
    _check(one, other, "apart", reason)
    if other in identity(one):
        raise AlreadyLinked("These two are linked. Undo the link first.")
    _decide(one, other, body_id, "apart", reason, at, by)


def _check(one: UUID, other: UUID, kind: str, reason: str) -> None:
    if one == other:
        raise SamePerson
    if reason not in DECISIONS[kind]:
        raise UnknownReason(field="reason")
    known(one)
    known(other)


def _stands(one: UUID, other: UUID, body_id: int) -> str | None:
    first, second = pair(one, other)
    return (
        Link.objects.filter(body_id=body_id, one_id=first, other_id=second)
        .order_by("-id")
        .values_list("kind", flat=True)
        .first()
    )


def _decide(one: UUID, other: UUID, body_id: int, kind: str, reason: str, at: datetime, by: Actor) -> None:
    first, second = pair(one, other)
    Link.objects.create(body_id=body_id, one_id=first, other_id=second, kind=kind, reason=reason, at=at, by=str(by))
    for person_id, away in ((one, other), (other, one)):
        _write_down(f"person.{kind}", person_id, body_id, at, by, {"other": str(away), "reason": reason})
