"""Reads diaries: what is free, what a case has, what a day holds."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from icalendar import Calendar as ICalendar
from icalendar import Event as IEvent
from icalendar import vCalAddress

from moothall.booking.models import Booking, Diary, Slot, Wish
from moothall.booking.rules import ACTIVE, TAKES
from moothall.core.clock import LONDON, local

SIX_WEEKS = 42
HAD = (*ACTIVE, "released")
"""States of what a case had or has itself; an offer is none of it."""


@dataclass(frozen=True)
class Free:
    """A slot with places left; times in UTC."""

    id: int
    starts: dt.datetime
    ends: dt.datetime
    capacity: int
    free: int

    @property
    def day(self) -> dt.date:
        return local(self.starts).date()


@dataclass(frozen=True)
class Offer(Free):
    """A slot with a place that is kept for one case in the waiting list, until a moment."""

    until: dt.datetime


@dataclass(frozen=True)
class About:
    """What a diary is called and its times; `offer_hours` is 0 where it keeps no waiting list."""

    name: str
    hold_hours: int
    notice_hours: int
    offer_hours: int


def diary(body_id: int, kind: str) -> About | None:
    """Return what anybody may know of a body's diary, or None where it keeps none of this kind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select name, hold_hours, notice_hours, offer_hours from booking_diary_of(%s::smallint, %s)",
            [body_id, kind],
        )
        row = cursor.fetchone()
    return About(*row) if row else None


def free(
    body_id: int, kind: str, *, at: dt.datetime, ahead: int | None = None, units: int = 1, limit: int = 30
) -> list[Free]:
    """Return the slots that can still be booked at a moment (their notice kept), soonest first.

    `ahead` is how many days on the last one may be, by default six weeks. Anybody may ask; nothing is told of who has
    the other places. A place that somebody in the waiting list could have is theirs first, and not free.
    """
    about = diary(body_id, kind)
    if about is None:
        return []
    since = at + dt.timedelta(hours=about.notice_hours)
    last = local(at).date() + dt.timedelta(days=ahead or SIX_WEEKS)
    until = dt.datetime.combine(last, dt.time.max, LONDON)
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, starts, ends, capacity, free from booking_free(%s::smallint, %s, %s, %s, %s) "
            "where free >= %s limit %s",
            [body_id, kind, since, until, at, units, limit],
        )
        return [Free(*row) for row in cursor.fetchall()]


def of_case(case_id: UUID, kind: str | None = None) -> Booking | None:
    """Return the place a case holds or has booked, or None: to whoever's scope is the case or its body."""
    rows = Booking.objects.filter(case_id=case_id, state__in=ACTIVE)
    return (rows.filter(kind=kind) if kind else rows).order_by("-at").first()


def offer_to(case_id: UUID, kind: str, *, at: dt.datetime) -> Offer | None:
    """Return the place that came free and is kept for a case in the waiting list, or None."""
    found = Booking.objects.filter(case_id=case_id, kind=kind, state="offered", held_until__gt=at).first()
    return found and Offer(found.slot_id, *times(found.id), found.units, found.units, until=found.held_until)


def wish(case_id: UUID, kind: str) -> Wish | None:
    """Return a case's place in the waiting list of a kind, or None."""
    return Wish.objects.filter(case_id=case_id, kind=kind, state="waiting").first()


def line(body_id: int, kind: str) -> list[Wish]:
    """Return who waits for a place in a body's diary, first in line first."""
    return list(Wish.objects.filter(body_id=body_id, kind=kind, state="waiting").order_by("passed", "at", "id"))


def slot(slot_id: int) -> Slot | None:
    """Return a slot of the scope's bodies, or None."""
    return Slot.objects.filter(id=slot_id).first()


def times(booking_id: UUID) -> tuple[dt.datetime, dt.datetime] | None:
    """Return when a booking starts and ends, to whoever may see the booking; else None."""
    with connection.cursor() as cursor:
        cursor.execute("select starts, ends from booking_times(%s)", [booking_id])
        return cursor.fetchone()


def when(booking_id: UUID) -> dict | None:
    """Return a booking's `day` in London and the `time` it begins ("09:30"), to whoever may see it; else None."""
    found = times(booking_id)
    return found and {"day": local(found[0]).date(), "time": f"{local(found[0]):%H:%M}"}


def diaries(body_id: int) -> list[Diary]:
    """Return a body's diaries by name."""
    return list(Diary.objects.filter(body_id=body_id).order_by("name"))


def slots(body_id: int, kind: str, *, since: dt.datetime, until: dt.datetime) -> list[Slot]:
    """Return a body's slots that start in [since, until), closed ones too, soonest first."""
    return list(Slot.objects.filter(body_id=body_id, kind=kind, starts__gte=since, starts__lt=until).order_by("starts"))


def day_sheet(slot_id: int) -> list[Booking]:
    """Return the bookings of a slot in the order they were made."""
    return list(Booking.objects.filter(slot_id=slot_id, state__in=TAKES).order_by("at", "id"))


def calendar_file(booking: Booking, *, summary: str, address: str, at: dt.datetime) -> bytes:
    """Return a booking as an iCalendar file (RFC 5545) that any diary reads: one entry for all the days of its case.

    Each change of day has a higher SEQUENCE, so that a diary replaces the day before; a booking that was given up takes
    its entry out (METHOD CANCEL, RFC 5546 section 3.2). `address` is where it can be changed.
    """
    starts, ends = times(booking.id)
    gone = booking.state not in ACTIVE
    entry = IEvent()
    entry.add("uid", f"{booking.case_id}-{booking.kind}@moothall")
    entry.add("sequence", 2 * _changes(booking) + gone)
    entry.add("dtstamp", at.astimezone(dt.UTC))
    entry.add("dtstart", starts.astimezone(dt.UTC))
    entry.add("dtend", ends.astimezone(dt.UTC))
    entry.add("summary", summary)
    entry.add("url", address)
    entry.add("organizer", vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}"))
    entry.add("status", "CANCELLED" if gone else "CONFIRMED" if booking.state == "booked" else "TENTATIVE")
    calendar = ICalendar()
    calendar.add("prodid", "-//Moothall//Booking//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    calendar.add_component(entry)
    return calendar.to_ical()


def _changes(booking: Booking) -> int:
    """Return how often the day was changed before: the case's bookings of this kind that were given up for this one."""
    of_case = Booking.objects.filter(case_id=booking.case_id, kind=booking.kind, at__lte=booking.at)
    return of_case.filter(state__in=HAD).count() - 1


def last_of_case(case_id: UUID) -> Booking | None:
    """Return the place that a case has, or gave up last; None where it never had one."""
    return of_case(case_id) or Booking.objects.filter(case_id=case_id, state__in=HAD).order_by("-at").first()
