"""Who owes a return, for which place, and each of the returns owed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core.ids import new_id
from moothall.functions.returns import rules

STANDING = {
    rules.DUE: _("Due"),
    rules.LATE: _("Late"),
    rules.FILED: _("Filed in time"),
    rules.FILED_LATE: _("Filed late"),
}

OPENED, BROUGHT, MOVED, READDRESSED, ENDED = "opened", "brought", "moved", "readdressed", "ended"
CHANGES = {
    OPENED: "Opened by hand",
    BROUGHT: "Brought by a file",
    MOVED: "Due on another day",
    READDRESSED: "Address corrected",
    ENDED: "Ended",
}


class Entry(models.Model):
    """That returns of one kind are owed for one address. The first filed begins it, or an officer; either ends it.

    `case_id` is the request by which one was filed last: whoever sent it is written to about the next. Without one
    nobody is known to write to.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    service_id = models.CharField(max_length=40)
    uprn = models.CharField(max_length=12, blank=True, default="")
    label = models.CharField(max_length=200, blank=True, default="")
    case_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "service_id", "uprn"],
                name="returns_entry_once_an_address",
                condition=Q(ended_on=None),
            ),
        ]
        indexes = [models.Index(fields=["case_id"], name="returns_entry_case")]


class Due(models.Model):
    """One return of an entry: its day, and the request by which it was filed. The next is opened when one is filed.

    Of a first one that nobody had `asked` for, the day is that on which it came.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="dues")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    asked = models.BooleanField(default=True)
    filed_on = models.DateField(null=True)
    case_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "entry", "number"], name="returns_due_number"),
            models.UniqueConstraint(fields=["body", "case_id"], name="returns_due_once_a_case"),
            models.CheckConstraint(
                condition=Q(filed_on=None, case_id=None) | Q(filed_on__isnull=False, case_id__isnull=False),
                name="returns_due_filed_by_a_case",
            ),
        ]
        indexes = [models.Index(fields=["body", "due_on"], name="returns_due_open", condition=Q(filed_on=None))]


class Change(models.Model):
    """What an officer did to an entry, and why: added to, never edited."""

    id = models.BigAutoField(primary_key=True)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=CHANGES)
    was = models.CharField(max_length=200, blank=True, default="")
    became = models.CharField(max_length=200, blank=True, default="")
    why = models.CharField(max_length=300, blank=True, default="")
