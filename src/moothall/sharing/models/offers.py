"""What bodies are ready to do for others."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id
from moothall.sharing.models.adoptions import DateRange
from moothall.sharing.rules.prices import PriceRule

PROVISIONS = {
    "own-staff": "By our own staff",
    "owned-company": "By a company that councils own",
    "contractor": "By a contractor",
}


class Offer(models.Model):
    """A body's readiness to do the work of a service for others, on terms. It ends; it is never edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: Who does the work.
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    service_id = models.CharField(max_length=60)
    version = models.ForeignKey("catalogue.Version", models.PROTECT, related_name="+")
    provision = models.CharField(max_length=20, choices=PROVISIONS)
    #: Requests a week that it can do for others, all of them together.
    capacity = models.PositiveIntegerField()
    #: A `rules.prices.PriceRule` as plain values.
    price = models.JSONField()
    #: A code of `rules.vat`.
    vat = models.CharField(max_length=20)
    #: The soonest it can promise, in the unit of the service's own promise; empty where that promise is a fixed day.
    clock = models.PositiveSmallIntegerField(null=True)
    terms = models.TextField()
    languages = ArrayField(models.CharField(max_length=5))
    hours = models.CharField(max_length=200)
    offered_at = models.DateTimeField()
    starts = models.DateField()
    #: The first day on which nobody new can draw on it; what was drawn before goes on.
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="sharing_offer_one_at_a_time",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("service_id"), RangeOperators.EQUAL),
                    (DateRange(F("starts"), F("ends")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="sharing_offer_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="sharing_offer_capacity"),
            models.CheckConstraint(condition=Q(provision__in=list(PROVISIONS)), name="sharing_offer_provision"),
            models.CheckConstraint(condition=Q(languages__len__gt=0), name="sharing_offer_languages"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} by body {self.body_id}"

    @property
    def rule(self) -> PriceRule:
        """Return the price as the rule that it is."""
        return PriceRule.model_validate(self.price)

    def runs(self, on) -> bool:
        """Return whether somebody new can draw on it on a day."""
        return self.starts <= on and (self.ends is None or on < self.ends)
