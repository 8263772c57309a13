"""What people owe, their attempts to pay it, and what is given back."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from moothall.ledger import rules


def _one_of(field: str, words, name: str):
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(words)}), name=name)


class Charge(models.Model):
    """What somebody owes a body for something. Its id is random: whoever was sent it may pay it, and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    body_id = models.SmallIntegerField()
    reference = models.CharField(max_length=30)
    case_id = models.UUIDField(null=True)
    step_id = models.UUIDField(null=True)
    what = models.CharField(max_length=60)
    description = models.CharField(max_length=200)
    cost_centre = models.CharField(max_length=60, blank=True)
    pence = models.IntegerField()
    state = models.CharField(max_length=10, default="due")
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "reference"], name="ledger_charge_reference"),
            models.UniqueConstraint(fields=["body_id", "id"], name="ledger_charge_body"),
            models.UniqueConstraint(fields=["body_id", "case_id", "what"], name="ledger_charge_once"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="ledger_charge_pence"),
            _one_of("state", rules.CHARGE_STATES, "ledger_charge_state"),
        ]
        indexes = [
            models.Index(fields=["body_id", "-raised_at"], name="ledger_charge_newest"),
            models.Index(fields=["case_id"], name="ledger_charge_case"),
        ]

    def __str__(self):
        return self.reference


class Payment(models.Model):
    """One attempt to pay a charge, or money taken for it at a counter. Never holds anything of a card."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    body_id = models.SmallIntegerField()
    charge = models.ForeignKey(Charge, models.DO_NOTHING, db_constraint=False, related_name="payments")
    case_id = models.UUIDField(null=True)
    attempt = models.SmallIntegerField()
    reference = models.CharField(max_length=40)
    how = models.CharField(max_length=10)
    pence = models.IntegerField()
    state = models.CharField(max_length=10, default="intended")
    provider_id = models.CharField(max_length=40, blank=True)
    next_url = models.CharField(max_length=2000, blank=True)
    asked_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "reference"], name="ledger_payment_reference"),
            models.UniqueConstraint(fields=["body_id", "id"], name="ledger_payment_body"),
            models.UniqueConstraint(
                fields=["body_id", "charge"], condition=Q(state="paid"), name="ledger_payment_paid_once"
            ),
            models.UniqueConstraint(
                fields=["body_id", "charge"], condition=Q(state__in=rules.OPEN), name="ledger_payment_one_open"
            ),
            models.CheckConstraint(condition=Q(pence__gt=0), name="ledger_payment_pence"),
            _one_of("state", rules.NEXT, "ledger_payment_state"),
            _one_of("how", rules.RECEIVED_IN, "ledger_payment_how"),
        ]
        indexes = [
            models.Index(fields=["body_id", "asked_at"], condition=Q(state__in=rules.OPEN), name="ledger_payment_open"),
            models.Index(fields=["body_id", "-asked_at"], name="ledger_payment_newest"),
            models.Index(fields=["case_id"], name="ledger_payment_case"),
        ]

    def __str__(self):
        return self.reference


class Refund(models.Model):
    """Money given back. `available` is what could be given back before it, so that a resend never pays twice."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    body_id = models.SmallIntegerField()
    payment = models.ForeignKey(Payment, models.DO_NOTHING, db_constraint=False, related_name="refunds")
    case_id = models.UUIDField(null=True)
    pence = models.IntegerField()
    available = models.IntegerField()
    state = models.CharField(max_length=10, default="intended")
    how = models.CharField(max_length=10, default="card")
    reason = models.CharField(max_length=200)
    provider_refund_id = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "id"], name="ledger_refund_body"),
            models.UniqueConstraint(
                fields=["body_id", "payment"],
                condition=Q(state__in=["intended", "submitted"]),
                name="ledger_refund_one_open",
            ),
            models.CheckConstraint(
                condition=Q(pence__gt=0, available__gte=models.F("pence")), name="ledger_refund_pence"
            ),
            _one_of("state", rules.REFUND_NEXT, "ledger_refund_state"),
        ]

    def __str__(self):
        return f"{self.pence} of {self.payment_id}"


class ProviderRecord(models.Model):
    """What the payment provider last said of one payment in its own list: one side of the reconciliation."""

    body_id = models.SmallIntegerField()
    provider_id = models.CharField(max_length=40)
    reference = models.CharField(max_length=255)
    pence = models.IntegerField()
    state = models.CharField(max_length=10)
    refunded = models.IntegerField(default=0)
    created = models.CharField(max_length=30)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body_id", "provider_id"], name="ledger_provider_record")]
        indexes = [models.Index(fields=["body_id", "-created"], name="ledger_provider_newest")]

    def __str__(self):
        return self.reference
