"""Messages out: what was said to whom, and whether it left."""

import uuid

from django.db import models

from moothall.core.channels import CHANNELS
from moothall.core.formats import BY_HAND, FORMATS


class Outgoing(models.Model):
    """One message to one person. Its id is the reference that the carrier is given, so a resend can be recognised."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        TO_PRINT = "to-print"
        TO_MAKE = "to-make"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    body_id = models.SmallIntegerField(help_text="Who says it; 0 for the platform itself, as in sign-in codes")
    only_team = models.CharField(
        max_length=40, blank=True, default="", help_text="Code of the one team that may read it; empty: all of them"
    )
    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=10)
    template = models.CharField(max_length=100, help_text="Code of what is said, such as case-received")
    language = models.CharField(max_length=5, default="en")
    made_as = models.CharField(
        max_length=12, blank=True, default="", choices=FORMATS, help_text="Empty: ordinary print"
    )
    make_by = models.DateTimeField(null=True, help_text="By when people have made it by hand and sent it")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    carrier = models.CharField(max_length=20, blank=True)
    attempts = models.IntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, help_text="Code of what went wrong; never an address")
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["body_id", "-at"], name="core_outgoing_newest"),
            models.Index(fields=["case_id"], name="core_outgoing_case"),
            models.Index(fields=["person_id", "-at"], name="core_outgoing_person"),
            models.Index(fields=["body_id", "state"], name="core_outgoing_open", condition=~models.Q(state="sent")),
        ]

    def __str__(self):
        return f"message {self.pk}"

    @property
    def channel_name(self) -> str:
        """Return the channel in a reader's words."""
        return CHANNELS["post" if self.channel == "letter" else self.channel]

    @property
    def by_hand(self) -> bool:
        """Return whether people make it: no machine of ours can."""
        return self.made_as in BY_HAND


class OutgoingWords(models.Model):
    """The recipient and the words of a message: erasable, and the message stays as evidence that one was sent."""

    outgoing = models.OneToOneField(Outgoing, models.CASCADE, primary_key=True, related_name="words")
    recipient = models.TextField(null=True)
    subject = models.TextField(null=True)
    text = models.TextField(null=True)
    erased_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"words of message {self.outgoing_id}"
