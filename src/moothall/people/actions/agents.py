"""Who may act for whom: on the person's own word, or on a paper that staff saw."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from moothall.bodies import queries as bodies
from moothall.core import audit, queue
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.ids import new_id
from moothall.core.refusal import Refusal
from moothall.people.models import ActsFor
from moothall.people.queries import identity
from moothall.people.queries.helping import code_of, offered
from moothall.people.queries.identity import known
from moothall.people.rules import helping as rules
from moothall.people.rules.terms import ACTS_AS

from .record import _write_down

LETTER = "people.help_letter"


class CannotActForSelf(Refusal):
    """Nobody needs leave to act for themself. Choose another person."""


class UnknownKind(Refusal):
    """We do not know that way of acting for somebody. Choose one from the list."""


class NotActing(Refusal):
    """That has already ended. Look at the person's page again."""


class EndNeeded(Refusal):
    """Say until when: a day after today, and not more than 12 months away. You can name them again then."""


class NothingAllowed(Refusal):
    """Say what they may do: choose one thing at least."""


class NameNeeded(Refusal):
    """Write the name. It is all that the other one is told of who it is."""


class EnoughHelpers(Refusal):
    """You have named ten people already. End with one of them first."""


class CodeDoesNotFit(Refusal):
    """That code does not fit, or is too old, or was used. Check it, or ask whoever gave it to you for a new one."""


def name_helper(
    *,
    person_id: UUID,
    body_id: int,
    kind: str,
    may: list[str],
    services: list[str] = (),
    written: str = "alone",
    person_name: str,
    agent_name: str,
    ends: date,
    language: str = "en",
    at: datetime,
    by: Actor,
) -> ActsFor:
    """Let somebody say who helps them; return the mandate, which begins when the helper confirms with its code.

    `body_id` is at whose front door it is said: that body keeps the trail; the letters are no body's. `ends` is the day
    after the last. `person_name` and `agent_name` are what each is called to the other. No `services` means every
    service. The scope is the person's own. Raises UnknownKind, NothingAllowed, NameNeeded, EndNeeded, EnoughHelpers.
    """
    today = local(at).date()
    if kind not in rules.NAMED:
        raise UnknownKind(field="kind")
    _check(may, written, agent_name, person_name)
    if not today < ends <= today + rules.LONGEST:
        raise EndNeeded(field="ends")
    open_now = ActsFor.objects.filter(Q(ends=None) | Q(ends__gt=today), person__in=identity(person_id), ended_at=None)
    if open_now.count() >= rules.MOST:
        raise EnoughHelpers
    row = _row(
        person_id, body_id, kind, at, said=True, may=_in_order(may), services=sorted(set(services)), written=written,
        person_name=person_name.strip(), agent_name=agent_name.strip(), person_language=language, starts=today,
        ends=ends,
    )  # fmt: skip
    _waits(row, at)
    row.save(force_insert=True)
    _noted("help.named", row, at, by)
    _write(row, "named")
    return row


def appoint_agent(
    *,
    person_id: UUID,
    agent_id: UUID | None,
    body_id: int,
    kind: str,
    starts: date,
    ends: date | None = None,
    may: list[str] = rules.MAY,
    services: list[str] = (),
    written: str = "alone",
    paper: str = "",
    person_name: str = "",
    agent_name: str = "",
    at: datetime,
    by: Actor,
) -> UUID:
    """Note that somebody may act for a person, and return the note's id; `body_id` is who saw the proof.

    Whoever has no record here (`agent_id` None) confirms with a code when they sign in. `ends` is the day after the
    last; None where the paper has no end. Raises CannotActForSelf, UnknownKind, NothingAllowed, NoSuchPerson.
    """
    if kind not in ACTS_AS:
        raise UnknownKind(field="kind")
    if not may:
        raise NothingAllowed(field="may")
    known(person_id)
    if agent_id:
        known(agent_id)
    if agent_id in identity(person_id):
        raise CannotActForSelf(field="agent")
    row = _row(
        person_id, body_id, kind, at, agent_id=agent_id, starts=starts, ends=ends, may=_in_order(may),
        services=sorted(set(services)), written=written, paper=paper.strip(), person_name=person_name[:100],
        agent_name=agent_name[:100], confirmed_at=at if agent_id else None,
    )  # fmt: skip
    if agent_id is None:
        _waits(row, at)
    row.save(force_insert=True)
    _write_down("person.agent-appointed", person_id, body_id, at, by, {"acts_for": str(row.pk), "kind": kind})
    if agent_id:
        _write(row, "appointed")
    return row.pk


