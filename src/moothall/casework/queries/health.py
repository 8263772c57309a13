"""The health of the link between cases and the functions that do their work."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from moothall.casework.models import Step

FIGURES = """
select body_id, performs, external,
  count(*) filter (where state = 'ready'), count(*) filter (where state = 'waiting'),
  count(*) filter (where state in ('ready', 'waiting') and due_at < %(at)s),
  count(*) filter (where state = 'failed'), count(*) filter (where attempts > 0), min(ready_at)
from casework_step where body_id = any(%(bodies)s::smallint[]) and state in ('ready', 'running', 'waiting', 'failed')
group by body_id, performs, external order by body_id, performs, external"""


@dataclass(frozen=True)
class Health:
    """How many steps of one function at one body are ready, waiting, late, failed and tried again; since when."""

    body_id: int
    performs: str
    external: str
    ready: int
    waiting: int
    late: int
    failed: int
    retried: int
    oldest: dt.datetime


def link_health(*, bodies: tuple[int, ...], at: dt.datetime) -> list[Health]:
    """Return figures of the active steps of these bodies, by body and function. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, {"at": at, "bodies": list(bodies)})
        return [Health(*row) for row in cursor.fetchall()]


def troubled_steps(*, bodies: tuple[int, ...], at: dt.datetime, limit: int = 50) -> list[Step]:
    """Return the steps that need a person: failed, or late at an external system; oldest first, with their cases."""
    failed = Step.objects.filter(body_id__in=bodies, state="failed")
    late = Step.objects.filter(body_id__in=bodies, state="waiting", due_at__lt=at).exclude(external="")
    found = [*failed.select_related("case").order_by("ready_at")[:limit]]
    found += [*late.select_related("case").order_by("ready_at")[:limit]]
    return sorted(found, key=lambda step: step.ready_at)[:limit]
