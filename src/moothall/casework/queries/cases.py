"""A case as its page shows it, its timeline, and whose cases are where."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from moothall.casework.models import Attachment, Case, Draft, Event, Message, Note, Payload, PublicPlace, Relation, Task
from moothall.casework.queries.file import CaseFile, case_file
from moothall.casework.rules.contact import digest
from moothall.casework.rules.promise import late
from moothall.catalogue import queries as catalogue
from moothall.core.reference import check_reference
from moothall.core.refusal import NotYours
from moothall.people import queries as people


@dataclass(frozen=True)
class Happened:
    """One line of a timeline: `kind` names it, `data` holds codes and ids, `text` what was said, if anything."""

    at: dt.datetime
    kind: str
    by: str
    data: dict = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True)
class CasePage:
    """All that a case's page shows; the row security of the scope has chosen it."""

    file: CaseFile
    timeline: list[Happened]
    messages: list[Message]
    notes: list[Note]
    attachments: list[Attachment]
    tasks: list[Task]
    related: list[tuple[str, Case]]
    late: bool

    @property
    def case(self) -> Case:
        return self.file.case


def case(case_id: UUID, *, at: dt.datetime) -> CasePage:
    """Return a case as its page shows it, in nine statements; refuses NotYours."""
    file = case_file(case_id)
    messages = list(Message.objects.filter(case_id=case_id).order_by("at", "id"))
    row = file.case
    return CasePage(
        file=file,
        timeline=timeline(case_id, messages=messages),
        messages=messages,
        notes=list(Note.objects.filter(case_id=case_id).order_by("at")),
        attachments=list(Attachment.objects.filter(case_id=case_id).order_by("at", "id")),
        tasks=list(Task.objects.filter(case_id=case_id, state="open").order_by("due_at", "id")),
        related=related(case_id),
        late=row.state == "open" and late(row.promise_due, row.paused_at, at),
    )


def by_reference(reference: str) -> Case:
    """Return the case with this reference, however it was typed, if the scope shows it; refuses NotYours."""
    known = check_reference(reference)
    if known is None:
        raise NotYours()
    found = Case.objects.filter(reference=known).first()
    if found is None:
        raise NotYours()
    return found


def timeline(case_id: UUID, *, messages: list[Message] | None = None) -> list[Happened]:
    """Return what happened in a case, oldest first, with the words of what was said where they are still kept."""
    said = {
        str(p.pk): p.data.get("text", "") for p in Payload.objects.filter(case_id=case_id).exclude(kind="submission")
    }
    if messages is None:
        messages = list(Message.objects.filter(case_id=case_id))
    lines = [
        Happened(e.at, e.kind, e.by, e.data, said.get(e.data.get("payload", ""), ""))
        for e in Event.objects.filter(case_id=case_id).order_by("id")
        if e.kind not in ("message-sent", "message-received")
    ]
    lines += [Happened(m.at, f"message-{m.direction}", m.by, {"letter": m.letter}, m.text) for m in messages]
    return sorted(lines, key=lambda line: line.at)


def related(case_id: UUID) -> list[tuple[str, Case]]:
    """Return the cases that have to do with one and that the scope shows, each with how."""
    links = list(Relation.objects.filter(Q(case_id=case_id) | Q(other_id=case_id)))
    kinds = {(r.other_id if r.case_id == case_id else r.case_id): r.kind for r in links}
    found = Case.objects.filter(pk__in=list(kinds)) if kinds else []
    return [(kinds[row.pk], row) for row in found]


def track(reference: str, contact: str) -> UUID | None:
    """Return the case that a reference and an e-mail address, phone number or postcode open, or None.

    The caller limits how often it may be asked, and then reads with the scope `app.case` of what it got.
    """
    known = check_reference(reference)
    if known is None or not contact.strip():
        return None
    kinds = ("email",) if "@" in contact else ("postcode", "phone")
    with connection.cursor() as cursor:
        for kind in kinds:
            value = digest(settings.SECRET_KEY, kind, contact)
            cursor.execute("select casework_track(%s, %s)", [known, value])
            if found := cursor.fetchone()[0]:
                return found
    return None


def track_former(number: str, contact: str) -> tuple[UUID, str] | None:
    """Return (id, reference) of the case that had a number in another system, for who gave the contact it came with.

    Such numbers follow one another, so that they can be guessed: an e-mail address or a phone number is asked for, and
    a postcode, which many share, is not enough. The caller limits how often it may be asked.
    """
    number, contact = number.strip(), contact.strip()
    if not number or not contact:
        return None
    value = digest(settings.SECRET_KEY, "email" if "@" in contact else "phone", contact)
    with connection.cursor() as cursor:
        cursor.execute("select id, reference from casework_track_former(%s, %s)", [number, value])
        return cursor.fetchone()


def my_cases(person_ids: list[UUID], *, limit: int = 100) -> list[Case]:
    """Return the cases of these people and of everyone linked to them as the same person, newest first."""
    ids = {same for person_id in person_ids for same in people.identity(person_id)}
    return list(Case.objects.filter(person_id__in=ids).order_by("-opened_at")[:limit])


def my_drafts(person_id: UUID) -> list[Draft]:
    """Return a person's unsent drafts, newest first."""
    return list(Draft.objects.filter(person_id=person_id, sent_at=None).order_by("-saved_at")[:50])


def draft(draft_id: UUID) -> Draft | None:
    """Return a draft that the scope names (`app.case`) or whose person it is; None otherwise."""
    return Draft.objects.filter(pk=draft_id).first()


def nearby(service_id: str, place: dict, *, at: dt.datetime, limit: int = 5) -> list[tuple[int, PublicPlace]]:
    """Return open reports of the same kind near a place, nearest first, each with its distance in whole metres.

    How near and how recent counts as the same is the service's definition's. Empty where it knows no duplicates.
    """
    definition = catalogue.current(service_id).definition
    same, east, north = definition.duplicates, place.get("easting"), place.get("northing")
    if same is None or east is None or north is None:
        return []
    since = at - dt.timedelta(days=same.days)
    rows = PublicPlace.objects.filter(
        service_id=service_id,
        open=True,
        easting__range=(east - same.metres, east + same.metres),
        northing__range=(north - same.metres, north + same.metres),
        reported_at__gte=since,
    )[:200]
    near = [(round(((r.easting - east) ** 2 + (r.northing - north) ** 2) ** 0.5), r) for r in rows]
    return sorted((n for n in near if n[0] <= same.metres), key=lambda n: (n[0], str(n[1].pk)))[:limit]
