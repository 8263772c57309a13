"""Adoptions of services, and agreements between bodies."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class DateRange(Func):
    """The days from the first up to, and without, the last."""

    function = "daterange"
    output_field = DateRangeField()


class Adoption(models.Model):
    """A body's drawn-down service: which version, with which parameters, and who provides it."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    service_id = models.CharField(max_length=60)
    version = models.ForeignKey("catalogue.Version", models.PROTECT, related_name="+")
    provider = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    parameters = models.JSONField(default=dict)
    #: What it was drawn down from, where another body provides it on terms.
    offer = models.ForeignKey("sharing.Offer", models.PROTECT, related_name="+", null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="sharing_adoption_one_at_a_time",
                expressions=[
                    (F("body"), RangeOperators.EQUAL),
                    (F("service_id"), RangeOperators.EQUAL),
                    (DateRange(F("starts"), F("ends")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="sharing_adoption_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} for body {self.body_id}"


class Agreement(models.Model):
    """One body's desk may take another's requests for these services."""

    desk = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    services = ArrayField(models.CharField(max_length=60))
    #: The legal gateway as the bodies recorded it.
    basis = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(desk=F("body")), name="sharing_agreement_between_two"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="sharing_agreement_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"desk of {self.desk_id} for {self.body_id}"
