"""Savings as a ledger of promises: what was said at each stage, by whom, and the ledger entries that prove it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q, Value

from moothall.core.ids import new_id
from moothall.promises.rules.savings import KINDS, STATES


class _Days(Func):
    """The days from the first to the last, both inclusive."""

    function = "daterange"


class Saving(models.Model):
    """One saving that a body promised, with what is on record of it now; how it came there is in its events."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    #: As people call it: the body's code and a number, "ASH-S3".
    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    title_cy = models.CharField(max_length=120, blank=True, default="")
    kind = models.CharField(max_length=8)
    #: What a benefit that is no money is counted in, such as "hours of staff time".
    unit = models.CharField(max_length=40, blank=True, default="")
    service_id = models.CharField(max_length=60, blank=True, default="")
    partnership_id = models.UUIDField(null=True)
    #: The first day on which it is to show.
    starts = models.DateField()
    source = models.CharField(max_length=300)
    cause = models.CharField(max_length=600, blank=True, default="")
    quality = models.CharField(max_length=600, blank=True, default="")
    differs = models.CharField(max_length=600, blank=True, default="")
    #: The account of the officer who owns it, and the post that everybody reads.
    owner_id = models.BigIntegerField(null=True)
    owner_post = models.CharField(max_length=80, blank=True, default="")
    councillor = models.CharField(max_length=120, blank=True, default="")
    #: Who gets which part: [{"name", "weight", "body_id" or null}], what `rules.savings.Part` reads.
    parts = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=12, default="promised")
    blocked_by = models.CharField(max_length=120, blank=True, default="")
    blocked_why = models.CharField(max_length=600, blank=True, default="")
    baseline_id = models.UUIDField(null=True)
    promised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "reference"], name="promises_saving_reference"),
            models.CheckConstraint(condition=Q(state__in=[*STATES, "given-up"]), name="promises_saving_state"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="promises_saving_kind"),
            models.CheckConstraint(
                condition=Q(kind="non-cash") & ~Q(unit="") | ~Q(kind="non-cash") & Q(unit=""),
                name="promises_saving_unit",
            ),
        ]
        indexes = [models.Index(fields=["partnership_id"], name="promises_saving_partnership")]

    def __str__(self):
        return self.reference


class SavingFigure(models.Model):
    """What was said at a stage of what a saving comes to in a financial year; the newest of a stage and year counts."""

    id = models.BigAutoField(primary_key=True)
    body_id = models.SmallIntegerField()
    saving = models.ForeignKey(Saving, models.PROTECT, related_name="figures", db_index=False)
    stage = models.CharField(max_length=8)
    #: The first day of the financial year.
    year = models.DateField()
    #: Pence, or whole units where the saving has a unit.
    gross = models.BigIntegerField()
    cost = models.BigIntegerField()
    #: Of an outcome: the last day it covers.
    until = models.DateField(null=True)
    source = models.CharField(max_length=300)
    said_at = models.DateTimeField()
    said_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["promised", "approved", "realised"]), name="promises_savingfigure_stage"
            ),
            models.CheckConstraint(condition=Q(year__month=4, year__day=1), name="promises_savingfigure_year"),
            models.CheckConstraint(
                condition=Q(stage="realised", until__isnull=False) | ~Q(stage="realised") & Q(until=None),
                name="promises_savingfigure_until",
            ),
        ]
        indexes = [models.Index(fields=["saving", "year", "stage"], name="promises_savingfigure_newest")]


class SavingEvent(models.Model):
    """What happened to a saving, in the words of then: moved on, blocked, reported on, given another owner."""

    id = models.BigAutoField(primary_key=True)
    body_id = models.SmallIntegerField()
    saving = models.ForeignKey(Saving, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    day = models.DateField()
    #: Who decided, blocked or stated: a body, a committee, a post.
    who = models.CharField(max_length=120, blank=True, default="")
    words = models.CharField(max_length=600, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=100)


class Baseline(models.Model):
    """What a year would cost without the saving, as somebody states it; several may be stated, and all are shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    saving = models.ForeignKey(Saving, models.PROTECT, related_name="baselines")
    stated_by = models.CharField(max_length=120)
    pence = models.BigIntegerField()
    #: In the prices of which financial year: its first day.
    prices = models.DateField()
    source = models.CharField(max_length=300)
    #: Why it is stated beside another.
    because = models.CharField(max_length=600, blank=True, default="")
    stated_at = models.DateTimeField()


class Verification(models.Model):
    """What a finance officer found in the ledger for some days of one year; withdrawn, its entries are free again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    saving = models.ForeignKey(Saving, models.PROTECT, related_name="verifications")
    first = models.DateField()
    last = models.DateField()
    baseline = models.ForeignKey(Baseline, models.PROTECT, null=True, related_name="+", db_index=False)
    #: What these days would have cost, in their own prices; nothing where the entries are what was taken out.
    baseline_pence = models.BigIntegerField()
    #: How the baseline of these days was worked out, where it is not the yearly one day by day.
    working = models.CharField(max_length=600, blank=True, default="")
    #: The baseline less every entry: the database adds it up itself.
    pence = models.BigIntegerField()
    verified_at = models.DateTimeField()
    verified_by = models.BigIntegerField()
    post = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=600, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="promises_verification_days"),
            ExclusionConstraint(
                name="promises_verification_days_once",
                expressions=[
                    (F("saving"), RangeOperators.EQUAL),
                    (_Days(F("first"), F("last"), Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]


class SavingLine(models.Model):
    """A ledger entry behind a verified saving, as it stood there. Each entry stands behind at most one saving."""

    id = models.BigAutoField(primary_key=True)
    #: In whose books it stands: the saving's body, or one whose place that took.
    body_id = models.SmallIntegerField()
    verification = models.ForeignKey(Verification, models.PROTECT, related_name="lines")
    #: Our own books ("ours"), or lines taken in from a finance system: what was spent ("actual"), or "budget".
    books = models.CharField(max_length=8)
    #: The entry's number there: of our own books the journal's and the line's, "120/1".
    entry = models.CharField(max_length=60)
    day = models.DateField()
    centre = models.CharField(max_length=60, blank=True, default="")
    account = models.CharField(max_length=20)
    #: What kind of posting it was, in our own books: a recharge is what partners charge each other.
    posting = models.CharField(max_length=20, blank=True, default="")
    pence = models.BigIntegerField()
    released = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body_id", "books", "entry"], condition=Q(released=False), name="promises_savingline_once"
            ),
            models.CheckConstraint(
                condition=Q(books__in=["ours", "actual", "budget"]), name="promises_savingline_books"
            ),
        ]
