"""Keys with which other systems send us requests."""

from django.db import models
from django.db.models import Q


class ApiKey(models.Model):
    """Another system's right to send a body requests. The key itself is shown once; only its hash is here."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=80)
    digest = models.BinaryField()
    #: The first characters, by which people tell keys apart.
    hint = models.CharField(max_length=12)
    #: How many requests it may send in an hour.
    per_hour = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "digest"], name="standards_apikey_once"),
            models.CheckConstraint(condition=Q(per_hour__gte=1), name="standards_apikey_may_do_something"),
        ]

    def __str__(self) -> str:
        return self.name
