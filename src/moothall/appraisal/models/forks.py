"""What somebody made of a published case: other figures and weights, and what comes of them."""

from django.db import models

from moothall.appraisal.models.editions import Edition
from moothall.appraisal.models.ordered import OrderedJson
from moothall.core.ids import new_id


class Fork(models.Model):
    """Other figures and weights for one edition. Kept at a secret address until a day, without anybody's words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="forks")
    #: The hash of the address's secret part, which is kept nowhere.
    digest = models.CharField(max_length=64, unique=True)
    #: {input: figure} and {criterion: points} where they differ from the edition's.
    figures = OrderedJson()
    swings = OrderedJson()
    result = OrderedJson(null=True)
    made_at = models.DateTimeField()
    expires = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["expires"], name="appraisal_fork_expires")]
