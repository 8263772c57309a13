"""A body's decision to leave, what it costs, who does its services afterwards, and the archives that were made."""

from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id

STATES = {"planned": "Planned", "going": "Being carried out", "gone": "Gone", "withdrawn": "Withdrawn"}
WHO = {"own": "Our own teams", "other": "Somebody else", "nobody": "Nobody yet"}


class Departure(models.Model):
    """A body leaves from a day on, by its own decision. Public: residents and the other bodies read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    #: The first day on which it no longer works here.
    leaves = models.DateField()
    reason = models.CharField(max_length=600)
    #: Who decided: a meeting or a person in office, and where it is minuted.
    decided_by = models.CharField(max_length=200)
    minute = models.CharField(max_length=200)
    decided_on = models.DateField()
    #: Where its residents find it afterwards.
    address = models.URLField()
    phone = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=10, choices=STATES, default="planned")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    gone_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    why_withdrawn = models.CharField(max_length=600, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body"], condition=Q(state__in=["planned", "going"]), name="leaving_departure_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="leaving_departure_state"),
            models.CheckConstraint(condition=Q(leaves__gte=F("decided_on")), name="leaving_departure_after_decision"),
            models.CheckConstraint(
                condition=Q(state="gone", gone_at__isnull=False) | (~Q(state="gone") & Q(gone_at=None)),
                name="leaving_departure_gone_when_it_says",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False) | ~Q(state="withdrawn"),
                name="leaving_departure_withdrawn_when_it_says",
            ),
        ]

    def __str__(self) -> str:
        return f"departure of body {self.body_id}"


class Afterwards(models.Model):
    """Who does a service of the body's once it is gone, as it says to its residents."""

    departure = models.ForeignKey(Departure, models.PROTECT, related_name="afterwards", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    service_id = models.CharField(max_length=60)
    who = models.CharField(max_length=10, choices=WHO)
    #: Their name, where it is somebody else.
    name = models.CharField(max_length=200, blank=True, default="")
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["departure", "service_id"], name="leaving_afterwards_once"),
            models.CheckConstraint(condition=Q(who__in=list(WHO)), name="leaving_afterwards_who"),
            models.CheckConstraint(
                condition=Q(who="other") ^ Q(name=""), name="leaving_afterwards_names_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} by {self.name or self.who}"


class Handed(models.Model):
    """One open case that was handed over on the day: by whom it is done since, and the letter that says so."""

    departure = models.ForeignKey(Departure, models.PROTECT, related_name="handed", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    case_id = models.UUIDField()
    provider_before = models.SmallIntegerField()
    provider_since = models.SmallIntegerField()
    message_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["departure", "case_id"], name="leaving_handed_once")]

    def __str__(self) -> str:
        return f"case {self.case_id}"


class Costing(models.Model):
    """What leaving costs, as it was worked out once: when it was decided, and on the day. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    departure = models.ForeignKey(Departure, models.PROTECT, related_name="costings", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    #: What is known of it, in pence, and how many sums nobody knows.
    pence = models.BigIntegerField()
    unknown = models.SmallIntegerField()
    #: Each `rules.cost.Sum` as plain values.
    sums = models.JSONField()

    def __str__(self) -> str:
        return f"cost of {self.departure_id}"


class Archive(models.Model):
    """An archive that was asked for on a page: where it lies below MOOTHALL_DATA/archives, and its checksum."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    rows = models.BigIntegerField()
    files = models.IntegerField()
    bytes = models.BigIntegerField()
    #: Of the one file that is downloaded, and of the list of checksums inside it.
    digest = models.CharField(max_length=64)
    sums_digest = models.CharField(max_length=64)
    #: Made after the body had gone: nothing is added to it any more.
    final = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["body", "-made_at"], name="leaving_archive_newest")]

    def __str__(self) -> str:
        return self.name
