"""Promises as they were decided, and the public counts made of them."""

from django.db import models


class Decision(models.Model):
    """One promise that was kept or missed; known by its case and the moment it fell due."""

    body_id = models.SmallIntegerField()
    service_id = models.CharField(max_length=60)
    case_id = models.UUIDField()
    promise_due = models.DateTimeField()
    decided_on = models.DateField()
    kept = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "case_id", "promise_due"], name="scrutiny_decision_once")
        ]
        indexes = [models.Index(fields=["body_id", "service_id", "decided_on"], name="scrutiny_decision_month")]

    def __str__(self):
        return f"promise of case {self.case_id}"


class Figure(models.Model):
    """How many promises of a body's service were kept and missed in a month. Public."""

    body_id = models.SmallIntegerField()
    service_id = models.CharField(max_length=60)
    month = models.DateField()
    kept = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "service_id", "month"], name="scrutiny_figure_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="scrutiny_figure_month"),
        ]

    def __str__(self):
        return f"{self.service_id} {self.month}"
