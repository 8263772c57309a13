"""Contracts, their clauses as data, and what came of them."""

from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id

KINDS = {"no_defect_guarantee": "No-defect guarantee"}
SPENDING = {"capital": "Capital", "other": "Not capital"}


class Contract(models.Model):
    """Work a body buys in from a contractor."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    contractor = models.CharField(max_length=120)
    #: What is bought, in the same words for similar contracts.
    matter = models.CharField(max_length=120, blank=True, default="")
    spending = models.CharField(max_length=10, choices=SPENDING, default="other")
    #: All that is to be paid over its whole life, with its extensions; empty where nobody wrote it down.
    pence = models.BigIntegerField(null=True)
    #: Whether its terms let the price be varied.
    varies = models.BooleanField(default=False)
    signed = models.DateField(null=True)
    starts = models.DateField()
    #: The first day on which it no longer runs.
    ends = models.DateField()
    #: Until when its terms allow it to be extended, if they do.
    extends_to = models.DateField(null=True)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="contracts_contract_number"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="contracts_contract_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(extends_to=None) | Q(extends_to__gt=F("ends")), name="contracts_contract_extended_later"
            ),
            models.CheckConstraint(condition=Q(spending__in=list(SPENDING)), name="contracts_contract_spending"),
            models.CheckConstraint(condition=Q(pence=None) | Q(pence__gte=0), name="contracts_contract_worth"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Clause(models.Model):
    """A term of a contract that a machine can apply; `data` is what `rules.guarantee_from` reads."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="clauses")
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=30, choices=KINDS)
    words = models.TextField()
    source = models.CharField(max_length=300)
    data = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "contract", "number"], name="contracts_clause_number")]


class Cover(models.Model):
    """A stretch of road that a clause guarantees, from the day its surfacing was certified."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="covers")
    segment = models.CharField(max_length=20)
    certified_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "clause", "segment", "certified_on"], name="contracts_cover_once")
        ]
        indexes = [models.Index(fields=["body", "segment"], name="contracts_cover_segment")]


class Claim(models.Model):
    """A defect that came back under a guarantee; open until its repair is paid for by the deduction."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="claims")
    #: The defect, as the function that mends it calls it.
    defect = models.CharField(max_length=40)
    segment = models.CharField(max_length=20)
    found_on = models.DateField()
    until = models.DateField()
    case_id = models.UUIDField()
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "clause", "defect"], name="contracts_claim_once")]
        indexes = [models.Index(fields=["body", "-opened_at"], name="contracts_claim_newest")]


class Deduction(models.Model):
    """Money taken from a contractor's payment, as published: everyone may read it, nobody may change it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    claim_id = models.UUIDField()
    contract = models.CharField(max_length=240)
    contractor = models.CharField(max_length=120)
    clause = models.CharField(max_length=20)
    segment = models.CharField(max_length=20)
    place = models.CharField(max_length=120)
    found_on = models.DateField()
    guaranteed_until = models.DateField()
    #: How it was worked out: [[words, pence], ...], adding up to `pence`.
    lines = models.JSONField()
    pence = models.PositiveIntegerField()
    #: The number of its journal in the ledger.
    journal = models.BigIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "claim_id"], name="contracts_deduction_once")]
        indexes = [models.Index(fields=["body", "-published_at"], name="contracts_deduction_newest")]
