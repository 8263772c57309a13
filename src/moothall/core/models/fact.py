"""Facts that were published, and receipts of what was done."""

from django.db import models


class Fact(models.Model):
    """One published event: ids and codes, never personal values."""

    name = models.CharField(max_length=100)
    body_id = models.SmallIntegerField()
    payload = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["body_id", "name", "at"], name="core_fact_name")]

    def __str__(self):
        return f"{self.name} {self.pk}"


class Receipt(models.Model):
    """Proof that a keyed piece of work was done."""

    key = models.CharField(max_length=300, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.key
