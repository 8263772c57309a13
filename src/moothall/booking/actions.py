"""Keeps diaries, and takes, changes and gives up places. The database refuses one place too many."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from moothall.booking import queries
from moothall.booking.events import SlotBooked, SlotHeld, SlotReleased
from moothall.booking.models import Booking, Diary, Slot
from moothall.booking.rules import ACTIVE, Window, weekly
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.events import publish
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing

TAKE = "select booking_take(%s, %s, %s, %s, %s, %s, %s)"


class SlotTaken(Refusal):
    """That day has just been taken. Choose another."""


class SlotClosed(Refusal):
    """That day can no longer be booked. Choose another."""


class NoSuchSlot(Refusal):
    """We cannot find that day. Choose one from the list."""

    status = 404


class NothingBooked(Refusal):
    """Nothing is booked here any more. Choose a day."""


class BookedAlready(Refusal):
    """More places are booked in this slot than that. Move some bookings first, or choose a larger number."""


REFUSALS = {"booking_slot_not_oversold": SlotTaken, "booking_slot_closed": SlotClosed}


def keep_diary(
    *, body_id: int, kind: str, name: str, hold_hours: int = 24, notice_hours: int = 24, at: dt.datetime, by: Actor
) -> None:
    """Keep a diary of this kind for a body, or change what it says."""
    Diary.objects.update_or_create(
        body_id=body_id,
        kind=kind,
        defaults={"name": name, "hold_hours": hold_hours, "notice_hours": notice_hours},
    )


def add_slots(*, body_id: int, kind: str, windows: Iterable[Window], at: dt.datetime, by: Actor) -> int:
    """Open slots; one that starts at the same time is left as it is. Return how many were new."""
    before = Slot.objects.filter(body_id=body_id, kind=kind).count()
    Slot.objects.bulk_create(
        [Slot(body_id=body_id, kind=kind, starts=w.starts, ends=w.ends, capacity=w.capacity) for w in windows],
        ignore_conflicts=True,
    )
    return Slot.objects.filter(body_id=body_id, kind=kind).count() - before


def open_weekly(
    *,
    body_id: int,
    kind: str,
    first: dt.date,
    last: dt.date,
    weekdays: tuple[int, ...],
    start: dt.time,
    end: dt.time,
    capacity: int,
    closed: Iterable[dt.date] = (),
    at: dt.datetime,
    by: Actor,
) -> int:
    """Open a slot on each of these weekdays (Monday is 0) from `first` to `last`, but for `closed` days."""
    windows = weekly(first, last, weekdays=weekdays, start=start, end=end, capacity=capacity, closed=frozenset(closed))
    return add_slots(body_id=body_id, kind=kind, windows=windows, at=at, by=by)


def change_slot(
    *, slot_id: int, capacity: int | None = None, closed: bool | None = None, at: dt.datetime, by: Actor
) -> None:
    """Change how much fits into a slot, or close it to new bookings. Refuses BookedAlready below what is taken."""
    changed = {k: v for k, v in {"capacity": capacity, "closed": closed}.items() if v is not None}
    try:
        with refusing(REFUSALS, hidden=NoSuchSlot):
            if not Slot.objects.filter(id=slot_id).update(**changed):
                raise NoSuchSlot()
    except SlotTaken:
        raise BookedAlready() from None
    body_id = Slot.objects.values_list("body_id", flat=True).get(id=slot_id)
    audit.record(action="slot.changed", object=f"slot:{slot_id}", body_id=body_id, at=at, by=by, data=changed)


def hold(*, slot_id: int, case_id: UUID, units: int = 1, at: dt.datetime, by: Actor) -> Booking:
    """Keep places in a slot for a case while it is finished; a place of the same kind it had before is given up.

    Refuses SlotTaken, SlotClosed or NoSuchSlot; then the earlier place is still the case's.
    """
    return _take(slot_id, case_id, units, "held", at=at, by=by)


def book(*, case_id: UUID, kind: str, at: dt.datetime, by: Actor) -> Booking:
    """Make the place that a case holds its own. Refuses NothingBooked when the hold ran out and went to another."""
    mine = _mine(case_id, kind)
    if mine.state == "held":
        mine.state = "booked"
        mine.save(update_fields=["state"])
        _tell(SlotBooked, mine, at=at, by=by)
    return mine


def reschedule(*, case_id: UUID, kind: str, slot_id: int, at: dt.datetime, by: Actor) -> Booking:
    """Move a case's place to another slot; it keeps the old one if the new one is taken (SlotTaken)."""
    mine = _mine(case_id, kind)
    return _take(slot_id, case_id, mine.units, mine.state, at=at, by=by)


def release(*, case_id: UUID, kind: str | None = None, at: dt.datetime, by: Actor) -> int:
    """Give up what a case holds or has booked (of one kind, or all); return how many places' bookings were given up."""
    rows = Booking.objects.filter(case_id=case_id, state__in=ACTIVE)
    given = list((rows.filter(kind=kind) if kind else rows).select_for_update())
    for mine in given:
        _give_up(mine, at=at, by=by)
    return len(given)


def sweep(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Give up the holds of a body that ran out; return how many."""
    late = Booking.objects.filter(body_id=body_id, state="held", held_until__lte=at).order_by("slot_id", "id")
    gone = list(late.select_for_update(skip_locked=True))
    for mine in gone:
        _give_up(mine, at=at, by=by)
    return len(gone)


def _give_up(mine: Booking, *, at: dt.datetime, by: Actor) -> None:
    _tell(SlotReleased, mine, at=at, by=by)
    mine.state, mine.ended_at = "released", at
    mine.save(update_fields=["state", "ended_at"])


def _mine(case_id: UUID, kind: str) -> Booking:
    mine = Booking.objects.filter(case_id=case_id, kind=kind, state__in=ACTIVE).select_for_update().first()
    if mine is None:
        raise NothingBooked()
    return mine


def _take(slot_id: int, case_id: UUID, units: int, state: str, *, at: dt.datetime, by: Actor) -> Booking:
    with refusing(REFUSALS, hidden=NoSuchSlot), connection.cursor() as cursor:
        cursor.execute("select booking_hold_of(%s)", [slot_id])
        (hours,) = cursor.fetchone()
        if hours is None:
            raise NoSuchSlot()
        until = at + dt.timedelta(hours=hours)
        cursor.execute(TAKE, [slot_id, case_id, units, state, until, at, str(by)])
        taken = Booking.objects.get(id=cursor.fetchone()[0])
    _tell(SlotBooked if taken.state == "booked" else SlotHeld, taken, at=at, by=by)
    return taken


def _tell(event, mine: Booking, *, at: dt.datetime, by: Actor) -> None:
    starts, _ = queries.times(mine.id)
    day = local(starts).date()
    told = event(mine.body_id, case_id=mine.case_id, booking_id=mine.id, kind=mine.kind, day=day)
    publish(told, at=at, by=by)
