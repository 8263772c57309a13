"""Erase whose licence it was, when they ask or when its time is over; numbers, days and codes stay counted."""

import datetime as dt
from uuid import UUID

from django.db.models import Q

from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.functions.licensing import rules
from moothall.functions.licensing.models import Entry, Evidence, Licence, Measure

#: Years after a licence ended in which a decision about it may be disputed (Limitation Act 1980 s.2, s.9).
KEEP_YEARS = 6
OVER = Q(state__in=[rules.EXPIRED, rules.SURRENDERED, rules.REVOKED])


def erase_cases(*, case_ids: list[UUID], body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase the holders of these cases' licences at one body that are over; the law wants those in force registered."""
    return _erase(Licence.objects.filter(OVER, body_id=body_id, case_id__in=case_ids).exclude(holder=""))


def keep_no_longer(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase the holders of licences that ended more than six years ago."""
    today = local(at).date()
    before = today - dt.timedelta(days=KEEP_YEARS * 366)
    return _erase(Licence.objects.filter(OVER, body_id=body_id, ends__lt=before).exclude(holder=""))


def forget_body(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase every holder of a body that has left and took its licences along; its register here is closed."""
    Entry.objects.filter(body_id=body_id).delete()
    return _erase(Licence.objects.filter(body_id=body_id).exclude(holder=""))


def forget_case(*, case_id: UUID, at: dt.datetime, by: Actor) -> int:
    """Ask for no more papers of a case that was withdrawn; return how many were still to be seen."""
    return Evidence.objects.filter(case_id=case_id, finding="").delete()[0]


def pass_on(*, case_id: UUID, to_body: int, at: dt.datetime, by: Actor) -> int:
    """Let another body go on with the papers of a case that was handed to it; return how many. Both are in scope."""
    return Evidence.objects.filter(case_id=case_id).update(doer_id=to_body)


def _erase(licences) -> dict[str, int]:
    ids = list(licences.values_list("pk", flat=True))
    return {
        "licensing_entry": Entry.objects.filter(licence_id__in=ids).delete()[0],
        "licensing_measure": Measure.objects.filter(licence_id__in=ids).exclude(reason="").update(reason=""),
        "licensing_licence": Licence.objects.filter(pk__in=ids).update(holder="", vehicle="", facts=[], conditions=[]),
    }
