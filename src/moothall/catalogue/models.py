"""Services and their versions, as published. No personal data: readable by all."""

from django.db import models


class Service(models.Model):
    """One service, known by its folder's name. Withdrawn ones take no new cases; old cases keep their version."""

    id = models.CharField(primary_key=True, max_length=40)
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True, default="")


class Version(models.Model):
    """One definition as it was published. Its id comes from its content and number, and it never changes."""

    id = models.UUIDField(primary_key=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    files = models.JSONField()  # {path: text} of its folder, as its author wrote them
    compiled = models.TextField()  # JSON as text: jsonb would lose the order of questions and steps
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="catalogue_version_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="catalogue_version_counts_from_one"),
        ]
