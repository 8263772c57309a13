"""Keeping access points and the days that are otherwise, and calling those who wait."""

import datetime as dt
from uuid import UUID

from django.db.models import Max

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.desk.models import AccessPoint, OtherHours, Ticket
from moothall.desk.rules.points import slug_of


class HoursUnclear(Refusal):
    """Write the hours like "Mo-Fr 09:00-17:00; Sa 10:00-13:00"."""

    status = 422


class NoSuchAddress(Refusal):
    """We do not know that postcode. Write one from our own list of addresses, so that the map shows the place."""

    status = 422


class NoSuchPoint(Refusal):
    """There is no such place, or it is another body's. Choose one from the list."""

    status = 404


class NobodyWaits(Refusal):
    """Nobody waits. The list shows who comes next as soon as somebody draws a number."""


class NoSuchTicket(Refusal):
    """That number is not being served any more. The list shows who is."""

    status = 404


def keep_point(*, body_id: int, point_id: UUID | None = None, at: dt.datetime, by: Actor, **said) -> AccessPoint:
    """Keep a place where a body receives people, or change it (`point_id`); return it.

    `said` has name, name_cy, address, postcode, phone, hours, services, languages, access and tickets as AccessPoint
    holds them. Its place on the map is that of its postcode. Refuses NoSuchPoint, HoursUnclear, NoSuchAddress.
    """
    _clear(said["hours"])
    found = bodies.find_places(said["postcode"], 1)
    if not found:
        raise NoSuchAddress(field="postcode")
    place = {name: found[0][name] for name in ("lat", "lon", "easting", "northing")}
    if point_id:
        point = _mine(body_id, point_id)
        for name, value in (said | place).items():
            setattr(point, name, value)
        point.save()
    else:
        point = AccessPoint.objects.create(body_id=body_id, slug=_free_slug(body_id, said["name"]), **said, **place)
    audit.record(action="point.kept", object=f"point:{point.pk}", body_id=body_id, at=at, by=by)
    return point


def close_point(*, body_id: int, point_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Close a place for good: it is listed no more. Refuses NoSuchPoint."""
    point = _mine(body_id, point_id)
    point.closed_on = local(at).date()
    point.save(update_fields=["closed_on"])
    audit.record(action="point.closed", object=f"point:{point.pk}", body_id=body_id, at=at, by=by)


def open_otherwise(
    *, body_id: int, point_id: UUID, day: dt.date, hours: str, why: str, why_cy: str = "", at: dt.datetime, by: Actor
) -> None:
    """Say that a place has other hours on a day, or with none is closed; what was said of that day is replaced.

    Refuses NoSuchPoint, HoursUnclear.
    """
    if hours:
        _clear(hours)
    point = _mine(body_id, point_id)
    said = {"hours": hours, "why": why, "why_cy": why_cy}
    OtherHours.objects.update_or_create(body_id=body_id, point=point, day=day, defaults=said)
    audit.record(action="point.otherwise", object=f"point:{point.pk}", body_id=body_id, at=at, by=by, data={"day": day})


def take_ticket(*, body_id: int, point_id: UUID, at: dt.datetime, by: Actor) -> Ticket:
    """Give somebody who comes in the next number of the day, and return it. Refuses NoSuchPoint."""
    point = _mine(body_id, point_id)  # locked: two who come in together get two numbers
    day = local(at).date()
    last = Ticket.objects.filter(point=point, day=day).aggregate(last=Max("number"))["last"] or 0
    return Ticket.objects.create(body_id=body_id, point=point, day=day, number=last + 1, taken_at=at)


def call_next(*, body_id: int, point_id: UUID, counter: str, at: dt.datetime, by: Actor) -> Ticket:
    """Call who has waited longest to a counter, and return their ticket; whoever was there before is done.

    Refuses NoSuchPoint, NobodyWaits. Two who call at once call two people.
    """
    point = _mine(body_id, point_id)
    today = Ticket.objects.filter(point=point, day=local(at).date())
    ticket = today.filter(state="waiting").order_by("number").first()
    if ticket is None:
        raise NobodyWaits()
    today.filter(state="called", counter=counter).update(state="done", ended_at=at)
    ticket.state, ticket.called_at, ticket.counter = "called", at, counter
    ticket.save(update_fields=["state", "called_at", "counter"])
    return ticket


def end_ticket(*, ticket_id: UUID, came: bool, at: dt.datetime, by: Actor) -> Ticket:
    """Say that whoever was called has been served, or did not come. Refuses NoSuchTicket."""
    ticket = Ticket.objects.select_for_update().filter(pk=ticket_id, state="called").first()
    if ticket is None:
        raise NoSuchTicket()
    ticket.state, ticket.ended_at = "done" if came else "gone", at
    ticket.save(update_fields=["state", "ended_at"])
    return ticket


def _mine(body_id: int, point_id: UUID) -> AccessPoint:
    point = AccessPoint.objects.select_for_update().filter(pk=point_id, body_id=body_id, closed_on=None).first()
    if point is None:
        raise NoSuchPoint()
    return point


def _clear(hours: str) -> None:
    try:
        catalogue.read_hours(hours)
    except catalogue.HoursWrong as wrong:
        raise HoursUnclear(field="hours") from wrong


def _free_slug(body_id: int, name: str) -> str:
    slug, taken = slug_of(name), set(AccessPoint.objects.filter(body_id=body_id).values_list("slug", flat=True))
    return next(one for one in [slug, *(f"{slug}-{n}" for n in range(2, 100))] if one not in taken)
