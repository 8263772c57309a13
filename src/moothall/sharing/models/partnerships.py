"""Partnerships, the versions of their terms, what is withheld of them, and what their members decided."""

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from moothall.core.ids import new_id


class Partnership(models.Model):
    """Bodies that agreed to share, or were asked to. What it is, is in its terms; how it stands, in the decisions."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    proposer = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug


class Terms(models.Model):
    """One version of the terms, as everybody may read it; never changed once proposed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    proposer = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    member_ids = ArrayField(models.SmallIntegerField())
    #: What `rules.terms.Terms` reads, without what is withheld.
    data = models.JSONField(encoder=DjangoJSONEncoder)
    because = models.CharField(max_length=600)
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "number"], name="sharing_terms_number")]


class Withheld(models.Model):
    """A part of one version's terms that only members read until the day it becomes public by itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="secrets")
    part = models.CharField(max_length=20)
    value = models.JSONField(encoder=DjangoJSONEncoder)
    expires = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["terms", "part"], name="sharing_withheld_once")]


class Decision(models.Model):
    """What a member body decided, by name: to agree to a version, to refuse it, or to leave."""

    KINDS = {"agree": "Agree", "refuse": "Refuse", "leave": "Leave"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    #: Who decided: a meeting or a person in office, and where it is minuted.
    decided_by = models.CharField(max_length=200)
    minute = models.CharField(max_length=200)
    decided_on = models.DateField()
    effective = models.DateField(null=True)
    reason = models.CharField(max_length=600, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["body", "terms"], name="sharing_decision_of_body")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["agree", "refuse", "leave"]), name="sharing_decision_kind"),
            models.CheckConstraint(condition=Q(kind="agree") | ~Q(reason=""), name="sharing_decision_no_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind="leave", effective__isnull=False) | Q(~Q(kind="leave"), effective__isnull=True),
                name="sharing_decision_leaving_has_a_day",
            ),
        ]


class TermsDraft(models.Model):
    """Terms that one body is writing; nobody else sees them until they are proposed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, models.PROTECT, null=True, related_name="+")
    data = models.JSONField(encoder=DjangoJSONEncoder, default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["body", "-changed_at"], name="sharing_draft_newest")]
