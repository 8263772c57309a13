"""Editions of a case as they were published, and what they withhold until a day."""

from django.db import models

from moothall.appraisal.models.cases import Case
from moothall.appraisal.models.ordered import OrderedJson
from moothall.core.ids import new_id


class Edition(models.Model):
    """A case as it was published: what everybody may read of its document and its result. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120)
    #: Whether it was closed: every voice answered, every harm met, no partner saying stop.
    closed = models.BooleanField()
    basis = models.CharField(max_length=12)
    #: Without what is withheld.
    document = OrderedJson()
    result = OrderedJson()
    #: Why parts are withheld: [{path, what, reason, owner, test, expires}].
    withheld = OrderedJson()
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["slug", "-number"], name="appraisal_edition_newest")]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="appraisal_edition_number")]


class Withheld(models.Model):
    """What one edition keeps from the public until a day: a part of its document, or the result that would show it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="secrets")
    path = OrderedJson()
    value = OrderedJson()
    expires = models.DateField()
