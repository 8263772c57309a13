"""Erase what says where somebody lives, when they ask or when its time is over; the work done stays counted."""

import datetime as dt
from uuid import UUID

from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.functions.waste.models import CrewNote, MissedReport, Subscription, Visit

#: Days after the work ended; the partnership's own choice, two years and a day.
KEEP_DAYS = 731


def erase_cases(*, case_ids: list[UUID], body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase addresses from the ended work of these cases at one body; return how many rows of each table."""
    missed = MissedReport.objects.filter(body_id=body_id, case_id__in=case_ids)
    uprns = [uprn for uprn in missed.values_list("uprn", flat=True) if uprn]
    visits = Visit.objects.filter(body_id=body_id, case_id__in=case_ids).exclude(state="open")
    years = Subscription.objects.filter(body_id=body_id, case_id__in=case_ids, ends__lt=local(at).date())
    notes = CrewNote.objects.filter(body_id=body_id, uprn__in=uprns)
    return _erase(notes, missed, visits, years)


def keep_no_longer(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase addresses from what ended more than two years ago; return how many rows of each table."""
    before = at - dt.timedelta(days=KEEP_DAYS)
    return _erase(
        CrewNote.objects.filter(body_id=body_id, at__lt=before).exclude(uprn=""),
        MissedReport.objects.filter(body_id=body_id, at__lt=before).exclude(uprn=""),
        Visit.objects.filter(body_id=body_id, ended_at__lt=before).exclude(label=""),
        Subscription.objects.filter(body_id=body_id, ends__lt=local(before).date()).exclude(label=""),
    )


def forget_body(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase every address that a body kept: it has left and took them along; return how many rows of each table."""
    return _erase(
        CrewNote.objects.filter(body_id=body_id).exclude(uprn=""),
        MissedReport.objects.filter(body_id=body_id).exclude(uprn=""),
        Visit.objects.filter(body_id=body_id).exclude(label=""),
        Subscription.objects.filter(body_id=body_id).exclude(label=""),
    )


def _erase(notes, missed, visits, years):
    return {
        "waste_crewnote": notes.update(uprn=""),
        "waste_missedreport": missed.update(uprn=""),
        "waste_visit": visits.update(label="", what="", easting=None, northing=None),
        "waste_subscription": years.update(label="", uprn=""),
    }
