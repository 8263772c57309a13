"""Service improvement plans: one for a service and year, with who was heard, what is done, and what it taught."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id
from moothall.promises.rules.plans import ACTION_STATES, GROUPS, STATES


class Plan(models.Model):
    """A body's plan for one of its services from a financial year on, for three years; a draft until it is adopted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    #: As people call it: the body's code and a number, "ASH-P3".
    reference = models.CharField(max_length=20)
    service_id = models.CharField(max_length=60)
    #: The first day of its first financial year.
    year = models.DateField()
    priorities = models.CharField(max_length=1200, blank=True, default="")
    state = models.CharField(max_length=8, default="draft")
    adopted_by = models.CharField(max_length=120, blank=True, default="")
    minute = models.CharField(max_length=300, blank=True, default="")
    councillor = models.CharField(max_length=120, blank=True, default="")
    adopted_on = models.DateField(null=True)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "reference"], name="promises_plan_reference"),
            models.UniqueConstraint(fields=["body_id", "service_id", "year"], name="promises_plan_one_a_year"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="promises_plan_state"),
            models.CheckConstraint(condition=Q(year__month=4, year__day=1), name="promises_plan_year"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(adopted_on__isnull=False) & ~Q(adopted_by=""),
                name="promises_plan_adopted",
            ),
        ]

    def __str__(self):
        return self.reference


class PlanAction(models.Model):
    """One thing that a plan does: who owns it, when, what it costs in each year, and what it is to bring about."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="actions")
    title = models.CharField(max_length=200)
    owner_id = models.BigIntegerField(null=True)
    owner_post = models.CharField(max_length=80, blank=True, default="")
    starts = models.DateField()
    due = models.DateField()
    #: Pence in each of the plan's years, in their order.
    costs = ArrayField(models.BigIntegerField(), size=3)
    effect = models.CharField(max_length=600)
    #: The saving that it makes, where it makes one.
    saving = models.ForeignKey("promises.Saving", models.PROTECT, null=True, related_name="actions")
    state = models.CharField(max_length=8, default="planned")
    outcome = models.CharField(max_length=600, blank=True, default="")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ACTION_STATES), name="promises_planaction_state"),
            models.CheckConstraint(condition=Q(due__gte=F("starts")), name="promises_planaction_days"),
        ]


class Voice(models.Model):
    """What a group said to a plan, how it was asked, and what the plan answers; or what an earlier plan taught."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="voices")
    group = models.CharField(max_length=10)
    #: How they were asked, and how many answered.
    asked = models.CharField(max_length=300)
    said = models.CharField(max_length=600)
    answer = models.CharField(max_length=600, blank=True, default="")
    #: The lesson of an earlier plan that this is.
    lesson_id = models.UUIDField(null=True)
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(group__in=[*GROUPS, "lesson"]), name="promises_voice_group"),
            models.UniqueConstraint(fields=["plan", "lesson_id"], name="promises_voice_lesson_once"),
        ]


class Lesson(models.Model):
    """What a plan, or the trial of an idea, taught; the next plan of the service has to answer it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    service_id = models.CharField(max_length=60)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="lessons")
    idea = models.ForeignKey("promises.Idea", models.PROTECT, null=True, related_name="lessons")
    words = models.CharField(max_length=600)
    learnt_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(plan__isnull=False, idea=None) | Q(plan=None, idea__isnull=False),
                name="promises_lesson_of_one",
            )
        ]
