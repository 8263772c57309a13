"""The ideas of those who use and do the work, and the fund that lets some of them be tried."""

from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id
from moothall.promises.rules.ideas import RESULTS, STATES
from moothall.promises.rules.plans import GROUPS


class Fund(models.Model):
    """What a body sets aside in a financial year for trying ideas, and the most that one idea may have."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    #: The first day of the financial year.
    year = models.DateField()
    pence = models.BigIntegerField()
    most = models.BigIntegerField()
    decided_by = models.CharField(max_length=120)
    minute = models.CharField(max_length=300)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "year"], name="promises_fund_one_a_year"),
            models.CheckConstraint(condition=Q(most__gt=0, pence__gte=F("most")), name="promises_fund_sums"),
            models.CheckConstraint(condition=Q(year__month=4, year__day=1), name="promises_fund_year"),
        ]


class Idea(models.Model):
    """One idea: what is proposed, whether it had a grant, how it was tried, and what came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    #: As people call it: the body's code and a number, "ASH-I3".
    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    words = models.CharField(max_length=1200)
    service_id = models.CharField(max_length=60, blank=True, default="")
    #: Whose idea it is: a group, never a name.
    origin = models.CharField(max_length=10)
    state = models.CharField(max_length=8, default="proposed")
    fund = models.ForeignKey(Fund, models.PROTECT, null=True, related_name="ideas")
    grant = models.BigIntegerField(default=0)
    decided_by = models.CharField(max_length=120, blank=True, default="")
    decided_on = models.DateField(null=True)
    #: Why it was granted or declined.
    reason = models.CharField(max_length=600, blank=True, default="")
    #: What the trial is to show, and its last day.
    shows = models.CharField(max_length=600, blank=True, default="")
    ends = models.DateField(null=True)
    result = models.CharField(max_length=8, blank=True, default="")
    learnt = models.CharField(max_length=600, blank=True, default="")
    spent = models.BigIntegerField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_id", "reference"], name="promises_idea_reference"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="promises_idea_state"),
            models.CheckConstraint(condition=Q(origin__in=GROUPS), name="promises_idea_origin"),
            models.CheckConstraint(condition=Q(result__in=["", *RESULTS]), name="promises_idea_result"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "declined"], fund=None) | Q(fund__isnull=False, grant__gt=0),
                name="promises_idea_grant",
            ),
        ]

    def __str__(self):
        return self.reference
