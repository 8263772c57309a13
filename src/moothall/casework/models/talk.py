"""What is said around a case: messages, files, drafts before it, followers, related cases, published places."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from moothall.casework.models.case import Case
from moothall.core.clock import local
from moothall.core.ids import new_id

UPDATES = {"step": "Step done", "closed": "Closed", "cancelled": "Withdrawn", "reopened": "Opened again"}
RELATIONS = {"complaint": "Complaint about", "duplicate": "Same as", "related": "Related to"}


class Message(models.Model):
    """What a resident and the bodies wrote to each other about a case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="messages", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    direction = models.CharField(max_length=3, choices={"in": "From the resident", "out": "To the resident"})
    #: Names the definition's letter it was written from: "acknowledge"; empty when a person wrote it.
    letter = models.CharField(max_length=60, blank=True, default="")
    subject = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="casework_message_case")]


class Attachment(models.Model):
    """A file that belongs to a case; the file itself is core's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    file_id = models.UUIDField()
    name = models.CharField(max_length=120)
    #: "answer" with a submission, "information" later, "before" and "after" from crews, "document" by staff,
    #: "issued" to the resident, who may take it away.
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="casework_attachment_case")]


class Draft(models.Model):
    """Answers not sent yet. Its id becomes the case's id, so a draft can become one case only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", null=True, db_index=False)
    service_id = models.CharField(max_length=60)
    version = models.ForeignKey("catalogue.Version", models.PROTECT, related_name="+", db_index=False)
    person_id = models.UUIDField(null=True)
    #: Under which mandate it is written for somebody else, whose case it becomes.
    acts_for_id = models.UUIDField(null=True)
    answers = models.JSONField(default=dict)
    place = models.JSONField(default=dict)
    contact = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="en")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    contact_digest = models.BinaryField(null=True)
    code_digest = models.BinaryField(null=True)
    code_expires_at = models.DateTimeField(null=True)
    code_tries = models.SmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["contact_digest"], name="casework_draft_contact", condition=Q(sent_at=None)),
            models.Index(fields=["person_id", "-saved_at"], name="casework_draft_person", condition=~Q(person_id=None)),
            models.Index(fields=["saved_at"], name="casework_draft_saved"),
        ]


class Relation(models.Model):
    """One case has to do with another."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="relations", db_index=False)
    other = models.ForeignKey(Case, models.PROTECT, related_name="related_from", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=RELATIONS)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "case", "other", "kind"], name="casework_relation_once"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="casework_relation_to_another"),
        ]
        indexes = [
            models.Index(fields=["case"], name="casework_relation_case"),
            models.Index(fields=["other"], name="casework_relation_other"),
        ]


class Follower(models.Model):
    """Somebody else who wants to hear how a case ends: they reported the same thing and chose to follow it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="followers", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    contact = models.JSONField(default=dict)
    contact_digest = models.BinaryField()
    person_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "case", "contact_digest"], name="casework_follower_once")
        ]


class PublicPlace(models.Model):
    """A place where something was reported, without personal data: what duplicates are found among."""

    id = models.UUIDField(primary_key=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    service_id = models.CharField(max_length=60)
    #: In whose words its steps and outcomes are told; empty for what was published before versions were noted.
    version = models.ForeignKey("catalogue.Version", models.PROTECT, related_name="+", null=True, db_index=False)
    easting = models.IntegerField()
    northing = models.IntegerField()
    lat = models.FloatField()
    lon = models.FloatField()
    street = models.CharField(max_length=120, blank=True, default="")
    reported_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    reports = models.SmallIntegerField(default=1)
    open = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["service_id", "easting", "northing"], name="casework_place_near", condition=Q(open=True)
            ),
            models.Index(fields=["body", "-reported_at"], name="casework_place_newest"),
        ]

    @property
    def reported_on(self) -> dt.date:
        """Return the day of the report, as people there count days."""
        return local(self.reported_at).date()


class PublicUpdate(models.Model):
    """What became of a published report, for whoever follows it: codes of the definition alone, no words of anybody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = models.ForeignKey(PublicPlace, models.PROTECT, related_name="updates", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=UPDATES)
    #: Names the step that was done, or the outcome; empty where neither.
    name = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["place", "at"], name="casework_update_place"),
            models.Index(fields=["body", "at"], name="casework_update_newest"),
        ]
