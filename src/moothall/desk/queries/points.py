"""Reading access points: where they are, when they are open, who waits there."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.workdays import england
from moothall.desk.models import AccessPoint, Ticket
from moothall.desk.rules.points import about_minutes

AHEAD = dt.timedelta(days=60)
"""How far ahead days that are otherwise are told."""


@dataclass(frozen=True)
class Opening:
    """When a place is open: until when today (a clock time, or None when it is closed now), and the days otherwise."""

    until: str | None
    #: (day, hours or "" for closed, why; "" for a bank holiday), the next first.
    otherwise: list[tuple[dt.date, str, str]]


@dataclass(frozen=True)
class Queue:
    """Who waits at a place: those waiting, those called and not done (the last first), and how long one waits."""

    waiting: list[Ticket]
    called: list[Ticket]
    #: Minutes to the next five; None where too few were called today.
    minutes: int | None
    served: int


def points(*, body_id: int | None = None, service_id: str = "") -> list[AccessPoint]:
    """Return the places where people are received, by body and name; of one body, or where one service is to be had.

    Two statements: what each has of days that are otherwise comes along.
    """
    found = AccessPoint.objects.filter(closed_on=None).prefetch_related("other_hours")
    if body_id is not None:
        found = found.filter(body_id=body_id)
    if service_id:
        found = found.filter(services__contains=[service_id])
    return sorted(found, key=lambda point: (bodies.body(point.body_id).name, point.name))


def point(body_slug: str, slug: str) -> AccessPoint:
    """Return a place by its address; Http404 where there is none."""
    try:
        body_id = bodies.body(body_slug).id
    except bodies.UnknownBody as unknown:
        raise Http404 from unknown
    found = AccessPoint.objects.filter(body_id=body_id, slug=slug, closed_on=None).first()
    if found is None:
        raise Http404
    return found


def own_point(body_id: int, point_id: UUID) -> AccessPoint:
    """Return a body's own place; Http404 where there is none."""
    found = AccessPoint.objects.filter(body_id=body_id, pk=point_id, closed_on=None).first()
    if found is None:
        raise Http404
    return found


def opening(one: AccessPoint, at: dt.datetime, lang: str = "en") -> Opening:
    """Return when a place is open at a moment: closed on bank holidays unless its body said otherwise."""
    here = local(at)
    today = here.date()
    said = {row.day: row for row in one.other_hours.all() if today <= row.day <= today + AHEAD}
    usual = catalogue.read_hours(one.hours)
    holidays = {day for day in england().holidays if today <= day <= today + AHEAD and day.weekday() in usual}
    hours = said[today].hours if today in said else "" if today in holidays else one.hours
    otherwise = [(day, "", "") for day in holidays - set(said)]
    otherwise += [(day, row.hours, (row.why_cy if lang == "cy" else "") or row.why) for day, row in said.items()]
    return Opening(catalogue.open_until(hours, here) if hours else None, sorted(otherwise))


def queue_of(one: AccessPoint, at: dt.datetime) -> Queue:
    """Return who waits at a place today. One statement."""
    tickets = list(Ticket.objects.filter(point=one, day=local(at).date()).order_by("number"))
    called = sorted((t for t in tickets if t.called_at), key=lambda t: t.called_at, reverse=True)
    return Queue(
        [t for t in tickets if t.state == "waiting"],
        [t for t in called if t.state == "called"],
        about_minutes([t.called_at - t.taken_at for t in called[:10]]),
        sum(t.state == "done" for t in tickets),
    )
