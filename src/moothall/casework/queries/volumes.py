"""How much is asked for, and how much a body has to do for others: numbers, never cases."""

import datetime as dt

from django.db import connection

from moothall.casework.models import Case
from moothall.core.clock import LONDON


def volume(service_id: str, body_id: int, first: dt.date, last: dt.date) -> int:
    """Return how many requests a body of the scope had for a service from a day up to, and without, another."""
    opened = {"opened_at__gte": _midnight(first), "opened_at__lt": _midnight(last)}
    return Case.objects.filter(body_id=body_id, service_id=service_id, **opened).count()


def load(service_id: str, provider_id: int, since: dt.date) -> tuple[int, int]:
    """Return (requests a body has open for others, requests that came for others since a day), of one service."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select waiting, came from casework_load(%s, %s::smallint, %s)", [service_id, provider_id, _midnight(since)]
        )
        return cursor.fetchone()


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), LONDON)
