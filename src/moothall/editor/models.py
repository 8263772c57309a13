"""A service that is being written: its files now, what each saving made of them, and what colleagues said."""

from django.db import models
from django.db.models import Q

from moothall.core.ids import new_id

STATES = {
    "writing": "Being written",
    "asked": "Waiting for a second person",
    "agreed": "Agreed, to be published",
    "published": "Published",
    "dropped": "Given up",
}
OPEN = ("writing", "asked", "agreed")
VERDICTS = {"asked": "Asked for a review", "agreed": "Agreed", "back": "Sent back"}


class Draft(models.Model):
    """One body's next version of a service, or its end. `number` counts the savings; `base` is what it builds on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    service_id = models.CharField(max_length=40)
    base = models.ForeignKey("catalogue.Version", models.PROTECT, null=True, related_name="+", db_index=False)
    retiring = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="writing")
    number = models.PositiveIntegerField(default=1)
    files = models.JSONField()  # {path: text}
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField()
    version = models.ForeignKey("catalogue.Version", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["body", "-changed_at"], name="editor_draft_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "service_id"], condition=Q(state__in=OPEN), name="editor_draft_one_open"
            ),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="editor_draft_state"),
            models.CheckConstraint(condition=Q(number__gte=1), name="editor_draft_counts_from_one"),
            models.CheckConstraint(condition=Q(retiring=False) | Q(base__isnull=False), name="editor_draft_retires_it"),
        ]


class Saving(models.Model):
    """The files as one saving left them. Added, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="savings", db_index=False)
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=200)  # which part was changed
    files = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="editor_saving_once")]


class Opinion(models.Model):
    """What somebody said of a draft as it stood at a saving: that it is to be looked at, is good, or is not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="opinions")
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=list(VERDICTS.items()))
    words = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=list(VERDICTS)), name="editor_opinion_verdict"),
            models.CheckConstraint(condition=~Q(verdict="back") | ~Q(words=""), name="editor_opinion_back_says_why"),
        ]