def take_up_help(*, code: str, name: str, language: str = "en", at: datetime, by: Actor) -> UUID:
    """Let the scope's person confirm, by its code, that they help somebody; return the mandate's id.

    `name` is what the person they help, and staff, read of them. Raises NameNeeded, CodeDoesNotFit. The caller limits
    how often it may be tried.
    """
    if not name.strip():
        raise NameNeeded(field="name")
    if offered(code, at) is None:
        raise CodeDoesNotFit(field="code")
    digest = rules.code_digest(settings.SECRET_KEY, code)
    with connection.cursor() as cursor:
        cursor.execute("select people_help_take(%s, %s, %s, %s)", [digest, name.strip()[:100], language, at])
        taken = cursor.fetchone()[0]
    if taken is None:
        raise CodeDoesNotFit(field="code")
    row = ActsFor.objects.get(pk=taken)
    _noted("help.confirmed", row, at, by)
    _write(row, "confirmed")
    return row.pk


def end_help(*, acts_for_id: UUID, at: datetime, by: Actor) -> None:
    """End at once that somebody helps a person: the person who named them may, and the helper. Raises NotActing."""
    with connection.cursor() as cursor:
        cursor.execute("select people_help_end(%s, %s)", [acts_for_id, at])
        body_id = cursor.fetchone()[0]
    if body_id is None:
        raise NotActing
    row = ActsFor.objects.get(pk=acts_for_id)
    _noted("help.ended", row, at, by)
    _write(row, "ended")


def end_agent(*, acts_for_id: UUID, ends: date, at: datetime, by: Actor) -> None:
    """End somebody's leave to act for a person; `ends` is the day after the last, today for at once. Raises NotActing.

    Only the body that saw the paper, or at whose door it was said, may.
    """
    row = ActsFor.objects.filter(Q(ends=None) | Q(ends__gt=ends), pk=acts_for_id, ended_at=None).first()
    if row is None or row.starts > ends:
        raise NotActing
    now = ends <= local(at).date()
    ended = {"ended_at": at, "ended_by": "staff", "code_digest": None, "code_until": None} if now else {}
    kept = {} if row.starts == ends else {"ends": ends}  # what began today and ends today ends by its moment alone
    if not ActsFor.objects.filter(pk=row.pk).update(**kept, **ended):
        raise NotActing
    _write_down("person.agent-ended", row.person_id, row.body_id, at, by, {"acts_for": str(row.pk)})
    if ended:
        _write(row, "ended")


def note_help(*, row: ActsFor, did: str, at: datetime, by: Actor, **about) -> None:
    """Write down what a helper did for the person they help, who reads it in their account.

    `did` is looked, asked, added, wrote, day, paid, cancelled, reopened, complained or began.
    """
    _noted(f"help.{did}", row, at, by, **about)


def _row(person_id: UUID, body_id: int, kind: str, at: datetime, **more) -> ActsFor:
    return ActsFor(pk=new_id(), person_id=person_id, body_id=body_id, kind=kind, made_at=at, **more)


def _in_order(may: list[str]) -> list[str]:
    return [one for one in rules.MAY if one in may]


def _check(may: list[str], written: str, agent_name: str, person_name: str) -> None:
    if not agent_name.strip():
        raise NameNeeded(field="agent_name")
    if not person_name.strip():
        raise NameNeeded(field="person_name")
    if not may or not set(may) <= set(rules.MAY) or written not in rules.WRITTEN:
        raise NothingAllowed(field="may")


def _waits(row: ActsFor, at: datetime) -> None:
    """Let a mandate wait for whoever has its code."""
    row.code_digest = rules.code_digest(settings.SECRET_KEY, code_of(row))
    row.code_until = at + rules.CODE_HOLDS


def _noted(action: str, row: ActsFor, at: datetime, by: Actor, body_id: int | None = None, **about) -> None:
    about = {"acts_for": str(row.pk), **about}
    object_ = audit.person_object(row.person_id)
    audit.record(action=action, object=object_, body_id=body_id or row.body_id, at=at, by=by, data=about)


def _write(row: ActsFor, moment: str) -> None:
    """Let both be written to, by a job of whoever stands for the body: neither scope knows where the other is."""
    queue.defer(
        LETTER,
        body=bodies.stands_for(row.body_id),
        key=f"help:{row.pk}:{moment}",
        acts_for_id=str(row.pk),
        moment=moment,
    )
