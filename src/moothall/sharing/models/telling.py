"""Whom of its own people a body tells of the requests for a service."""

from django.db import models
from django.db.models import Q

from moothall.core.ids import new_id

#: The moments at which somebody is told, as the page says them.
MOMENTS = {"opened": "When a request is made", "late": "When a promise is missed", "ended": "When a request is closed"}
KINDS = {"team": "Team", "role": "Role", "mailbox": "Mailbox"}


class Telling(models.Model):
    """One moment at which one team, role or mailbox of a body is told. Only that body sees it.

    It belongs to the service and not to one version of it, so it goes on when another is taken.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    service_id = models.CharField(max_length=60)
    moment = models.CharField(max_length=10, choices=MOMENTS)
    kind = models.CharField(max_length=10, choices=KINDS)
    #: A team's code, a role, or an address of the body's own.
    named = models.CharField(max_length=254)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "service_id", "moment", "kind", "named"], name="sharing_telling_once"
            ),
            models.CheckConstraint(condition=Q(moment__in=list(MOMENTS)), name="sharing_telling_moment"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="sharing_telling_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.body_id} told of {self.service_id}"
