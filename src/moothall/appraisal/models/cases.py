"""A case as it is written, every change of it, and the evidence that was filed for its figures."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from moothall.appraisal.models.ordered import OrderedJson
from moothall.core.ids import new_id


class Case(models.Model):
    """A case that some bodies write together; `document` is the result of its changes, `version` their number."""

    STATES = ("draft", "frozen")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: The body that began it, and publishes it.
    body_id = models.SmallIntegerField()
    #: The bodies whose staff write it.
    author_ids = ArrayField(models.SmallIntegerField())
    #: Begins with the body's own, so that it is one body's matter which are taken.
    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default="draft", choices=[(one, one) for one in STATES])
    version = models.PositiveIntegerField(default=0)
    document = OrderedJson()
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["body_id", "-changed_at"], name="appraisal_case_newest")]
        constraints = [
            models.UniqueConstraint(fields=["body_id", "slug"], name="appraisal_case_slug"),
            models.CheckConstraint(condition=models.Q(state__in=["draft", "frozen"]), name="appraisal_case_state"),
        ]

    def __str__(self) -> str:
        return self.slug

    def keep(self, document: dict, steps, why: str, body_id: int, by: str, at) -> None:
        """Keep the case as `document` says, with the steps (path, before, after) that led to it, as one version."""
        self.version += 1
        self.document, self.changed_at = document, at
        self.title = str(document.get("title") or self.title)[:200]
        self.save()
        about = {"case_id": self.pk, "version": self.version, "why": why, "body_id": body_id, "by": by, "at": at}
        Change.objects.bulk_create(
            Change(number=number, path=list(path), before=before, after=after, **about)
            for number, (path, before, after) in enumerate(steps)
        )


class Change(models.Model):
    """One thing that was changed at one place: what stood there, what stands there since, why, and who changed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="changes")
    #: The version that the case reached by this change; what is changed together has one version.
    version = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()
    path = OrderedJson()
    before = OrderedJson(null=True)
    after = OrderedJson(null=True)
    why = models.CharField(max_length=500)
    #: The body and post of who changed it.
    body_id = models.SmallIntegerField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version", "number"], name="appraisal_change_once"),
            models.CheckConstraint(condition=~models.Q(why=""), name="appraisal_change_why"),
        ]


class Evidence(models.Model):
    """What backs a figure: a kept file or an address. Never changed: what is wrong is answered by filing more."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    body_id = models.SmallIntegerField()
    #: The name of the figure in the case.
    figure = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    address = models.URLField(max_length=500, blank=True)
    file_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    filed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(address="", file_id__isnull=False)
                | (~models.Q(address="") & models.Q(file_id=None)),
                name="appraisal_evidence_one_of_two",
            )
        ]
