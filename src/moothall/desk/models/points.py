"""Where the public is received: access points, the days that are otherwise, and the tickets of those who wait."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from moothall.core.ids import new_id

STATES = {"waiting": "Waits", "called": "Called", "done": "Done", "gone": "Did not come"}


class AccessPoint(models.Model):
    """A place where a body receives the public. Published."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    slug = models.CharField(max_length=50)
    name = models.CharField(max_length=100)
    name_cy = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=200)
    postcode = models.CharField(max_length=8)
    lat = models.FloatField()
    lon = models.FloatField()
    easting = models.IntegerField()
    northing = models.IntegerField()
    phone = models.CharField(max_length=20, blank=True)
    #: As schema.org writes them: "Mo-Fr 09:00-17:00; Sa 10:00-13:00".
    hours = models.CharField(max_length=200)
    services = ArrayField(models.CharField(max_length=60), default=list)
    languages = ArrayField(models.CharField(max_length=10), default=list)
    access = ArrayField(models.CharField(max_length=20), default=list)
    #: Whether one draws a number there.
    tickets = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "slug"], name="desk_accesspoint_slug")]

    def __str__(self) -> str:
        return self.name


class OtherHours(models.Model):
    """A day on which an access point is not open as usual; no hours is closed. Published."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    point = models.ForeignKey(AccessPoint, models.CASCADE, related_name="other_hours")
    day = models.DateField()
    hours = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=100)
    why_cy = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "point", "day"], name="desk_otherhours_once")]

    def __str__(self) -> str:
        return f"{self.day:%d %b}"


class Ticket(models.Model):
    """A number that somebody drew who waits at an access point. It says nothing of who; the wall shows it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    point = models.ForeignKey(AccessPoint, models.PROTECT, related_name="ticket_set", db_index=False)
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default="waiting", choices=STATES)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    #: At which counter they were called: "2".
    counter = models.CharField(max_length=10, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "point", "day", "number"], name="desk_ticket_number"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="desk_ticket_state"),
            models.CheckConstraint(
                condition=Q(state="waiting", called_at=None) | (~Q(state="waiting") & Q(called_at__isnull=False)),
                name="desk_ticket_called_when_it_says",
            ),
        ]
        indexes = [models.Index(fields=["point", "day", "state", "number"], name="desk_ticket_queue")]

    def __str__(self) -> str:
        return str(self.number)
