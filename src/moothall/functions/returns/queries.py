"""What is known of returns: who owes one, what came, and whether one is owed still."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from moothall.catalogue import queries as catalogue
from moothall.core.refusal import NotYours
from moothall.functions.returns import rules
from moothall.functions.returns.models import STANDING, Due, Entry

PAGE = 25
SHOWS = {"late": "Late", "soon": "Due soon", "all": "All", "ended": "No longer owed"}


class UnknownReturn(NotYours):
    """We cannot find that return, or it is owed to another council. Choose it from the list of returns."""


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and where the next begin; 0 where there are no more."""

    rows: list
    next: int


def entry(entry_id: UUID, *, lock: bool = False) -> Entry:
    """Return an entry that the scope shows. Raises UnknownReturn."""
    rows = Entry.objects.select_for_update() if lock else Entry.objects
    found = rows.filter(pk=entry_id).first()
    if found is None:
        raise UnknownReturn()
    return found


def open_at(*, body_id: int, service_id: str, uprn: str, lock: bool = False) -> Entry | None:
    """Return the entry by which an address owes returns of one kind to a body now, or None."""
    rows = Entry.objects.select_for_update() if lock else Entry.objects
    return rows.filter(body_id=body_id, service_id=service_id, uprn=uprn, ended_on=None).first()


def entries(*, body_ids, show: str, today: dt.date, start: int = 0) -> Page:
    """Return entries, each with the return it owes (None where none is any more), the day due longest ago first."""
    if show == "ended":
        rows = Entry.objects.filter(body_id__in=body_ids, ended_on__isnull=False).order_by("-ended_on", "pk")
        return _page([(row, None) for row in rows[start : start + PAGE + 1]], start)
    rows = Due.objects.filter(body_id__in=body_ids, filed_on=None, entry__ended_on=None).select_related("entry")
    if show == "late":
        rows = rows.filter(due_on__lt=today)
    if show == "soon":
        rows = rows.filter(due_on__range=(today, today + rules.SOON))
    return _page([(row.entry, row) for row in rows.order_by("due_on", "pk")[start : start + PAGE + 1]], start)


def _page(found: list, start: int) -> Page:
    return Page(found[:PAGE], start + PAGE if len(found) > PAGE else 0)


def dues(of: Entry) -> list[Due]:
    """Return the returns of an entry, the newest first."""
    return sorted(of.dues.all(), key=lambda due: -due.number)


def filed_by(body_id: int, case_id: UUID) -> Due | None:
    """Return the return that a case filed, or None."""
    return Due.objects.filter(body_id=body_id, case_id=case_id).select_related("entry").first()


def owed_after(body_id: int, case_id: UUID) -> Due | None:
    """Return the return still owed after the one that a case filed; None once another was filed, or none is owed."""
    rows = Due.objects.filter(body_id=body_id, filed_on=None, entry__ended_on=None, entry__case_id=case_id)
    return rows.first()


def title(service_id: str) -> dict:
    """Return the name of a service as {en, cy}: what kind of return it is."""
    return catalogue.current(service_id).definition.title.model_dump()


def told(one: Due, today: dt.date) -> tuple[str, str]:
    """Return (code, words) of how a return stands on a day."""
    code = rules.standing(one.due_on, one.filed_on, today)
    return code, STANDING[code]


def of_cases(case_ids: list[UUID]) -> list[Entry]:
    """Return the entries whose last return one of these cases filed, with all their returns, by what is due next."""
    rows = Entry.objects.filter(case_id__in=case_ids, ended_on=None, dues__filed_on=None)
    return list(rows.order_by(F("dues__due_on"), "pk").prefetch_related("dues"))


def held_about(case_ids: list[UUID]) -> dict[str, list[dict]]:
    """Return, by heading, plain rows of what returns keep about the people of these cases."""
    rows = Entry.objects.filter(case_id__in=case_ids).order_by("opened_at")
    return {
        "Returns": [
            {"address": row.label, "service": row.service_id, "since": row.opened_at.isoformat(), "ended": row.why}
            for row in rows
        ]
    }
