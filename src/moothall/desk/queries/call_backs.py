"""Reading call-backs: those to ring, the soonest first, and how many were rung in time."""

import datetime as dt
from uuid import UUID

from django.db.models import F, Q

from moothall.casework import queries as casework
from moothall.desk.models import CallBack
from moothall.people import queries as people


def call_backs(body_id: int) -> list[CallBack]:
    """Return whom a body still has to ring back, the soonest due first."""
    return list(CallBack.objects.filter(body_id=body_id, state="open").order_by("due_at", "id")[:200])


def calls_of(*, case_id: UUID | None, person_id: UUID | None) -> str:
    """Return "none" for who cannot use the phone, "relay" for who uses it by Relay UK; else nothing."""
    needs = people.needs_of(person_id)
    if case_id:
        needs = casework.needs_of(casework.case_file(case_id))
    return people.need_of_kind(needs, "calls")


def call_backs_due(body_id: int, at: dt.datetime) -> tuple[int, int]:
    """Return how many people wait to be rung back, and for how many of them the time is up. One statement."""
    due = list(CallBack.objects.filter(body_id=body_id, state="open").values_list("due_at", flat=True))
    return len(due), sum(one < at for one in due)


def rung_in_time(body_id: int, since: dt.datetime) -> tuple[int, int]:
    """Return (rung in time, of how many) of the call-backs that were due since a moment and have ended."""
    ended = CallBack.objects.filter(~Q(state="open"), body_id=body_id, due_at__gte=since)
    return ended.filter(state="rung", ended_at__lte=F("due_at")).count(), ended.count()
