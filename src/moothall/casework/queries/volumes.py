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


def work_done(body_ids: tuple[int, ...], first: dt.date, last: dt.date) -> list[tuple[int, int, str, int]]:
    """Return (body, who did it, service, requests) of some bodies' requests from a day up to, and without, another.

    Numbers only, and none under five (the partnership's publication rule): they are public.
    """
    with connection.cursor() as cursor:
        days = [list(body_ids), _midnight(first), _midnight(last)]
        cursor.execute("select body, provider, service, requests from casework_work_done(%s::smallint[], %s, %s)", days)
        return cursor.fetchall()


def work_for_others(body_ids: tuple[int, ...], first: dt.date, last: dt.date) -> list[tuple[int, int, str, int]]:
    """Return (body, who did it, service, requests) of what some bodies did for any that is not one of them.

    Numbers only, and none under five, as `work_done`; from a day up to, and without, another.
    """
    with connection.cursor() as cursor:
        days = [list(body_ids), _midnight(first), _midnight(last)]
        cursor.execute(
            "select body, provider, service, requests from casework_work_for_others(%s::smallint[], %s, %s)", days
        )
        return cursor.fetchall()


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), LONDON)
