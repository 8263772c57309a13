"""Set which of its own people a body tells of requests for a service. Nobody of another body is ever told."""

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.sharing.models import Adoption, DrawDown, Telling
from moothall.sharing.models.telling import MOMENTS
from moothall.sharing.queries import telling


class NobodyToTell(Refusal):
    """Your body does not offer this service and is not drawing it down. Begin with that, then say who is told."""


class NotOurOwn(Refusal):
    """Only your own body's teams, roles and mailboxes can be told. Choose one of yours."""

    status = 422


class NotOurMailbox(Refusal):
    """That is not an address of your body. Write one that ends as your colleagues' work addresses do."""

    status = 422


class ForItsTeamAlone(Refusal):
    """This is an urgent referral: its team alone sees it, in its own queue, and nobody else is told."""


class MomentMissing(Refusal):
    """Choose at least one moment at which they are told."""

    status = 422


def tell(
    *, body_id: int, service_id: str, kind: str, named: str, moments: list[str], at: dt.datetime, by: Actor
) -> None:
    """Let a team (by its code), a role or a mailbox of the body be told at these moments, and at no others.

    Refuses ForItsTeamAlone, NobodyToTell, NotOurOwn, NotOurMailbox, MomentMissing.
    """
    if catalogue.current(service_id).definition.urgent:
        raise ForItsTeamAlone()
    wanted, named = {moment for moment in moments if moment in MOMENTS}, named.strip()
    if not wanted:
        raise MomentMissing(field="moments")
    if not _is_there(body_id, service_id, local(at).date()):
        raise NobodyToTell()
    _check(body_id, kind, named, local(at).date())
    telling.changed()
    rows = Telling.objects.filter(body_id=body_id, service_id=service_id, kind=kind, named=named)
    rows.exclude(moment__in=wanted).delete()
    said = {"service_id": service_id, "kind": kind, "named": named, "said_at": at, "said_by": str(by)}
    new = [Telling(body_id=body_id, moment=moment, **said) for moment in sorted(wanted)]
    Telling.objects.bulk_create(new, ignore_conflicts=True)
    _recorded("set", body_id, service_id, at, by, kind=kind, named=named, moments=sorted(wanted))


def tell_no_more(*, telling_id: UUID, body_id: int, at: dt.datetime, by: Actor) -> None:
    """Let a team, role or mailbox of the body not be told of a service any more. Refuses NotYours."""
    row = Telling.objects.filter(pk=telling_id, body_id=body_id).first()
    if row is None:
        raise NotYours()
    telling.changed()
    Telling.objects.filter(body_id=body_id, service_id=row.service_id, kind=row.kind, named=row.named).delete()
    _recorded("ended", body_id, row.service_id, at, by, kind=row.kind, named=row.named)


def _is_there(body_id: int, service_id: str, on: dt.date) -> bool:
    """Return whether a body offers a service now or later, or prepares to."""
    mine = Q(body_id=body_id, service_id=service_id)
    offered = Adoption.objects.filter(mine).filter(Q(ends=None) | Q(ends__gt=on))
    return offered.exists() or DrawDown.objects.filter(mine, state="draft").exists()


def _check(body_id: int, kind: str, named: str, on: dt.date) -> None:
    if kind == "mailbox":
        try:
            validate_email(named)
        except ValidationError:
            raise NotOurMailbox(field="mailbox") from None
        if named.rpartition("@")[2].casefold() not in telling.own_domains(body_id, on):
            raise NotOurMailbox(field="mailbox")
        return
    known = {"team": {team.code for team in bodies.teams(body_id, on)}, "role": set(bodies.ROLE_NAMES)}
    if named not in known.get(kind, ()):
        raise NotOurOwn(field="who")


def _recorded(what: str, body_id: int, service_id: str, at: dt.datetime, by: Actor, **data) -> None:
    audit.record(action=f"telling.{what}", object=f"service:{service_id}", body_id=body_id, at=at, by=by, data=data)
