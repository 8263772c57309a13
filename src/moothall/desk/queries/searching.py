"""One box: what a name, a postcode, a reference, a phone number or plain words may mean at a desk."""

import datetime as dt
import re
from dataclasses import dataclass, field
from uuid import UUID

from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.core.reference import check_reference
from moothall.core.refusal import NotYours
from moothall.people import queries as people

LIVE = ("open", "paused")


@dataclass
class Found:
    """What was found, grouped; the caller's open cases first, because most calls chase one."""

    cases: list = field(default_factory=list)
    people: list = field(default_factory=list)
    services: list = field(default_factory=list)
    #: What may be known of an urgent referral that the desk does not see.
    referred: casework.Referred | None = None

    def __bool__(self) -> bool:
        return bool(self.cases or self.people or self.services or self.referred)


def search(text: str, *, body_id: int, at: dt.datetime) -> Found:
    """Return what some words may mean to this body's desk; row security has the last word.

    At most eleven statements.
    """
    text = text.strip()
    if check_reference(text):
        cases = _by_reference(text)
        return Found(cases=cases, referred=None if cases else casework.referred(text))
    found = Found(people=people.find(text, body_id) if len(text) > 1 else [])
    if "@" in text or any(char.isdigit() for char in text):
        found.cases = casework.cases_of_contact(text) or casework.by_former_number(text)
    if re.search(r"[A-Za-z]{3}", text) and "@" not in text:
        found.cases = _joined(found.cases, _by_words(text, body_id, at))
        found.services = catalogue.find(text)[:3]
    return found


def _by_reference(text: str) -> list:
    try:
        return [casework.by_reference(text)]
    except NotYours:
        return []


def _by_words(text: str, body_id: int, at: dt.datetime) -> list:
    """Return the cases whose open work has these words: a street, a name, what it is about."""
    page = casework.queue(bodies=(body_id,), text=text, at=at, limit=10)
    return casework.by_ids(list(dict.fromkeys(row.case_id for row in page.rows)))


def _joined(first: list, more: list) -> list:
    known = {case.pk for case in first}
    found = [*first, *(case for case in more if case.pk not in known)]
    return sorted(found, key=lambda case: case.state not in LIVE)


def cases_of_person(person_id: UUID) -> list:
    """Return the cases of a person that the scope shows, the open ones first."""
    found = casework.my_cases(list(people.identity(person_id)), limit=50)
    return sorted(found, key=lambda case: case.state not in LIVE)
