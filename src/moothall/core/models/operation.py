"""Long work that somebody asked for from a page, and how far it is."""

import uuid

from django.db import models


class Operation(models.Model):
    """One piece of long work for a body. `subject` and `result` hold ids, numbers and settings, nothing personal.

    The app asks for it and reads it; only the process that runs it, as the owner of the tables, writes how far it is.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    body_id = models.SmallIntegerField()
    kind = models.CharField(max_length=60)
    subject = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    stages = models.JSONField(default=list, help_text="In order: name, words, done, total, state")
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body_id", "kind", "-asked_at"], name="core_operation_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed"]), name="core_operation_state"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
