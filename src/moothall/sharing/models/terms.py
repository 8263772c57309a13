"""Who pays whom for which service, by which price, from when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id
from moothall.sharing.models.adoptions import DateRange
from moothall.sharing.rules.prices import PriceRule


class RechargeTerms(models.Model):
    """A body pays a provider for a service that is done for it. Published; kept when it has ended."""

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
    #: The first day on which the terms no longer hold.
    ends = models.DateField(null=True)
    partnership_id = models.UUIDField(null=True)
    #: The decision or contract it rests on, as the bodies published it.
    basis = models.CharField(max_length=300)
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

    @property
    def price(self) -> PriceRule:
        """Return the price rule that is kept as data."""
        return PriceRule.model_validate(self.rule)
