"""Keeps diaries, and takes, changes and gives up places. The database refuses one place too many."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import F

from moothall.booking import queries
from moothall.booking.events import SlotBooked, SlotComing, SlotHeld, SlotOffered, SlotReleased
from moothall.booking.models import Booking, Diary, Slot, Wish
from moothall.booking.rules import ACTIVE, Window, remind_at, remind_until, weekly
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import end_of, local
from moothall.core.events import publish
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing
from moothall.core.workdays import england

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


class NoList(Refusal):
    """There is no waiting list for this. Look again in a few days: new days are opened all the time."""


class BookedAlready(Refusal):
    """More places are booked in this slot than that. Move some bookings first, or choose a larger number."""


TIME_TO_ANSWER = dt.timedelta(hours=2)
"""How long before a slot can no longer be booked it is still offered to somebody."""
REFUSALS = {"booking_slot_not_oversold": SlotTaken, "booking_slot_closed": SlotClosed}


def keep_diary(
    *,
    body_id: int,
    kind: str,
    name: str,
    hold_hours: int = 24,
    notice_hours: int = 24,
    remind_days: int = 1,
    offer_hours: int = 24,
    at: dt.datetime,
    by: Actor,
) -> None:
    """Keep a diary of this kind for a body, or change what it says."""
    Diary.objects.update_or_create(
        body_id=body_id,
        kind=kind,
        defaults={
            "name": name,
            "hold_hours": hold_hours,
            "notice_hours": notice_hours,
            "remind_days": remind_days,
            "offer_hours": offer_hours,
        },
    )
    audit.record(action="diary.kept", object=f"diary:{kind}", body_id=body_id, at=at, by=by)


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
    moved = _take(slot_id, case_id, mine.units, mine.state, at=at, by=by)
    if moved.id != mine.id:
        _tell(SlotReleased, mine, at=at, by=by)
    return moved


def release(*, case_id: UUID, kind: str | None = None, at: dt.datetime, by: Actor) -> int:
    """Give up what a case holds or has booked (of one kind, or all), and its place in the waiting list.

    Returns how many places' bookings were given up.
    """
    rows = Booking.objects.filter(case_id=case_id, state__in=ACTIVE)
    given = list((rows.filter(kind=kind) if kind else rows).select_for_update())
    for mine in given:
        _give_up(mine, at=at, by=by)
    stop_waiting(case_id=case_id, kind=kind, at=at, by=by)
    return len(given)


def wait(
    *, case_id: UUID, body_id: int, kind: str, units: int = 1, ahead: int | None = None, at: dt.datetime, by: Actor
) -> None:
    """Put a case into a diary's waiting list: for any day, or for one before the day it has. Once in it, it stays.

    `ahead` is how many days on a day may be, as for `queries.free`. Refuses NoList.
    """
    about, mine = queries.diary(body_id, kind), queries.of_case(case_id, kind)
    if about is None or not about.offer_hours:
        raise NoList()
    before = queries.times(mine.id)[0] if mine else None
    told = {"body_id": body_id, "units": units, "before": before, "ahead": ahead or queries.SIX_WEEKS}
    Wish.objects.get_or_create(
        case_id=case_id, kind=kind, state="waiting", defaults=told | {"at": at, "by": str(by)}
    )  # fmt: skip


def decline(*, case_id: UUID, kind: str, at: dt.datetime, by: Actor) -> bool:
    """Let an offered place go to the next in line, and wait on behind them; return whether there was an offer."""
    offers = Booking.objects.filter(case_id=case_id, kind=kind, state="offered").select_for_update()
    for offer in offers:
        _pass(offer, at=at, by=by)
    return bool(offers)


def stop_waiting(*, case_id: UUID, kind: str | None = None, at: dt.datetime, by: Actor) -> None:
    """Take a case out of the waiting list (of one kind, or all); what was offered to it goes to the next."""
    which = {"case_id": case_id} | ({"kind": kind} if kind else {})
    for offer in Booking.objects.filter(**which, state="offered").select_for_update():
        _pass(offer, at=at, by=by)
    Wish.objects.filter(**which, state="waiting").update(state="ended", ended_at=at)


def offer(*, body_id: int, kind: str, at: dt.datetime, by: Actor) -> int:
    """Keep each free place of a diary for the first in line who can have it; return how many were offered.

    It is kept for the diary's hours, and never longer than the slot can be booked; who has an offer already, or whose
    line another job is looking at, is left out.
    """
    diary = Diary.objects.filter(body_id=body_id, kind=kind, offer_hours__gt=0).first()
    line = Wish.objects.filter(body_id=body_id, kind=kind, state="waiting").order_by("passed", "at", "id")
    if diary is None or not line.exists():
        return 0
    line.filter(before__lte=at).update(state="ended", ended_at=at)
    have = Booking.objects.filter(body_id=body_id, kind=kind, state="offered").values("case_id")
    offers = 0
    for wish in line.exclude(case_id__in=have).select_for_update(skip_locked=True):
        offers += _offer_to(wish, diary, at=at, by=by)
    return offers


def _offer_to(wish: Wish, diary: Diary, *, at: dt.datetime, by: Actor) -> bool:
    notice = dt.timedelta(hours=diary.notice_hours)
    fit = Slot.objects.filter(
        body_id=wish.body_id, kind=wish.kind, closed=False, taken__lte=F("capacity") - wish.units,
        starts__gt=at + notice + TIME_TO_ANSWER, starts__lt=wish.before or at + dt.timedelta(days=wish.ahead),
    ).order_by("starts")  # fmt: skip
    for slot in fit[:5]:
        until = min(at + dt.timedelta(hours=diary.offer_hours), slot.starts - notice)
        told = {"body_id": wish.body_id, "kind": wish.kind, "case_id": wish.case_id, "units": wish.units}
        try:
            with refusing(REFUSALS, hidden=NoSuchSlot):
                kept = Booking.objects.create(**told, slot=slot, state="offered", held_until=until, at=at, by=str(by))
        except SlotTaken:  # somebody was quicker
            continue
        _tell(SlotOffered, kept, until=until, at=at, by=by)
        return True
    return False


def sweep(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Give up a body's holds and offers that ran out, and offer what is free to who waits; return how many ran out."""
    late = Booking.objects.filter(body_id=body_id, state__in=("held", "offered"), held_until__lte=at)
    gone = list(late.order_by("slot_id", "id").select_for_update(skip_locked=True))
    for mine in gone:
        (_give_up if mine.state == "held" else _pass)(mine, at=at, by=by)
    for kind in Wish.objects.filter(body_id=body_id, state="waiting").values_list("kind", flat=True).distinct():
        offer(body_id=body_id, kind=kind, at=at, by=by)
    return len(gone)


