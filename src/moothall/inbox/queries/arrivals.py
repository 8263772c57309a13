"""What waits in a body's inbox, and what was dealt with."""

import datetime as dt
from uuid import UUID

from django.db.models import Count, Q

from moothall.casework import queries as casework
from moothall.core.refusal import NotYours
from moothall.inbox.models import Arrival
from moothall.inbox.rules import doubts
from moothall.inbox.rules.finding import same_phone
from moothall.people import queries as people

from .threads import sender_digest

PAGE = 25


def urgent(body_id: int) -> list[Arrival]:
    """Return what waits in a body's inbox that tells of somebody in danger, oldest first, at most fifty."""
    return list(Arrival.objects.filter(body_id=body_id, state="waiting", urgent=True).order_by("at", "pk")[:50])


def waiting(body_id: int, state: str = "waiting", after: tuple[dt.datetime, UUID] | None = None) -> list[Arrival]:
    """Return a body's arrivals in a state, oldest first, without the urgent ones; one more than a page.

    `after` continues after (at, id) of the last of a page. One statement.
    """
    rows = Arrival.objects.filter(body_id=body_id, state=state).exclude(urgent=True, state="waiting")
    if after:
        at, pk = after
        rows = rows.filter(Q(at__gt=at) | Q(at=at, pk__gt=pk))
    return list(rows.order_by("at", "pk")[: PAGE + 1])


def done(body_id: int, before: tuple[dt.datetime, UUID] | None = None) -> list[Arrival]:
    """Return what a body has dealt with, newest first; one more than a page. `before` continues a page."""
    rows = Arrival.objects.filter(body_id=body_id, state="done")
    if before:
        at, pk = before
        rows = rows.filter(Q(ended_at__lt=at) | Q(ended_at=at, pk__lt=pk))
    return list(rows.order_by("-ended_at", "-pk")[: PAGE + 1])


def counts(body_id: int) -> dict[str, int]:
    """Return how many of a body's arrivals wait, by state."""
    rows = Arrival.objects.filter(body_id=body_id).exclude(state="done").order_by()
    return dict(rows.values_list("state").annotate(Count("id")))


def arrival(arrival_id: UUID) -> Arrival:
    """Return one arrival that the scope shows; refuses NotYours."""
    found = Arrival.objects.filter(pk=arrival_id).first()
    if found is None:
        raise NotYours()
    return found


def doubts_about(row: Arrival) -> list[str]:
    """Return what speaks against an arrival, in words."""
    return doubts.in_words(row.signs)


def known_cases(row: Arrival) -> list:
    """Return the cases that an arrival may belong to and that the scope shows: of its sender, and those it names."""
    way = row.sender or row.found.get("phone", "")
    found = {case.pk: case for case in (casework.cases_of_contact(way) if way else [])}
    for reference in row.found.get("references", [])[:5]:
        try:
            case = casework.by_reference(reference)
        except NotYours:
            continue
        found = {case.pk: case} | found
    return list(found.values())[:6]


def written_by(person_ids: list[UUID]):
    """Return what some people wrote, as a query: by the addresses that we know of them."""
    ways = [people.contact_of(one) for one in person_ids]
    digests = [sender_digest(way["email"]) for way in ways if way["email"]]
    digests += [sender_digest(same_phone(way["phone"])) for way in ways if way["phone"]]
    cases = [case.pk for case in casework.my_cases(person_ids)]
    return Arrival.objects.filter(Q(sender_digest__in=digests) | Q(case_id__in=cases))


def held_about(person_ids: list[UUID]) -> dict[str, list[dict]]:
    """Return what some people wrote to us that is still kept here, in plain rows."""
    rows = written_by(person_ids).filter(erased_at=None).order_by("at")
    said = [
        {
            "at": row.at.isoformat(),
            "by": row.get_channel_display(),
            "from": row.sender,
            "about": row.subject,
            "text": row.text,
            "what became of it": row.get_outcome_display() or row.get_state_display(),
        }
        for row in rows
    ]
    return {"What you wrote to us": said} if said else {}
