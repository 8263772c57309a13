"""The case itself, its history and what may be erased from it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from moothall.core import channels
from moothall.core.ids import new_id

CHANNELS = channels.some("web", "api", "open311", "phone", "visit", "email", "post")


class Case(models.Model):
    """One request for one service, from first contact to outcome. Its state is what its events say."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    #: Of the body that opened it, as its reference has it; whoever takes the case over keeps both.
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=13)
    service_id = models.CharField(max_length=60)
    version = models.ForeignKey("catalogue.Version", models.PROTECT, related_name="+", db_index=False)
    provider = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    desk = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False, null=True)
    #: Bodies that may see the case: accountable, providing, and the desk that took it.
    seen_by = ArrayField(models.SmallIntegerField())
    #: Code of the team that alone may see it in those bodies (an urgent referral); empty: all who work on cases there.
    only_team = models.CharField(max_length=40, blank=True, default="")
    state = models.CharField(max_length=12, default="open")
    outcome = models.CharField(max_length=40, blank=True, default="")
    round = models.SmallIntegerField(default=1)
    channel = models.CharField(max_length=10, choices=CHANNELS)
    language = models.CharField(max_length=5, default="en")
    title = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    #: The time allowed as promised on opening: {"days": 28}; empty where none was.
    promise_within = models.JSONField(default=dict)
    promise_due = models.DateTimeField(null=True)
    promise_kept = models.BooleanField(null=True)
    promise_missed_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    person_id = models.UUIDField(null=True)
    #: Under which mandate a helper asked for the person; None where nobody did.
    acts_for_id = models.UUIDField(null=True)
    contact_digests = ArrayField(models.BinaryField(), default=list)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    street = models.CharField(max_length=120, blank=True, default="")
    usrn = models.CharField(max_length=8, blank=True, default="")
    uprn = models.CharField(max_length=12, blank=True, default="")
    postcode = models.CharField(max_length=8, blank=True, default="")
    ward = models.CharField(max_length=60, blank=True, default="")
    place_label = models.CharField(max_length=200, blank=True, default="")
    published_id = models.UUIDField(null=True)
    #: Where and under which number the case began, and when it was taken over from there; empty where it began here.
    former_system = models.CharField(max_length=40, blank=True, default="")
    former_number = models.CharField(max_length=60, blank=True, default="")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "former_number", "former_system"],
                name="casework_case_former",
                condition=~Q(former_number=""),
            ),
            models.UniqueConstraint(fields=["body", "reference"], name="casework_case_reference"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "paused", "closed", "cancelled"]), name="casework_case_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "paused"], closed_at=None)
                | Q(state__in=["closed", "cancelled"], closed_at__isnull=False),
                name="casework_case_closed_when_it_says",
            ),
            models.CheckConstraint(
                condition=Q(state="paused", paused_at__isnull=False) | (~Q(state="paused") & Q(paused_at=None)),
                name="casework_case_paused_when_it_says",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="casework_case_closed_after_opened"
            ),
        ]
        indexes = [
            models.Index(Upper("former_number"), name="casework_case_former_number", condition=~Q(former_number="")),
            models.Index(fields=["person_id", "-opened_at"], name="casework_case_person", condition=~Q(person_id=None)),
            models.Index(fields=["body", "-opened_at"], name="casework_case_newest"),
            models.Index(fields=["reference"], name="casework_case_by_reference"),
            models.Index(
                fields=["body", "promise_due"],
                name="casework_case_clock",
                condition=Q(state="open", promise_missed_at=None),
            ),
            models.Index(fields=["published_id"], name="casework_case_published", condition=~Q(published_id=None)),
            GinIndex(fields=["contact_digests"], name="casework_case_contact"),
            models.Index(fields=["body", "reference"], name="casework_case_of_one_team", condition=~Q(only_team="")),
            models.Index(
                fields=["provider", "service_id", "opened_at"],
                name="casework_case_for_others",
                condition=~Q(provider=F("body")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def place(self) -> dict:
        """Return the place in the one shape that places have everywhere."""
        keys = ("lat", "lon", "easting", "northing", "street", "usrn", "uprn", "postcode", "ward")
        return {key: getattr(self, key) for key in keys} | {"label": self.place_label}


class Event(models.Model):
    """A fact in a case's history: what, when, by whom; ids and codes only. Added to, never edited."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    #: Names ids, codes, and the commitment to a payload: {"payload": id, "commitment": sha256 of salt and content}.
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="casework_event_case")]


class Payload(models.Model):
    """Personal values of a case: answers, contact, free text. Erasable: the event that commits to it still proves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="payloads", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    salt = models.BinaryField(null=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "kind"], name="casework_payload_case")]


class Note(models.Model):
    """What staff wrote for each other on a case; residents see it only in a subject-access pack."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notes", db_index=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="casework_note_case")]


class Submission(models.Model):
    """A key that a caller gave with a submission: the same key with the same content is the same case. Kept 30 days."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    caller = models.CharField(max_length=80)
    key = models.CharField(max_length=100)
    digest = models.BinaryField()
    case_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "caller", "key"], name="casework_submission_key")]
        indexes = [models.Index(fields=["at"], name="casework_submission_at")]


class Counter(models.Model):
    """The last number a body gave to a case. Gaps are allowed; numbers are taken by `casework_begin` alone."""

    body = models.OneToOneField("bodies.Body", models.PROTECT, primary_key=True, related_name="+")
    number = models.PositiveIntegerField(default=0)
