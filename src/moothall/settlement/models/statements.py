"""Recharge statements: what a body owes another for a time, section by service, line by case.

Everywhere `body` is who pays and `provider` who is paid; what belongs to a statement carries both, so that row
security asks no other table for them. Amounts never change once a statement is sent (a trigger).
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from moothall.core.ids import new_id
from moothall.settlement.rules.states import DROPPED, HELD, LINE_STATES, STANDS, STATES, WITHDRAWN

KINDS = {"work": "Work done", "true-up": "Year-end true-up"}


class Days(Func):
    """The days from the first to the last, both inclusive."""

    function = "daterange"
    arity = 3


class Statement(models.Model):
    """What a body owes a provider for the days from `first` to `last`, both inclusive."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    provider = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=KINDS, default="work")
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=10, default="draft")
    #: Net and VAT of all lines as drawn up, in pence; a true-up may be below nothing.
    pence = models.BigIntegerField()
    vat_pence = models.BigIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=80)
    sent_at = models.DateTimeField(null=True)
    provider_approved_at = models.DateTimeField(null=True)
    provider_approved_by = models.CharField(max_length=80, blank=True, default="")
    payer_approved_at = models.DateTimeField(null=True)
    payer_approved_by = models.CharField(max_length=80, blank=True, default="")
    posted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="settlement_statement_days_once",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("provider"), RangeOperators.EQUAL),
                    (F("kind"), RangeOperators.EQUAL),
                    (Days(F("first"), F("last"), Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=WITHDRAWN),
            ),
            models.CheckConstraint(condition=~Q(body=F("provider")), name="settlement_statement_between_two"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="settlement_statement_days"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="settlement_statement_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "posted"])
                | Q(provider_approved_at__isnull=False, payer_approved_at__isnull=False),
                name="settlement_statement_approved_by_both",
            ),
        ]
        indexes = [models.Index(fields=["provider", "-first"], name="settlement_of_provider")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.provider_id} for {self.body_id}, {self.first} to {self.last}"

    @property
    def gross(self) -> int:
        """Return net and VAT together, in pence."""
        return self.pence + self.vat_pence


class Section(models.Model):
    """What is owed under one agreement: its price, what it was worked out from, and the pence that came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    provider = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="sections")
    terms = models.ForeignKey("sharing.RechargeTerms", models.PROTECT, related_name="+", db_index=False)
    service_id = models.CharField(max_length=60)
    #: The price rule as it stood.
    rule = models.JSONField()
    #: What it was worked out from: {"before": figures, "to_date": figures, ...}, so that anybody can do it again.
    working = models.JSONField()
    pence = models.BigIntegerField()
    vat = models.CharField(max_length=20)
    vat_basis_points = models.PositiveIntegerField()
    vat_source = models.CharField(max_length=200)
    vat_pence = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "terms"], name="settlement_section_once")]


class Line(models.Model):
    """One case's part of a section, or the whole of a section that no case stands behind."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    provider = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="lines", db_index=False)
    section = models.ForeignKey(Section, models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()
    case_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=13, blank=True, default="")
    day = models.DateField()
    units = models.IntegerField(default=1)
    pence = models.BigIntegerField()
    vat_pence = models.BigIntegerField()
    state = models.CharField(max_length=8, default=STANDS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="settlement_line_number"),
            models.CheckConstraint(condition=Q(state__in=LINE_STATES), name="settlement_line_state"),
        ]
        indexes = [
            models.Index(fields=["section", "number"], name="settlement_line_of_section"),
            models.Index(fields=["statement"], name="settlement_line_held", condition=Q(state=HELD)),
            models.Index(fields=["case_id"], name="settlement_line_case", condition=~Q(case_id=None)),
        ]


class Dispute(models.Model):
    """Why a payer does not accept a line, and what came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    provider = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey(Line, models.CASCADE, related_name="disputes")
    reason = models.CharField(max_length=300)
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=80)
    answer = models.CharField(max_length=300, blank=True, default="")
    outcome = models.CharField(max_length=8, blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line"], name="settlement_dispute_one_open", condition=Q(settled_at=None)),
            models.CheckConstraint(condition=Q(outcome__in=["", STANDS, DROPPED]), name="settlement_dispute_outcome"),
        ]
