"""Whom of its own people a body tells of requests: who was named, and who that is today."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from moothall.bodies import queries as bodies
from moothall.core.kept import Kept
from moothall.sharing.models import Telling
from moothall.sharing.models.telling import MOMENTS

FRESH = 5.0


@dataclass(frozen=True)
class Named:
    """A team, role or mailbox with the moments at which it is told; `people` are those it stands for today.

    `words` is its name; `is_there` tells whether anybody is reached.
    """

    key: str
    kind: str
    named: str
    words: str
    moments: tuple[str, ...]
    people: tuple

    @property
    def is_there(self) -> bool:
        return self.kind == "mailbox" or bool(self.people)

    @property
    def when(self) -> list[str]:
        """Return the moments in words."""
        return [MOMENTS[moment] for moment in self.moments]


@dataclass(frozen=True)
class Recipient:
    """One address of a body's own, why it is told, and the roles of whoever reads it (none: a mailbox)."""

    address: str
    why: str
    roles: frozenset[str] = frozenset()


def told_at(body_id: int, service_id: str) -> frozenset[str]:
    """Return the moments at which a body tells anybody of its own of a service; asked in any scope, and kept."""
    return _moments(body_id, service_id)


def _read_moments(body_id: int, service_id: str) -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute("select sharing_told_at(%s::smallint, %s)", [body_id, service_id])
        return frozenset(cursor.fetchone()[0])


_moments = Kept(_read_moments, fresh=FRESH)


def changed() -> None:
    """Say that this transaction changes who is told: what is kept is forgotten when it commits."""
    _moments.changed()


def who_is_told(body_id: int, service_id: str, on: dt.date) -> list[Named]:
    """Return whom a body of the scope tells of a service, and who that is on a day; teams, roles, then mailboxes."""
    together: dict[tuple[str, str], list[Telling]] = {}
    for row in Telling.objects.filter(body_id=body_id, service_id=service_id).order_by("id"):
        together.setdefault((row.kind, row.named), []).append(row)
    found = [_named(body_id, rows, on) for rows in together.values()]
    return sorted(found, key=lambda one: (one.kind == "mailbox", one.kind != "team", one.words))


def _named(body_id: int, rows: list[Telling], on: dt.date) -> Named:
    kind, named = rows[0].kind, rows[0].named
    said = {row.moment for row in rows}
    moments = tuple(moment for moment in MOMENTS if moment in said)
    people = tuple(post for post in bodies.colleagues(body_id, on) if _is_meant(post, kind, named))
    return Named(str(rows[0].pk), kind, named, words(body_id, kind, named), moments, people)


def _is_meant(post, kind: str, named: str) -> bool:
    if kind == "team":
        return post.team is not None and post.team.code == named
    return kind == "role" and named in post.roles


def words(body_id: int, kind: str, named: str) -> str:
    """Return the name of a team, role or mailbox as people say it."""
    if kind == "team":
        team = bodies.team(body_id, named)
        return team.name if team else named
    return bodies.ROLE_NAMES[named] if kind == "role" else named


def recipients(body_id: int, service_id: str, moment: str, on: dt.date) -> list[Recipient]:
    """Return every address that is told at a moment, each once, with the first reason for it; by address."""
    found: dict[str, Recipient] = {}
    for one in who_is_told(body_id, service_id, on):
        if moment not in one.moments:
            continue
        if one.kind == "mailbox":
            found.setdefault(one.named.casefold(), Recipient(one.named, f"as {one.named}"))
        why = f"in the team {one.words}" if one.kind == "team" else f"as {one.words.lower()}"
        for address, roles in _addresses(body_id, one.people, on):
            found.setdefault(address.casefold(), Recipient(address, why, roles))
    return [found[key] for key in sorted(found)]


def _addresses(body_id: int, people: tuple, on: dt.date) -> list[tuple[str, frozenset[str]]]:
    """Return the work addresses of some appointments with the roles of each."""
    if not people:
        return []
    posts = bodies.staff(body_id, on).filter(pk__in=[post.pk for post in people]).select_related("account")
    return [(post.account.email, frozenset(post.roles)) for post in posts if post.account.is_active]


def own_domains(body_id: int, on: dt.date) -> set[str]:
    """Return the domains of the addresses with which a body's own people work."""
    posts = bodies.staff(body_id, on).select_related("account")
    return {post.account.email.rpartition("@")[2].casefold() for post in posts}
