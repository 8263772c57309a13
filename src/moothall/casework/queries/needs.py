"""What those who asked need from whoever deals with their request: said with it, or known of them."""

from uuid import UUID

from moothall.casework.models import Case, Payload
from moothall.casework.queries.file import CaseFile
from moothall.people import queries as people


def needs_of(file: CaseFile, known: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Return what the resident of a case needs, as codes ("interpreter:bfi").

    What was said with the request goes to each body that sees the case; what else is `known` of the person is what the
    scope's own body holds of them, and wins where somebody has one of a kind.
    """
    if known is None:
        known = people.needs_of(file.case.person_id)
    return people.needs_together(people.needs_in(file.contact.get("needs", "")), known)


def needs_when_met(case_ids: list[UUID]) -> dict[UUID, list[str]]:
    """Return in words what those need to know who meet the residents of some cases; who needs nothing is left out.

    Three statements, however many cases: for lists of visits and appointments.
    """
    said = {}
    rows = Payload.objects.filter(case_id__in=case_ids, kind="submission", erased_at=None)
    for case_id, contact in rows.values_list("case_id", "data__contact"):
        said[case_id] = people.needs_in((contact or {}).get("needs", ""))
    whose = dict(Case.objects.filter(pk__in=case_ids).exclude(person_id=None).values_list("pk", "person_id"))
    known = people.needs_of_many(list(whose.values())) if whose else {}
    found = {}
    for case_id in case_ids:
        needs = people.needs_together(said.get(case_id, ()), known.get(whose.get(case_id), ()))
        if words := people.needs_in_words(people.needs_when_met(needs)):
            found[case_id] = words
    return found
