"""Draw a service down; agree that another body's desk takes requests."""

import datetime as dt
from uuid import UUID

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.events import publish
from moothall.core.refusal import Refusal
from moothall.sharing.events import DeskAgreed, ServiceAdopted
from moothall.sharing.models import Adoption, Agreement
from moothall.sharing.queries.adoptions import changed


class AlreadyAdopted(Refusal):
    """This body offers the service at that time already. End the present adoption first, or choose a later day."""


class ParametersWrong(Refusal):
    """Some settings are not what the service leaves open. Correct those marked."""

    status = 422


class NotAdopted(Refusal):
    """This body does not offer the service at that time. Adopt it first."""


class DeskOfOwn(Refusal):
    """A body needs no agreement for its own desk. Choose another body."""

    status = 422


def adopt(
    *,
    body_id: int,
    service_id: str,
    version_id: UUID,
    provider_id: int | None = None,
    parameters: dict | None = None,
    starts: dt.date | None = None,
    offer_id: UUID | None = None,
    at: dt.datetime,
    by: Actor,
) -> Adoption:
    """Let a body offer a service from a day on (today's if not given), itself providing it unless another does.

    Refuses AlreadyAdopted where an adoption runs on or after that day. Source: the body's own decision, by whom told.
    """
    problems = catalogue.check_parameters(catalogue.definition(version_id), parameters or {})
    if problems:
        raise ParametersWrong(problems=problems, field=next(iter(problems)))
    starts = starts or local(at).date()
    clash = Adoption.objects.filter(body_id=body_id, service_id=service_id)
    if any(row.ends is None or row.ends > starts for row in clash):
        raise AlreadyAdopted(field="starts")
    changed()
    row = Adoption.objects.create(
        body_id=body_id,
        service_id=service_id,
        version_id=version_id,
        provider_id=provider_id or body_id,
        parameters=parameters or {},
        offer_id=offer_id,
        starts=starts,
    )
    publish(ServiceAdopted(body_id, service_id, version_id, row.provider_id), at=at, by=by)
    return row


def end_adoption(*, body_id: int, service_id: str, ends: dt.date, at: dt.datetime, by: Actor) -> None:
    """End a body's adoption: `ends` is the first day on which it no longer offers the service."""
    row = Adoption.objects.filter(body_id=body_id, service_id=service_id, ends=None, starts__lte=ends).first()
    if row is None:
        raise NotAdopted(field="service")
    changed()
    row.ends = ends
    row.save(update_fields=["ends"])


def agree_desk(
    *,
    desk_id: int,
    body_id: int,
    services: list[str],
    basis: str,
    starts: dt.date | None = None,
    ends: dt.date | None = None,
    at: dt.datetime,
    by: Actor,
) -> Agreement:
    """Let `desk_id`'s advisers take requests for `body_id`'s services; `basis` names the legal gateway."""
    if desk_id == body_id:
        raise DeskOfOwn(field="desk")
    changed()
    row = Agreement.objects.create(
        desk_id=desk_id,
        body_id=body_id,
        services=sorted(services),
        basis=basis,
        starts=starts or local(at).date(),
        ends=ends,
    )
    publish(DeskAgreed(body_id, desk_id, tuple(row.services)), at=at, by=by)
    return row


def end_desks(*, body_id: int, ends: dt.date, at: dt.datetime, by: Actor) -> int:
    """End every agreement by which a body's desk takes others' requests, or theirs take its; return how many.

    `ends` is the first day without them. The scope holds the bodies on both sides.
    """
    changed()
    rows = Agreement.objects.filter(Q(desk_id=body_id) | Q(body_id=body_id)).filter(Q(ends=None) | Q(ends__gt=ends))
    return rows.update(ends=Greatest(F("starts"), Value(ends)))
