"""Diaries, their slots, and who holds a place. The database counts the places taken and refuses one too many."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from moothall.booking import rules


class Diary(models.Model):
    """What one body lets people book: a kind of slot, how long a place is held, and how late it may be booked."""

    body_id = models.SmallIntegerField()
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    hold_hours = models.SmallIntegerField(default=24)
    notice_hours = models.SmallIntegerField(default=24)
    #: How many working days before it people are reminded of their day; 0 for never.
    remind_days = models.SmallIntegerField(default=1)
    #: For how many hours a place that came free is kept for the first in the waiting list; 0 where there is no list.
    offer_hours = models.SmallIntegerField(default=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "kind"], name="booking_diary_kind"),
            models.CheckConstraint(
                condition=Q(hold_hours__gt=0, notice_hours__gte=0, remind_days__gte=0, offer_hours__gte=0),
                name="booking_diary_hours",
            ),
        ]

    def __str__(self):
        return self.name


class Slot(models.Model):
    """A time that holds a number of places. `taken` is kept by the database from the bookings themselves."""

    body_id = models.SmallIntegerField()
    kind = models.CharField(max_length=60)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    capacity = models.IntegerField()
    taken = models.IntegerField(default=0)
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "kind", "starts"], name="booking_slot_start"),
            models.UniqueConstraint(fields=["body_id", "id"], name="booking_slot_body"),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("capacity")), name="booking_slot_not_oversold"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="booking_slot_ends_later"),
        ]

    def __str__(self):
        return f"{self.kind} {self.starts:%d %b %H:%M}"


class Booking(models.Model):
    """Places in a slot, held or booked for one case."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    body_id = models.SmallIntegerField()
    slot = models.ForeignKey(Slot, models.DO_NOTHING, db_constraint=False, related_name="bookings")
    kind = models.CharField(max_length=60)
    case_id = models.UUIDField()
    units = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=10)
    held_until = models.DateTimeField(null=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=100)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "kind"], condition=Q(state__in=rules.ACTIVE), name="booking_one_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(units__gt=0), name="booking_units"),
            models.CheckConstraint(condition=Q(state__in=list(rules.NEXT)), name="booking_state"),
            models.CheckConstraint(
                condition=~Q(state__in=("held", "offered")) | Q(held_until__isnull=False), name="booking_held_until"
            ),
            models.UniqueConstraint(
                fields=["case_id", "kind"], condition=Q(state="offered"), name="booking_one_offer_of_a_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["slot"], condition=Q(state__in=rules.TAKES), name="booking_active"),
            models.Index(
                fields=["body_id", "held_until"], condition=Q(state__in=("held", "offered")), name="booking_held"
            ),
        ]

    def __str__(self):
        return f"{self.state} {self.kind}"


class Wish(models.Model):
    """A case's place in a diary's waiting list. First in line: who let the fewest offers pass, then who came first."""

    body_id = models.SmallIntegerField()
    kind = models.CharField(max_length=60)
    case_id = models.UUIDField()
    units = models.SmallIntegerField(default=1)
    #: Only a slot before this moment is wanted: the one the case has now. Empty where it has none.
    before = models.DateTimeField(null=True)
    ahead = models.SmallIntegerField()
    passed = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, default="waiting")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id", "kind"], condition=Q(state="waiting"), name="booking_wish_once"),
            models.CheckConstraint(condition=Q(state__in=("waiting", "met", "ended")), name="booking_wish_state"),
            models.CheckConstraint(condition=Q(units__gt=0, ahead__gt=0, passed__gte=0), name="booking_wish_sizes"),
        ]
        indexes = [
            models.Index(
                fields=["body_id", "kind", "passed", "at"], condition=Q(state="waiting"), name="booking_wish_line"
            )
        ]

    def __str__(self):
        return f"{self.state} for {self.kind}"
