"""Other systems, what we asked of them and what we heard."""

import datetime as dt

from django.db import models
from django.db.models import Q

from moothall.core.ids import new_id

PROTOCOLS = {"moothall": "Signed messages", "open311": "Open311", "folder": "Files in a folder"}
STATES = ("waiting", "accepted", "done", "refused", "failed")


class System(models.Model):
    """A system outside that does a body's function, from a moment on. Its key is derived, never stored."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    function = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    #: Empty where it is linked by files.
    address = models.URLField(blank=True, default="")
    protocol = models.CharField(max_length=10, choices=PROTOCOLS, default="moothall")
    #: What a link by Open311 says of codes, attributes and statuses; see `rules.open311`.
    terms = models.JSONField(default=dict)
    #: Which steps it does: performers such as "waste.clear", or one service's step as "complaint/stage_one". Empty: all
    #: that `function` performs.
    steps = models.JSONField(default=list)
    #: Raised by one to change the key. We sign with it from `new_key_from`; the one before is still believed until
    #: `old_key_until`.
    key_version = models.PositiveSmallIntegerField(default=1)
    new_key_from = models.DateTimeField(null=True)
    old_key_until = models.DateTimeField(null=True)
    #: Rows of its files that could not be taken, newest first: {"file", "line", "why", "at"}.
    aside = models.JSONField(default=list)
    on = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "function"], name="links_system_one_a_function")]

    def __str__(self) -> str:
        return self.name

    def has_two_keys(self, at: dt.datetime) -> bool:
        """Return whether its key is being changed at a moment, so that the one before is believed too."""
        return self.old_key_until is not None and at < self.old_key_until


class Call(models.Model):
    """One step handed to another system. What was sent is kept only until it is answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    system = models.ForeignKey(System, models.PROTECT, related_name="calls", db_index=False)
    case_id = models.UUIDField()
    step_id = models.UUIDField()
    reference = models.CharField(max_length=20)
    performs = models.CharField(max_length=80)
    state = models.CharField(max_length=10, default="waiting")
    request = models.JSONField()
    attempts = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    #: When we ask next: to send again while waiting, to ask how it goes once accepted.
    next_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    their_reference = models.CharField(max_length=60, blank=True, default="")
    error = models.CharField(max_length=500, blank=True, default="")
    #: Answers that came after the first and changed nothing.
    repeats = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "step_id"], name="links_call_once_a_step"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="links_call_state"),
        ]
        indexes = [
            models.Index(fields=["body", "state", "next_at"], name="links_call_active",
                         condition=Q(state__in=["waiting", "accepted", "failed"])),
            models.Index(fields=["case_id"], name="links_call_case"),
        ]  # fmt: skip


class Received(models.Model):
    """A message we took, by the number its sender gave it: the same number again is the same message."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    system = models.ForeignKey(System, models.PROTECT, related_name="+", db_index=False)
    message_id = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "system", "message_id"], name="links_received_once")]
