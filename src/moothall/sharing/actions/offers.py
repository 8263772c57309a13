"""Offer a service to others, and withdraw the offer."""

import datetime as dt
from uuid import UUID

from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.events import publish
from moothall.core.refusal import NotYours, Refusal
from moothall.sharing.events import OfferMade, OfferWithdrawn
from moothall.sharing.models import Offer
from moothall.sharing.queries import adoption
from moothall.sharing.queries.offering import changed, offer
from moothall.sharing.rules.prices import PriceRule


class NotProvided(Refusal):
    """Your body does not do this service itself. Offer one that it does."""

    status = 422


class OfferedAlready(Refusal):
    """Your body offers this service at that time already. Withdraw that offer first, or choose a later day."""


class SoonerThanOwn(Refusal):
    """That is sooner than you promise your own residents. Offer others your own clock, or a longer one."""

    status = 422


class AlreadyWithdrawn(Refusal):
    """This offer is withdrawn already. Those who drew on it before keep what they have."""


def offer_service(
    *,
    body_id: int,
    service_id: str,
    provision: str,
    capacity: int,
    price: PriceRule,
    vat: str,
    clock: int | None,
    terms: str,
    languages: list[str],
    hours: str,
    starts: dt.date,
    ends: dt.date | None = None,
    at: dt.datetime,
    by: Actor,
) -> Offer:
    """Offer a service that the body does itself to other bodies, from a day on; return the offer.

    `capacity` is requests a week for all others together; `clock` the soonest it can promise, in the unit of the
    service's own promise. Refuses NotProvided, SoonerThanOwn, OfferedAlready.
    """
    mine = adoption(body_id, service_id, local(at).date())
    if mine is None or mine.provider_id != body_id:
        raise NotProvided(field="service")
    soonest = catalogue.soonest(catalogue.definition(mine.version_id), mine.parameters)
    if clock is not None and soonest is not None and clock < soonest:
        raise SoonerThanOwn(field="clock")
    rows = Offer.objects.filter(body_id=body_id, service_id=service_id)
    if any((row.ends is None or row.ends > starts) and (ends is None or row.starts < ends) for row in rows):
        raise OfferedAlready(field="starts")
    changed()
    row = Offer.objects.create(
        body_id=body_id,
        service_id=service_id,
        version_id=mine.version_id,
        provision=provision,
        capacity=capacity,
        price=price.model_dump(mode="json", exclude_defaults=True),
        vat=vat,
        clock=clock if soonest is not None else None,
        terms=terms,
        languages=languages,
        hours=hours,
        offered_at=at,
        starts=starts,
        ends=ends,
    )
    _recorded("offer.made", row, at, by)
    publish(OfferMade(body_id, row.pk, service_id), at=at, by=by)
    return row


def withdraw_offer(*, offer_id: UUID, body_id: int, at: dt.datetime, by: Actor) -> None:
    """Let nobody new draw on an offer from today; what was drawn goes on. Refuses NotYours, AlreadyWithdrawn."""
    row, today = offer(offer_id), local(at).date()
    if row.body_id != body_id:
        raise NotYours()
    if row.ends is not None and row.ends <= today:
        raise AlreadyWithdrawn()
    changed()
    Offer.objects.filter(pk=row.pk).update(ends=max(today, row.starts))
    _recorded("offer.withdrawn", row, at, by)
    publish(OfferWithdrawn(body_id, row.pk, row.service_id), at=at, by=by)


def _recorded(action: str, row: Offer, at: dt.datetime, by: Actor) -> None:
    data = {"service": row.service_id, "price": row.price, "capacity": row.capacity}
    audit.record(action=action, object=f"offer:{row.pk}", body_id=row.body_id, at=at, by=by, data=data)
