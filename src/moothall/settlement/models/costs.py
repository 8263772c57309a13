"""What a service costs a body, from its own ledger; and how many people live where. All dated, each with its source."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from moothall.core.ids import new_id

COST_KINDS = {"actual": "What was spent", "budget": "Budget"}


class Until(Func):
    """The days from the first up to, and without, the last."""

    function = "daterange"


class CostCentre(models.Model):
    """A team or purse in a body's general ledger; `parent` is the code of the one it belongs to."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    parent = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="settlement_costcentre_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class CostMap(models.Model):
    """From a day on, what is spent in a cost centre is spent on a service."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    centre = models.CharField(max_length=20)
    service_id = models.CharField(max_length=60)
    starts = models.DateField()
    ends = models.DateField(null=True)
    decided_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="settlement_costmap_one_service",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("centre"), RangeOperators.EQUAL),
                    (Until(F("starts"), F("ends")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="settlement_costmap_days"),
        ]


class CostFile(models.Model):
    """A file of ledger lines or budgets that was taken, whole, after its control totals agreed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=COST_KINDS)
    title = models.CharField(max_length=120)
    #: SHA-256 of its content: the same file again changes nothing.
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    pence = models.BigIntegerField()
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "digest"], name="settlement_costfile_once")]


class CostLine(models.Model):
    """One line of a body's general ledger or budget. No narrative is taken over: it may name a person."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    file = models.ForeignKey(CostFile, models.PROTECT, related_name="lines", db_index=False)
    kind = models.CharField(max_length=8, choices=COST_KINDS)
    #: The line's own number in the body's ledger; once a kind, so that overlapping files do not count twice.
    entry = models.CharField(max_length=40)
    day = models.DateField()
    centre = models.CharField(max_length=20)
    account = models.CharField(max_length=20)
    pence = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "kind", "entry"], name="settlement_costline_once")]
        indexes = [models.Index(fields=["body", "kind", "centre", "day"], name="settlement_costline_sum")]


class Headcount(models.Model):
    """How many people live in a body's area from a day on, by a published estimate."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    starts = models.DateField()
    residents = models.PositiveIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "starts"], name="settlement_headcount_once")]
