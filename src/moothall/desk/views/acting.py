"""Who may act for a caller's person: shown before anything is said, and chosen when they are the ones in touch."""

import datetime as dt
from uuid import UUID

from django.http import HttpRequest

from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.desk.forms import SELF
from moothall.people import queries as people


def helpers(request: HttpRequest, person_id: UUID | None) -> list:
    """Return who may act for somebody today, as far as the desk may know; two statements."""
    return people.helpers_now(people.identity(person_id), local(request.at).date()) if person_id else []


def choices(rows: list) -> list[tuple[str, str]]:
    """Return the helpers to choose from: (code, name and as what)."""
    return [
        (str(row.pk), f"{row.agent_name or 'Somebody'}, for them: {people.WORDS['kinds'][row.kind]}") for row in rows
    ]


def of_post(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the helpers to choose from for whom a posted form is about."""
    return choices(helpers(request, _person(request.POST.get("person"), request.POST.get("case"))))


def _person(person: str | None, case: str | None) -> UUID | None:
    try:
        if person:
            return UUID(person)
        found = casework.by_ids([UUID(case)]) if case else []
    except ValueError:
        return None
    return found[0].person_id if found else None


def chosen(given: dict) -> UUID | None:
    """Return which helper was chosen; None where it was the person themself."""
    return UUID(given["helper"]) if given.get("helper", SELF) not in ("", SELF) else None


def script(rows: list, service_id: str = "") -> list[dict]:
    """Return who may act for somebody, in words to go by: as what, until when, for what, and what they may not.

    With `service_id`, whether it is for that service.
    """
    return [_line(row, service_id) for row in rows]


def _line(row, service_id: str) -> dict:
    titles = [catalogue.current(one).definition.title.en for one in row.services if catalogue.is_published(one)]
    return {
        "row": row,
        "kind": people.WORDS["kinds"][row.kind],
        "last": row.ends and row.ends - dt.timedelta(days=1),
        "may": [people.WORDS["may"][one] for one in row.may],
        "may_not": [words for one, words in people.WORDS["may"].items() if one not in row.may],
        "services": ", ".join(titles) if row.services else "All services",
        "covers": people.covers_service(row, service_id),
        "written": people.WORDS["written"][row.written],
    }
