"""Who pays whom for which service, by which price, from when; and what one of the two proposes for it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id
from moothall.sharing.models.adoptions import DateRange
from moothall.sharing.rules.prices import PriceRule


class _Priced(models.Model):
    """A price for a service between two bodies, with its VAT, its days and what it rests on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: Who pays: the body whose service it is.
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    provider = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    service_id = models.CharField(max_length=60)
    #: A `PriceRule` as data.
    rule = models.JSONField()
    #: A code of `rules.vat`: the treatment itself is dated there.
    vat = models.CharField(max_length=20)
    starts = models.DateField()
    #: The first day on which it no longer holds.
    ends = models.DateField(null=True)
    #: The decision or contract it rests on, as the bodies published it.
    basis = models.CharField(max_length=300)

    class Meta:
        abstract = True

    @property
    def price(self) -> PriceRule:
        """Return the price rule that is kept as data."""
        return PriceRule.model_validate(self.rule)


class RechargeTerms(_Priced, models.Model):
    """A body pays a provider for a service that is done for it. Published; kept when it has ended."""

    partnership_id = models.UUIDField(null=True)
    #: The posts that agreed for each side, say "Section 151 officer".
    payer_post = models.CharField(max_length=120)
    provider_post = models.CharField(max_length=120)
    agreed_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="sharing_terms_one_at_a_time",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("provider"), RangeOperators.EQUAL),
                    (F("service_id"), RangeOperators.EQUAL),
                    (DateRange(F("starts"), F("ends")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=~Q(body=F("provider")), name="sharing_terms_between_two"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="sharing_terms_end_after_they_start"
            ),
        ]

    def __str__(self) -> str:
        return f"body {self.body_id} pays {self.provider_id} for {self.service_id}"


ANSWERS = ("", "agreed", "declined", "withdrawn")


class RechargeProposal(_Priced, models.Model):
    """What a body would pay, or be paid, for a service, as one of the two proposes it; the other answers.

    With `ending` it proposes that those terms end, and `ends` is the first day on which they no longer hold.
    """

    ending = models.ForeignKey(RechargeTerms, models.PROTECT, related_name="+", null=True)
    proposer = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    #: The post that proposes for its body, say "Section 151 officer".
    post = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    answer = models.CharField(max_length=10, blank=True, default="")
    answer_post = models.CharField(max_length=120, blank=True, default="")
    #: Why it was declined.
    answer_reason = models.CharField(max_length=500, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True, default="")
    #: The terms that came of it.
    terms = models.ForeignKey(RechargeTerms, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "provider", "service_id"],
                name="sharing_proposal_one_at_a_time",
                condition=Q(answer=""),
            ),
            models.CheckConstraint(condition=~Q(body=F("provider")), name="sharing_proposal_between_two"),
            models.CheckConstraint(
                condition=Q(proposer=F("body")) | Q(proposer=F("provider")), name="sharing_proposal_by_one_of_them"
            ),
            models.CheckConstraint(condition=Q(answer__in=ANSWERS), name="sharing_proposal_answer"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="sharing_proposal_answered_when",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal that body {self.body_id} pays {self.provider_id} for {self.service_id}"
