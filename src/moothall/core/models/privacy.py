"""What people asked about their own data, and what was erased."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PrivacyRequest(models.Model):
    """
    One request for access or erasure, or one run of retention that erased something: evidence that outlives the data.
    It names people by id only. Erasures are also written to a file beside the database and replayed after a restore.
    """

    class Kind(models.TextChoices):
        ACCESS = "access"
        ERASURE = "erasure"
        RETENTION = "retention"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    body_id = models.SmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person_ids = ArrayField(models.UUIDField(), default=list)
    because = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    due = models.DateField(null=True, help_text="One month after the request (UK GDPR, article 12(3))")
    done_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict, help_text="Rows by table")
    file_id = models.UUIDField(null=True, help_text="The pack, for access")

    class Meta:
        indexes = [models.Index(fields=["body_id", "-at"], name="core_privacy_newest")]

    def __str__(self):
        return f"{self.kind} {self.pk}"
