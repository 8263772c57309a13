"""Licences with the papers they rest on, what was done to them, and what everybody may read of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.core.ids import new_id
from moothall.functions.licensing import rules

STATES = {
    rules.IN_FORCE: _("In force"),
    rules.SUSPENDED: _("Suspended"),
    rules.REVOKED: _("Revoked"),
    rules.EXPIRED: _("Over"),
    rules.SURRENDERED: _("Given back"),
}
FINDINGS = {
    "": _("Not seen yet"),
    rules.SEEN: _("Seen, and right"),
    rules.MISSING: _("Missing, or not right"),
    rules.NOT_NEEDED: _("Not needed here"),
}
MEASURES = {rules.SUSPENSION: _("Suspension"), rules.REVOCATION: _("Revocation")}
APPEALS = {
    "": _("No appeal"),
    rules.LODGED: _("Appeal not decided yet"),
    rules.ALLOWED: _("Appeal allowed"),
    rules.DISMISSED: _("Appeal dismissed"),
    rules.WITHDRAWN: _("Appeal withdrawn"),
}
HAPPENED = {
    "issued": _("Issued"),
    "renewed": _("Issued, following an earlier licence"),
    "document-made": _("Document made"),
    "evidence-noted": _("Papers seen again"),
    "suspension-notified": _("Notice of suspension"),
    "suspension-begun": _("Suspension took effect"),
    "suspension-ended": _("Suspension ended"),
    "revocation-notified": _("Notice of revocation"),
    "revocation-begun": _("Revocation took effect"),
    "revocation-ended": _("Revocation ended"),
    "appeal-lodged": _("Appeal"),
    "appeal-allowed": _("Appeal allowed"),
    "appeal-dismissed": _("Appeal dismissed"),
    "appeal-withdrawn": _("Appeal withdrawn"),
    "surrendered": _("Given back"),
    "expired": _("Its time ended"),
    "reminded": _("Reminder sent"),
}


class Licence(models.Model):
    """Leave to do something, for somebody, from one day to another. `body` gave it, `doer` looks after it for them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    doer = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    case_id = models.UUIDField()
    step_id = models.UUIDField()
    service_id = models.CharField(max_length=40)
    #: Where its terms stand: a version of the service, and the step that issued it.
    version_id = models.UUIDField()
    step = models.CharField(max_length=40)
    number = models.CharField(max_length=20)
    code = models.CharField(max_length=rules.CODE_LENGTH)
    language = models.CharField(max_length=2, default="en")
    holder = models.CharField(max_length=160, blank=True, default="")
    vehicle = models.CharField(max_length=16, blank=True, default="")
    #: What stands on the document: {"code", "label": {en, cy}, "value": {en, cy}, "public"}.
    facts = models.JSONField(default=list)
    #: {en, cy} each; the standard ones first, then those that this holder was given.
    conditions = models.JSONField(default=list)
    starts = models.DateField()
    ends = models.DateField()
    state = models.CharField(max_length=12, choices=STATES, default=rules.IN_FORCE)
    ended_on = models.DateField(null=True)
    renews = models.ForeignKey("self", models.PROTECT, related_name="renewed_by", null=True)
    reminded = ArrayField(models.SmallIntegerField(), default=list)
    document = models.UUIDField(null=True)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "step_id"], name="licensing_licence_once_a_step"),
            models.UniqueConstraint(fields=["body", "number"], name="licensing_licence_number"),
            models.UniqueConstraint(fields=["body", "code"], name="licensing_licence_code"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="licensing_licence_ends_later"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="licensing_licence_state"),
            models.CheckConstraint(
                condition=Q(state__in=[rules.EXPIRED, rules.SURRENDERED], ended_on__isnull=False)
                | Q(state__in=[rules.IN_FORCE, rules.SUSPENDED, rules.REVOKED]),
                name="licensing_licence_over_since",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "ends"], name="licensing_licence_ends"),
            models.Index(fields=["doer", "ends"], name="licensing_licence_doer"),
            models.Index(fields=["case_id"], name="licensing_licence_case"),
        ]

    def __str__(self) -> str:
        return self.number


class Evidence(models.Model):
    """One paper that a check asks for: whether it was seen, and until when it holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    doer = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    case_id = models.UUIDField()
    step_id = models.UUIDField()
    reference = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    title = models.JSONField()
    runs_out = models.BooleanField(default=False)
    finding = models.CharField(max_length=12, choices=FINDINGS, blank=True, default="")
    expires = models.DateField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=80, blank=True, default="")
    asked_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "step_id", "code"], name="licensing_evidence_once"),
            models.CheckConstraint(condition=Q(finding__in=list(FINDINGS)), name="licensing_evidence_finding"),
        ]
        indexes = [
            models.Index(fields=["case_id"], name="licensing_evidence_case"),
            models.Index(fields=["body", "expires"], name="licensing_evidence_expires"),
        ]


class Measure(models.Model):
    """A suspension or revocation: its notice, its days, and what came of an appeal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=10, choices=MEASURES)
    ground = models.CharField(max_length=40)
    reason = models.TextField(blank=True, default="")
    notified_on = models.DateField()
    appeal_by = models.DateField()
    takes_effect = models.DateField()
    until = models.DateField(null=True)
    mend_by = models.DateField(null=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    appeal = models.CharField(max_length=10, choices=APPEALS, blank=True, default="")
    appealed_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(MEASURES)), name="licensing_measure_kind"),
            models.CheckConstraint(condition=Q(appeal__in=list(APPEALS)), name="licensing_measure_appeal"),
            models.CheckConstraint(condition=Q(appeal_by__gte=F("notified_on")), name="licensing_measure_appeal_by"),
        ]

    @property
    def standing(self) -> rules.Standing:
        """Return how it stands, as the rules read it."""
        return rules.Standing(
            kind=self.kind, in_effect=self.began_on is not None, ended=self.ended_on is not None, appeal=self.appeal,
            takes_effect=self.takes_effect, until=self.until, mend_by=self.mend_by,
        )  # fmt: skip


class LicenceEvent(models.Model):
    """What happened to a licence, added to and never edited: codes only."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=24, choices=HAPPENED)
    by = models.CharField(max_length=80)
    data = models.JSONField(default=dict)


class Entry(models.Model):
    """What everybody may read of a licence, as long as it is in force: the public register."""

    licence = models.OneToOneField(Licence, models.PROTECT, related_name="entry", primary_key=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    doer = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    service_id = models.CharField(max_length=40)
    number = models.CharField(max_length=20)
    code = models.CharField(max_length=rules.CODE_LENGTH)
    facts = models.JSONField(default=list)
    words = models.TextField()
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["code"], name="licensing_entry_code"),
            models.Index(fields=["body", "number"], name="licensing_entry_number"),
        ]