def remind(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Tell whose booked day is near, each booking once; return how many.

    Who booked after the time for the reminder has the letter of the booking before them, and is told nothing again.
    """
    near = 0
    for diary in Diary.objects.filter(body_id=body_id, remind_days__gt=0):
        last = remind_until(at, diary.remind_days, england())
        rows = Booking.objects.filter(
            body_id=body_id, kind=diary.kind, state="booked", reminded_at=None, slot__starts__gt=at,
            slot__starts__lte=end_of(last),
        )  # fmt: skip
        found = list(rows.select_related("slot").select_for_update(skip_locked=True, of=("self",)).order_by("id"))
        Booking.objects.filter(id__in=[mine.id for mine in found]).update(reminded_at=at)
        for mine in found:
            if mine.at < remind_at(local(mine.slot.starts).date(), diary.remind_days, england()):
                _tell(SlotComing, mine, at=at, by=by)
                near += 1
    return near


def _give_up(mine: Booking, *, at: dt.datetime, by: Actor) -> None:
    _tell(SlotReleased, mine, at=at, by=by)
    mine.state, mine.ended_at = "released", at
    mine.save(update_fields=["state", "ended_at"])


def _pass(offered: Booking, *, at: dt.datetime, by: Actor) -> None:
    """End an offer that was not taken up: its case goes to the end of the line, and the place to the next."""
    offered.state, offered.ended_at = "lapsed", at
    offered.save(update_fields=["state", "ended_at"])
    Wish.objects.filter(case_id=offered.case_id, kind=offered.kind, state="waiting").update(passed=F("passed") + 1)
    _tell(SlotReleased, offered, at=at, by=by)


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
    Wish.objects.filter(case_id=case_id, kind=taken.kind, state="waiting").update(state="met", ended_at=at)
    _tell(SlotBooked if taken.state == "booked" else SlotHeld, taken, at=at, by=by)
    return taken


def _tell(event, mine: Booking, *, at: dt.datetime, by: Actor, **more) -> None:
    starts, _ = queries.times(mine.id)
    day = local(starts).date()
    told = event(mine.body_id, case_id=mine.case_id, booking_id=mine.id, kind=mine.kind, day=day, **more)
    publish(told, at=at, by=by)
