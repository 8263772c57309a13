"""Who somebody is: the person of an account, and everyone who was decided to be the same person."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from moothall.core.refusal import Refusal
from moothall.people.models import AccountLink, ActsFor, Link, Person, SourceRecord
from moothall.people.rules.same import Decision
from moothall.people.rules.same import identity as same_as


class NoSuchPerson(Refusal):
    """We hold nothing about that person, or it is not yours to see. Look them up again by name, e-mail or phone."""

    status = 404


def person_for_account(account_id: int) -> UUID | None:
    """Return the person an account belongs to, or None; the account must be the scope's own."""
    return AccountLink.objects.filter(account_id=account_id, ended_at=None).values_list("person_id", flat=True).first()


def identity(person_id: UUID) -> tuple[UUID, ...]:
    """Return everyone who is the same person, oldest id first, as far as the scope may know; at least the one given.

    The first stands for them all. Ask for the cases of all of them, and a link or its undoing moves nothing.
    """
    return tuple(sorted(same_as(person_id, _decisions_near(person_id))))


def _decisions_near(person_id: UUID) -> list[Decision]:
    """Return the decisions about everyone who can be reached from a person, in the order they were made."""
    rows: dict[int, Decision] = {}
    known, frontier = {person_id}, {person_id}
    while frontier:
        for row in Link.objects.filter(Q(one__in=frontier) | Q(other__in=frontier)):
            rows[row.pk] = Decision(row.one_id, row.other_id, row.kind, row.body_id)
        frontier = {p for d in rows.values() for p in (d.one, d.other)} - known
        known |= frontier
    return [rows[key] for key in sorted(rows)]


def decisions_about(person_ids: Iterable[UUID]) -> list[Link]:
    """Return every decision about these people that the scope may see, newest first."""
    ids = list(person_ids)
    return list(Link.objects.filter(Q(one__in=ids) | Q(other__in=ids)).order_by("-id"))


def may_act_for(agent_id: UUID, person_id: UUID, on: date) -> bool:
    """Return whether somebody may act for a person on a day, in either's other identities too."""
    return (
        ActsFor.objects.filter(agent__in=identity(agent_id), person__in=identity(person_id), starts__lte=on)
        .filter(ended_at=None)
        .filter(Q(ends=None) | Q(ends__gt=on))
        .exists()
    )


def known(person_id: UUID) -> None:
    """Raise NoSuchPerson unless the scope may know of this person."""
    if not Person.objects.filter(pk=person_id).exists():
        raise NoSuchPerson


def of_system(body_id: int, system: str, references: list[str]) -> dict[str, UUID]:
    """Return {number: person} of those numbers of another system that a body has records of."""
    rows = SourceRecord.objects.filter(body_id=body_id, system=system, reference__in=references, erased_at=None)
    return dict(rows.values_list("reference", "person_id"))
