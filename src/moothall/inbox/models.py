"""What came in writing. Its bytes lie among the files as they came; its words are here until they are a case's."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id
from moothall.inbox.rules.states import CHANNELS, OUTCOMES, STATES


class Arrival(models.Model):
    """One letter, fax, e-mail or text message that a body took in, once, however often it was handed over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=6, choices=CHANNELS)
    #: Digest of what it is, by which it is known when it is handed over again.
    key = models.CharField(max_length=64)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default="received")
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True, default="")
    #: The bytes as they came, and what was enclosed: ids of kept files.
    raw_id = models.UUIDField(null=True)
    files = ArrayField(models.UUIDField(), default=list)
    #: What was enclosed and not kept: [name, why].
    left_out = models.JSONField(default=list)
    sender = models.CharField(max_length=320, blank=True, default="")
    sender_name = models.CharField(max_length=120, blank=True, default="")
    subject = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField(blank=True, default="")
    #: Keyed digest of the sender's address, by which those of one sender are counted.
    sender_digest = models.BinaryField(null=True)
    #: What its words hold that a form asks for: references, phone, places.
    found = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="en")
    #: Digest of its Message-ID, by which answers find it; and the first of its conversation.
    message_key = models.CharField(max_length=64, blank=True, default="")
    thread = models.UUIDField()
    #: Ids of the messages that we wrote in answer, by which their answers find it.
    written = ArrayField(models.UUIDField(), default=list)
    #: Why it was not acknowledged; empty when it was, or need not be.
    silence = models.CharField(max_length=120, blank=True, default="")
    automatic = models.CharField(max_length=10, blank=True, default="")
    signs = ArrayField(models.CharField(max_length=20), default=list)
    #: Services it may be about, best first: [service, score, [words that decided]].
    guesses = models.JSONField(default=list)
    #: The best of them is for somebody in danger.
    urgent = models.BooleanField(default=False)
    case_id = models.UUIDField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "key"], name="inbox_arrival_once"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="inbox_arrival_state"),
            models.CheckConstraint(
                condition=Q(state="done") & ~Q(outcome="") & Q(ended_at__gte=F("at"))
                | ~Q(state="done") & Q(outcome="", ended_at=None),
                name="inbox_arrival_ends_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "at"], name="inbox_arrival_open", condition=~Q(state="done")),
            models.Index(fields=["body", "-ended_at"], name="inbox_arrival_ended", condition=Q(state="done")),
            models.Index(fields=["body", "message_key"], name="inbox_arrival_message", condition=~Q(message_key="")),
            models.Index(fields=["body", "sender_digest", "at"], name="inbox_arrival_sender"),
            models.Index(fields=["body", "thread"], name="inbox_arrival_thread"),
            models.Index(fields=["case_id"], name="inbox_arrival_case", condition=~Q(case_id=None)),
            GinIndex(fields=["written"], name="inbox_arrival_written"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.at:%d %b %H:%M}"
