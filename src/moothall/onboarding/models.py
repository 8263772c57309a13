"""Bodies that join, what their services did when they were tried out, and the files they brought."""

from django.db import models

from moothall.core.ids import new_id

KINDS = {
    "streets": "Streets", "addresses": "Addresses", "customers": "Customers", "cases": "Cases, open or ended",
    "papers": "Files of cases",
}  # fmt: skip
STATES = {
    "reading": "Being read",
    "checked": "Read, nothing taken in yet",
    "loading": "Being taken in",
    "loaded": "Taken in",
    "dropped": "Put away",
}


class Joining(models.Model):
    """One body's way in. What is done is seen from what is there, and never kept here."""

    body = models.OneToOneField("bodies.Body", models.PROTECT, primary_key=True, related_name="+")
    #: Who invited it; the body itself where it began of its own.
    host = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    pack = models.CharField(max_length=20)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=80)
    live_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"body {self.body_id} joins"


class Trial(models.Model):
    """What came of playing a service's worked examples against the body's own settings; nothing else of it is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    service_id = models.CharField(max_length=60)
    #: Of the version and the settings that were tried: others need a trial of their own.
    digest = models.CharField(max_length=64)
    passed = models.BooleanField()
    #: [{"example", "promise", "steps", "problems"}], of invented people.
    found = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["body", "service_id", "-at"], name="onboarding_trial_newest")]

    def __str__(self) -> str:
        return f"{self.service_id} tried by body {self.body_id}"


class Import(models.Model):
    """A file that a body brought: read whole first, then taken in batch by batch, each together with its count."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=KINDS)
    #: The system that the file comes from: with a line's own number it tells what was taken in before.
    system = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    file_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=STATES, default="checked")
    lines = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    #: [[line, sentence]], the first of them; codes and columns only, never what a person is called.
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    #: The last line of the file that was gone through, and the rows that came of it so far.
    done = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    operation_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["body", "-at"], name="onboarding_import_newest")]

    def __str__(self) -> str:
        return f"{self.title} of body {self.body_id}"
