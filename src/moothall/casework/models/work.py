"""The work of a case: its steps, and the tasks that somebody must do."""

import datetime as dt

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from moothall.casework.models.case import Case
from moothall.core.ids import new_id

STEP_STATES = ("ready", "running", "waiting", "done", "skipped", "refused", "failed", "cancelled")
#: Work without a clock sorts last.
NO_DUE = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


class Step(models.Model):
    """A piece of a case's work, done by one body's function. A reopened case does them again in a further round."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    round = models.SmallIntegerField(default=1)
    name = models.CharField(max_length=60)
    performs = models.CharField(max_length=80)
    state = models.CharField(max_length=12, default="ready")
    attempts = models.SmallIntegerField(default=0)
    ready_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    #: Names the external system that is doing it, if one is.
    external = models.CharField(max_length=80, blank=True, default="")
    outputs = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True, default="")
    error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round", "name"], name="casework_step_once_a_round"),
            models.CheckConstraint(condition=Q(state__in=STEP_STATES), name="casework_step_state"),
        ]
        indexes = [
            models.Index(
                fields=["body", "performs", "state"],
                name="casework_step_active",
                condition=Q(state__in=["ready", "running", "waiting", "failed"]),
            ),
            models.Index(fields=["body", "ready_at"], name="casework_step_ready", condition=Q(state="ready")),
        ]

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """Work that one body's people must do: the row that lists run over, with all a list shows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey("bodies.Team", models.PROTECT, related_name="+", db_index=False, null=True)
    #: As of its case: it is urgent, comes before all other work, and only that team sees it.
    only_team = models.CharField(max_length=40, blank=True, default="")
    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks", db_index=False)
    step = models.ForeignKey(Step, models.PROTECT, related_name="tasks", db_index=False, null=True)
    reference = models.CharField(max_length=13)
    title = models.CharField(max_length=200)
    service_id = models.CharField(max_length=60)
    place_label = models.CharField(max_length=200, blank=True, default="")
    ward = models.CharField(max_length=60, blank=True, default="")
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    due_at = models.DateTimeField(default=NO_DUE)
    assigned_to = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, default="open")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True, default="")
    #: What the performer told the person who does it: facts for the form, codes for the function.
    detail = models.JSONField(default=dict)
    search = SearchVectorField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "done", "cancelled"]), name="casework_task_state"),
            models.UniqueConstraint(
                fields=["body", "step"], name="casework_task_once_a_step", condition=Q(state="open")
            ),
        ]
        indexes = [
            models.Index(fields=["body", "due_at", "id"], name="casework_task_due", condition=Q(state="open")),
            models.Index(fields=["body", "opened_at", "id"], name="casework_task_opened", condition=Q(state="open")),
            models.Index(fields=["body", "team", "due_at", "id"], name="casework_task_team", condition=Q(state="open")),
            models.Index(
                fields=["body", "assigned_to", "due_at", "id"],
                name="casework_task_mine",
                condition=Q(state="open", assigned_to__isnull=False),
            ),
            models.Index(
                fields=["body", "due_at", "id"],
                name="casework_task_unassigned",
                condition=Q(state="open", assigned_to=None),
            ),
            models.Index(
                fields=["body", "service_id", "due_at", "id"], name="casework_task_service", condition=Q(state="open")
            ),
            models.Index(fields=["body", "ward", "due_at", "id"], name="casework_task_ward", condition=Q(state="open")),
            models.Index(fields=["case"], name="casework_task_case"),
            models.Index(
                fields=["body", "due_at", "id"],
                name="casework_task_urgent",
                condition=Q(state="open") & ~Q(only_team=""),
            ),
            GinIndex(fields=["body", "search"], name="casework_task_search", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.reference})"
