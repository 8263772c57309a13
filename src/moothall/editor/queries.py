"""Reads of drafts: one's own body's, what can be said of them, and what they would change."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from moothall.bodies import queries as bodies
from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.core.refusal import Refusal
from moothall.core.workdays import england
from moothall.editor.models import OPEN, Draft, Opinion, Saving
from moothall.editor.rules import files as files_of
from moothall.sharing import queries as sharing

altered = files_of.altered
as_typed = files_of.as_typed
file_name = files_of.name
in_order = files_of.ordered

REVIEWERS = ("manager", "partnership-office", "monitoring-officer")
"""Who may be the second person."""
FOR_ALL = ("partnership-office", "monitoring-officer")
"""Who may be it where other bodies offer the service too: they are shown the new version."""


class UnknownDraft(Refusal):
    """There is no such draft, or it is another body's. Look for it in your list."""

    status = 404


class NotYoursToChange(Refusal):
    """Your body does not do this service itself. Begin a new service from a copy of it, under a name of your own."""

    status = 403


def drafts(body_id: int) -> QuerySet[Draft]:
    """Return a body's drafts, the one changed last first."""
    return Draft.objects.filter(body_id=body_id).order_by("-changed_at", "id")


def draft(draft_id: UUID) -> Draft:
    """Return a draft of the scope's body; raises UnknownDraft."""
    row = Draft.objects.filter(pk=draft_id).first()
    if row is None:
        raise UnknownDraft()
    return row


def open_draft(body_id: int, service_id: str) -> Draft | None:
    """Return what a body is writing of a service now, or None."""
    return Draft.objects.filter(body_id=body_id, service_id=service_id, state__in=OPEN).first()


def savings(draft_id: UUID) -> list[Saving]:
    """Return what each saving of a draft changed, newest first, without the files."""
    return list(Saving.objects.filter(draft_id=draft_id).defer("files").order_by("-number"))


def saving(draft_id: UUID, number: int) -> Saving:
    """Return a draft as one saving left it; raises UnknownDraft."""
    row = Saving.objects.filter(draft_id=draft_id, number=number).first()
    if row is None:
        raise UnknownDraft()
    return row


def opinions(draft_id: UUID) -> list[Opinion]:
    """Return what was said of a draft, newest first."""
    return list(Opinion.objects.filter(draft_id=draft_id).order_by("-at", "-id"))


def writers(draft_id: UUID) -> set[str]:
    """Return everybody who has a hand in a draft ("staff:12"): none of them can be the second person."""
    return set(Saving.objects.filter(draft_id=draft_id).values_list("by", flat=True))


def look(service_id: str, files: dict[str, str]) -> catalogue.Checked:
    """Return what is said of a service's files as they would be published now; a file that is none is told first."""
    if said := files_of.wrong(files):
        return catalogue.Checked(None, [], [said], False)
    return catalogue.check_files(service_id, files, england())


def others(service_id: str, body_id: int, on: dt.date) -> list[str]:
    """Return the names of the other bodies that offer a service on a day."""
    rows = sharing.adoptions(on, service_id=service_id)
    return sorted(bodies.body(row.body_id).name for row in rows if row.body_id != body_id)


def reviewers(service_id: str, body_id: int, on: dt.date) -> tuple[str, ...]:
    """Return the roles of which one must agree to what a body would publish."""
    return FOR_ALL if others(service_id, body_id, on) else REVIEWERS


def newest(service_id: str):
    """Return the newest Published version of a service, or None where it was never published or is withdrawn."""
    try:
        return catalogue.current(service_id)
    except catalogue.UnknownService:
        return None


def _wrote(body_id: int) -> set[str]:
    """Return the services that a body has published by a draft of its own."""
    rows = Draft.objects.filter(body_id=body_id, state="published")
    return set(rows.values_list("service_id", flat=True))


def may_change(service_id: str, body_id: int, on: dt.date, wrote: set[str] | None = None) -> bool:
    """Return whether a body may write the next version of a service: it does the work itself, or wrote it alone.

    A body that is no partner changes only what no other body offers. `wrote` is what it published itself, if known.
    """
    running, beside = sharing.adoption(body_id, service_id, on), others(service_id, body_id, on)
    if beside and not bodies.body(body_id).partner:
        return False
    if running is not None:
        return running.provider_id == body_id
    return not beside and service_id in (_wrote(body_id) if wrote is None else wrote)


def changeable(body_id: int, on: dt.date) -> list:
    """Return the Published services whose next version a body may write, by title."""
    wrote = _wrote(body_id)
    return [found for found in catalogue.services() if may_change(found.service_id, body_id, on, wrote)]


@dataclass(frozen=True)
class Comparison:
    """What a draft would change: against which version, in words, and which files differ."""

    base: object
    changes: list[catalogue.Change]
    files: list[str]


def compare(base, definition, before: dict[str, str], after: dict[str, str]) -> Comparison:
    """Return how files with a `definition` (None where it cannot be read) differ from a Published version's."""
    told = (
        catalogue.changed(base.definition, definition, _said(base.definition), _said(definition)) if definition else []
    )
    return Comparison(base, told, files_of.altered(before, after))


def _said(definition) -> dict[str, str]:
    return {"promise": catalogue.promise_words(definition), "cost": catalogue.cost_words(definition)}


def running(service_id: str) -> list[tuple[int, int]]:
    """Return (version's number, how many open requests began with it) of the scope's bodies, newest first."""
    counted = casework.open_by_version(service_id)
    return sorted(((catalogue.version(one).number, count) for one, count in counted.items()), reverse=True)
