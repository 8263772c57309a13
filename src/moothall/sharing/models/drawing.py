"""A service being drawn down: a draft, what was written down for its gates, and what became of it."""

from django.db import models
from django.db.models import Q

from moothall.core.ids import new_id

STATES = {"draft": "Being prepared", "live": "Live", "given-up": "Given up"}


class DrawDown(models.Model):
    """One body's way to a service of its own, from an offer or by itself. Only that body sees it until it is live."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    #: What it is drawn down from; empty where the body does the work itself.
    offer = models.ForeignKey("sharing.Offer", models.PROTECT, related_name="+", null=True)
    service_id = models.CharField(max_length=60)
    version = models.ForeignKey("catalogue.Version", models.PROTECT, related_name="+")
    parameters = models.JSONField(default=dict)
    #: When the settings were written down; empty until then.
    set_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    begun_at = models.DateTimeField()
    #: The account of whoever began it: they cannot sign for it.
    begun_by = models.BigIntegerField(null=True)
    adoption = models.ForeignKey("sharing.Adoption", models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "service_id"], condition=Q(state="draft"), name="sharing_drawdown_one_draft"
            ),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="sharing_drawdown_state"),
            models.CheckConstraint(
                condition=~Q(state="live") | Q(adoption__isnull=False), name="sharing_drawdown_live_is_adopted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} for body {self.body_id}"


class Evidence(models.Model):
    """What somebody wrote down, or signed, for a gate. Added to; the last one for a gate counts."""

    drawdown = models.ForeignKey(DrawDown, models.PROTECT, related_name="evidence")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    gate = models.CharField(max_length=30)
    given = models.JSONField(default=dict)
    #: What a signature is for: the fingerprint of the settings and of what was written down.
    digest = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    signer = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.gate} of {self.drawdown_id}"
