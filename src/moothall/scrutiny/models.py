"""Promises as they were decided, the public counts made of them, and who shares what with whom elsewhere."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from moothall.core.ids import new_id


class Decision(models.Model):
    """One promise that was kept or missed; known by its case and the moment it fell due."""

    body_id = models.SmallIntegerField()
    service_id = models.CharField(max_length=60)
    case_id = models.UUIDField()
    promise_due = models.DateTimeField()
    decided_on = models.DateField()
    kept = models.BooleanField()
    #: The day on which what was promised was done, in time or late; nothing until then.
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "case_id", "promise_due"], name="scrutiny_decision_once")
        ]
        indexes = [models.Index(fields=["body_id", "service_id", "decided_on"], name="scrutiny_decision_month")]

    def __str__(self):
        return f"promise of case {self.case_id}"


class Figure(models.Model):
    """How many promises of a body's service were kept and missed in a month, and how long they took. Public."""

    body_id = models.SmallIntegerField()
    service_id = models.CharField(max_length=60)
    month = models.DateField()
    kept = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    #: How many ended in the month, in time or late, and the calendar days promised and taken for all of them together.
    ended = models.PositiveIntegerField(default=0)
    days_promised = models.PositiveIntegerField(default=0)
    days_taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "service_id", "month"], name="scrutiny_figure_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="scrutiny_figure_month"),
        ]

    def __str__(self):
        return f"{self.service_id} {self.month}"


class Arrangement(models.Model):
    """A shared arrangement that is not run on this platform, as a body registered it. Public.

    Days are text, as exactly as they are known: "2012", "2012-05" or "2012-05-17".
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    reference = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    members = ArrayField(models.CharField(max_length=200))
    services = ArrayField(models.CharField(max_length=200), default=list)
    starts = models.CharField(max_length=10)
    ends = models.CharField(max_length=10, blank=True)
    why_ended = models.TextField(blank=True)
    promised_pence = models.BigIntegerField(null=True)
    verified_pence = models.BigIntegerField(null=True)
    verified_source = models.TextField(blank=True)
    source = models.TextField()
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "reference"], name="scrutiny_arrangement_reference"),
            models.CheckConstraint(
                condition=models.Q(ends="") | ~models.Q(why_ended=""), name="scrutiny_arrangement_says_why_it_ended"
            ),
            models.CheckConstraint(
                condition=models.Q(verified_pence=None) | ~models.Q(verified_source=""),
                name="scrutiny_arrangement_verified_by_something",
            ),
        ]

    def __str__(self):
        return self.name


class ContactFigure(models.Model):
    """How many contacts a body had in a month by a channel about a service, and how many could have been spared.

    Readable by all, like every figure; what is published of it is guarded by `rules.contacts`. `service_id` is empty
    where a contact was about none. `timed` are those of which is known how long they took, `seconds` all of them.
    """

    body_id = models.SmallIntegerField()
    month = models.DateField()
    channel = models.CharField(max_length=10)
    service_id = models.CharField(max_length=60, blank=True)
    contacts = models.PositiveIntegerField()
    timed = models.PositiveIntegerField(default=0)
    seconds = models.PositiveBigIntegerField(default=0)
    avoidable = models.PositiveIntegerField(default=0)
    repeat = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body_id", "month", "channel", "service_id"], name="scrutiny_contactfigure_once"
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="scrutiny_contactfigure_month"),
        ]

    def __str__(self):
        return f"{self.channel} {self.month}"
