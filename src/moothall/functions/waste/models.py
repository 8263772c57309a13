"""Rounds and the days they call, what crews noted, what went wrong, visits to make, and subscriptions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.core.ids import new_id
from moothall.functions.waste import rules

STREAMS = {"refuse": _("Rubbish"), "recycling": _("Recycling"), "food": _("Food waste"), "garden": _("Garden waste")}
VISITS = {"return": "Empty a missed bin", "bulky": "Collect large items", "clear": "Clear dumped rubbish"}
NOT_DONE = {
    "not_out": "It was not out",
    "not_found": "There was nothing there",
    "blocked": "We could not get to it",
    "unsafe": "It was not safe to move",
}


class Round(models.Model):
    """A lorry's round: what it collects, on which weekday, how often."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    stream = models.CharField(max_length=10, choices=STREAMS)
    weekday = models.PositiveSmallIntegerField()
    weeks = models.PositiveSmallIntegerField(default=1)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], name="waste_round_code"),
            models.CheckConstraint(condition=Q(weekday__lte=6, weeks__range=(1, 8)), name="waste_round_pattern"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def pattern(self) -> rules.Pattern:
        """Return how often it calls, as the rules read it."""
        return rules.Pattern(self.weekday, self.weeks, self.starts, self.ends)


class Stop(models.Model):
    """A street on a round, in the order of the round; with an address, an exception for that one address."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="stops", db_index=False)
    usrn = models.CharField(max_length=8)
    uprn = models.CharField(max_length=12, blank=True, default="")
    street = models.CharField(max_length=120)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "round", "usrn", "uprn"], name="waste_stop_once"),
        ]
        indexes = [models.Index(fields=["usrn"], name="waste_stop_street")]


class Shift(models.Model):
    """A day on which no crew works, or a collection day that the district moves by hand."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    moved_to = models.DateField(null=True)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "day"], name="waste_shift_once_a_day")]


class RoundDay(models.Model):
    """What became of a round on one day. No row: the crew has said nothing yet."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="days", db_index=False)
    day = models.DateField()
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "round", "day"], name="waste_roundday_once"),
            models.CheckConstraint(condition=Q(state__in=["collected", "incomplete"]), name="waste_roundday_state"),
        ]


class CrewNote(models.Model):
    """What a crew wrote at an address that it did not empty."""

    id = models.UUIDField(primary_key=True, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="notes", db_index=False)
    day = models.DateField()
    uprn = models.CharField(max_length=12)
    code = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(code__in=list(rules.NOTES)), name="waste_crewnote_code")]
        indexes = [models.Index(fields=["body", "uprn", "-day"], name="waste_crewnote_address")]


class Incident(models.Model):
    """A round that could not be finished: which streets wait, why, and when the crew comes back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="incidents", db_index=False)
    day = models.DateField()
    usrns = ArrayField(models.CharField(max_length=8))
    reason = models.CharField(max_length=200)
    return_on = models.DateField()
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "round", "day"], name="waste_incident_once"),
            models.CheckConstraint(condition=Q(return_on__gte=F("day")), name="waste_incident_returns_later"),
        ]
        indexes = [models.Index(fields=["body", "opened_at"], name="waste_incident_open", condition=Q(ended_at=None))]


class MissedReport(models.Model):
    """One case's report of a missed bin, the round it is about, and what it waits for."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    case_id = models.UUIDField()
    round = models.ForeignKey(Round, models.PROTECT, related_name="+", db_index=False, null=True)
    day = models.DateField(null=True)
    uprn = models.CharField(max_length=12)
    usrn = models.CharField(max_length=8)
    at = models.DateTimeField()
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="reports", null=True)
    #: The step that waits until the crew's day ends.
    check_step = models.UUIDField(null=True)
    #: The step that waits until the incident's streets are done.
    return_step = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "case_id"], name="waste_missedreport_once")]
        indexes = [models.Index(fields=["round", "day"], name="waste_missedreport_round")]


class Visit(models.Model):
    """A place a crew must go to: a missed bin, large items, dumped rubbish."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    case_id = models.UUIDField()
    reference = models.CharField(max_length=20)
    step_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=VISITS)
    what = models.CharField(max_length=300)
    label = models.CharField(max_length=200)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    day = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="open")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True, default="")
    reason = models.CharField(max_length=12, blank=True, default="", choices=NOT_DONE)
    evidence = models.BooleanField(default=False)
    photo = models.UUIDField(null=True)
    #: Made on the crew's page: the same number again is the same visit.
    number = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "step_id"], name="waste_visit_once_a_step"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "not_done", "gone"]), name="waste_visit_state"
            ),
        ]
        indexes = [models.Index(fields=["body", "due_at"], name="waste_visit_due", condition=Q(state="open"))]


class Subscription(models.Model):
    """A year of garden-waste collections at an address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=20)
    case_id = models.UUIDField()
    uprn = models.CharField(max_length=12)
    label = models.CharField(max_length=200)
    bins = models.PositiveSmallIntegerField(default=1)
    starts = models.DateField()
    ends = models.DateField()
    reminded = ArrayField(models.SmallIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "case_id"], name="waste_subscription_once_a_case"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="waste_subscription_ends_after_it_starts"),
        ]
        indexes = [
            models.Index(fields=["body", "uprn", "-ends"], name="waste_subscription_address"),
            models.Index(fields=["body", "ends"], name="waste_subscription_ends"),
        ]
