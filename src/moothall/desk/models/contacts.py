"""Contacts, whatever way they came, and what one costs a body by each way. No column names who took it."""

from django.db import models
from django.db.models import F, Q

from moothall.core.channels import CHANNELS
from moothall.core.ids import new_id
from moothall.desk.rules.contact import AVOIDABLE, IDENTITY, KINDS, OUTCOMES


class Contact(models.Model):
    """Somebody was in touch with a body, and this became of it.

    Who took it is no figure's business and is not here: the audit trail knows.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: Whom they turned to: whose desk, mailbox or web form it was.
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=10, choices=CHANNELS)
    kind = models.CharField(max_length=12, choices=KINDS, blank=True)
    outcome = models.CharField(max_length=12, choices=OUTCOMES, blank=True)
    service_id = models.CharField(max_length=60, blank=True)
    person_id = models.UUIDField(null=True)
    #: Under which mandate a helper was in touch for the person; None where they were themself.
    acts_for_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    identity = models.CharField(max_length=10, choices=IDENTITY, default="none")
    avoidable = models.CharField(max_length=16, choices=AVOIDABLE, blank=True)
    repeat = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    #: What makes it the same contact when it arrives twice: a mail's message id, the number of a fact.
    key = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "key"], condition=~Q(key=""), name="desk_contact_once"),
            models.CheckConstraint(condition=Q(channel__in=list(CHANNELS)), name="desk_contact_channel"),
            models.CheckConstraint(condition=Q(kind__in=["", *KINDS]), name="desk_contact_kind"),
            models.CheckConstraint(condition=Q(outcome__in=["", *OUTCOMES]), name="desk_contact_outcome"),
            models.CheckConstraint(condition=Q(identity__in=list(IDENTITY)), name="desk_contact_identity"),
            models.CheckConstraint(condition=Q(avoidable__in=["", *AVOIDABLE]), name="desk_contact_avoidable"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("at")), name="desk_contact_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(outcome="") | ~Q(kind=""), name="desk_contact_settled_is_known"),
        ]
        indexes = [
            models.Index(fields=["body", "at"], name="desk_contact_month"),
            models.Index(fields=["case_id", "at"], name="desk_contact_case", condition=~Q(case_id=None)),
            models.Index(fields=["person_id", "at"], name="desk_contact_person", condition=~Q(person_id=None)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.at:%d %b %H:%M}"


class UnitCost(models.Model):
    """What one contact costs a body by one channel, from a day on, and where the figure is from. Published."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=10, choices=CHANNELS)
    starts = models.DateField()
    pence = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "channel", "starts"], name="desk_unitcost_once"),
            models.CheckConstraint(condition=Q(channel__in=list(CHANNELS)), name="desk_unitcost_channel"),
            models.CheckConstraint(condition=~Q(source=""), name="desk_unitcost_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pence}"
