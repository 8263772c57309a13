"""Who helps whom: as the person sees it, as the helper does, and as staff do before they say anything."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.people.models import ActsFor
from moothall.people.rules import helping as rules
from moothall.people.rules.helping import LONGEST
from moothall.people.rules.terms import ACTS_AS, MAY_DO, WRITTEN_TO

from .identity import identity

WORDS = {"kinds": ACTS_AS, "may": MAY_DO, "written": WRITTEN_TO}
"""Words for staff: as what somebody acts, what they may do, and whom we write to."""
AT_MOST = LONGEST
"""How long somebody may help on the person's own word."""


class NotHelping(Refusal):
    """You do not help this person, or no longer. Ask them to name you again, or ask for it as yourself."""

    status = 404


class NotCovered(Refusal):
    """The person has not said that this may be done for them. Let them change what their helper may do."""

    status = 403


@dataclass(frozen=True)
class Offered:
    """What somebody is asked to do, as they see it before they confirm."""

    id: UUID
    person_name: str
    kind: str
    may: list[str]
    services: list[str]
    written: str
    starts: dt.date
    ends: dt.date | None


@dataclass(frozen=True)
class Reached:
    """Where a helper is written to about a request: beside the person, or instead of them."""

    acts_for_id: UUID
    agent_id: UUID
    written: str
    email: str
    phone: str


def stands(row: ActsFor, at: dt.datetime) -> str:
    """Return how a mandate stands: waiting, lapsed, coming, running, over or ended."""
    return rules.standing(
        starts=row.starts, ends=row.ends, confirmed=row.agent_id is not None, ended=row.ended_at is not None,
        code_until=row.code_until, today=local(at).date(), at=at,
    )  # fmt: skip


def code_of(row: ActsFor) -> str:
    """Return the code that a helper confirms with, in two halves as it is read out; empty once it was used."""
    if row.agent_id is not None or row.ended_at is not None:
        return ""
    plain = rules.code(settings.SECRET_KEY, str(row.pk))
    return f"{plain[:5]}-{plain[5:]}"


def helpers_of(person_ids: Iterable[UUID]) -> list[ActsFor]:
    """Return everybody who helps or helped these people, and who was asked to, the newest first."""
    return list(ActsFor.objects.filter(person__in=list(person_ids)).select_related("body").order_by("-made_at", "-id"))


def helpers_now(person_ids: Iterable[UUID], on: dt.date) -> list[ActsFor]:
    """Return who may act for these people on a day, as far as the scope may know. One statement."""
    return list(_on(ActsFor.objects.filter(person__in=list(person_ids)), on).order_by("confirmed_at", "id"))


def helped_by(agent_ids: Iterable[UUID], on: dt.date) -> list[ActsFor]:
    """Return the mandates under which these people help others on a day, the oldest first. One statement."""
    return list(_on(ActsFor.objects.filter(agent__in=list(agent_ids)), on).order_by("confirmed_at", "id"))


def _on(rows, on: dt.date):
    return rows.filter(Q(ends=None) | Q(ends__gt=on), starts__lte=on, ended_at=None).exclude(agent=None)


def helping(acts_for_id: UUID, person_id: UUID | None, on: dt.date) -> ActsFor:
    """Return a mandate under which somebody helps on a day. Raises NotHelping, also where it is another's."""
    row = _on(ActsFor.objects.filter(pk=acts_for_id), on).first() if person_id else None
    if row is None or row.agent_id not in identity(person_id):
        raise NotHelping
    return row


def covered(row: ActsFor, doing: str, service_id: str) -> bool:
    """Return whether a mandate covers doing something (a key of `rules.helping.MAY`) about a service."""
    return rules.covers(row.may, row.services, doing, service_id)


def covers_service(row: ActsFor, service_id: str) -> bool:
    """Return whether a mandate is for a service, whatever may be done about it; no service is any."""
    return not service_id or not row.services or service_id in row.services


def must_cover(row: ActsFor, doing: str, service_id: str) -> None:
    """Raise NotCovered unless a mandate covers doing something about a service."""
    if not covered(row, doing, service_id):
        raise NotCovered


def mandate(acts_for_id: UUID | None) -> ActsFor | None:
    """Return a mandate that the scope may know of, whether it still holds or not; None where there is none."""
    return ActsFor.objects.filter(pk=acts_for_id).first() if acts_for_id else None


def offered(code: str, at: dt.datetime) -> Offered | None:
    """Return what the holder of a code is asked to do, for the scope's person; None where it opens nothing for them.

    The caller limits how often it may be asked.
    """
    digest = rules.code_digest(settings.SECRET_KEY, code)
    with connection.cursor() as cursor:
        cursor.execute("select * from people_help_offered(%s, %s)", [digest, at])
        row = cursor.fetchone()
    return Offered(*row) if row else None


def written_to(person_ids: Iterable[UUID], service_id: str, on: dt.date) -> list[Reached]:
    """Return the helpers whom these people let us write to about a service, and where. One statement.

    Only for a body that has a record of the person.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from people_written_to(%s, %s, %s)", [list(person_ids), service_id, on])
        rows = cursor.fetchall()
    return [Reached(*row[:3], row[3] or "", row[4] or "") for row in rows]
