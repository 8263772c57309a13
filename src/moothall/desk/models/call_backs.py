"""Call-backs that were promised: in which way and to which number, by when, what about."""

from django.db import models
from django.db.models import Q

from moothall.core.ids import new_id

WAYS = {
    "phone": "Ring them",
    "relay": "Ring them by Relay UK",
    "email": "Write an email",
    "sms": "Write a text message",
}
RUNG = ("phone", "relay")
"""The ways that need a voice; whoever cannot use the phone is answered in another."""
STATES = {"open": "To ring", "rung": "Rung", "given-up": "Not reached"}


class CallBack(models.Model):
    """We promised to ring somebody by a moment. Who rings is nobody's figure, so it is not here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey("desk.Contact", models.PROTECT, related_name="call_backs")
    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    way = models.CharField(max_length=8, default="phone", choices=WAYS)
    phone = models.CharField(max_length=200, blank=True, help_text="The number, or the address of an email")
    about = models.TextField(blank=True)
    promised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open", choices=STATES)
    tries = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="desk_callback_state"),
            models.CheckConstraint(condition=Q(way__in=list(WAYS)), name="desk_callback_way"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="desk_callback_ended_when_it_says",
            ),
        ]
        indexes = [models.Index(fields=["body", "due_at"], name="desk_callback_open", condition=Q(state="open"))]

    @property
    def in_writing(self) -> bool:
        """Return whether we promised to write, as they cannot use the phone or like it better."""
        return self.way not in RUNG

    def __str__(self) -> str:
        return f"by {self.due_at:%d %b %H:%M}"
