"""Acting for somebody: what a helper may open and do, judged at each page, and written down for the person helped."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from moothall.bodies import queries as bodies
from moothall.casework import queries
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.refusal import NotYours
from moothall.core.scope import current_scope, rescope, scoped
from moothall.people import actions as people
from moothall.people import queries as known
from moothall.people.queries import NotCovered, NotHelping

PURPOSE = "acting for somebody"

OPENS = {
    "case": ("follow", "looked"),
    "calendar": ("follow", ""),
    "paper": ("follow", "took"),
    "day_file": ("follow", ""),
    "write": ("add", "wrote"),
    "add": ("add", "added"),
    "day_page": ("ask", "day"),
    "waiting": ("ask", "day"),
    "pay": ("ask", "paid"),
    "again": ("ask", "began"),
    "cancel": ("settle", "cancelled"),
    "reopen": ("settle", "reopened"),
    "complain": ("settle", "complained"),
}
"""Pages of a case that a helper may open: what they must be allowed for it, and what is written down."""


def today(request: HttpRequest) -> dt.date:
    """Return the day in London at which the request came."""
    return local(request.at).date()


def helper_of(request: HttpRequest, acts_for_id: UUID):
    """Return the mandate under which whoever asks helps today, and set it for the page. Raises NotHelping."""
    request.helping = known.helping(acts_for_id, request.scope.person, today(request))
    return request.helping


def still_helping(request: HttpRequest, draft) -> None:
    """Let a page of a draft know for whom it is written; refuse where the helper may not ask for it any more."""
    if draft.acts_for_id is None:
        return
    if draft.person_id not in known.identity(request.scope.person or draft.pk):
        raise NotYours()
    row = helper_of(request, draft.acts_for_id)
    if catalogue.definition(draft.version_id).urgent:
        raise NotCovered()
    known.must_cover(row, "ask", draft.service_id)


def opened_for_another(request: HttpRequest, reference: str, view: Callable, words: dict) -> HttpResponse | None:
    """Open a page of the case of somebody one helps, if that covers it, and write down what was done there.

    None where there is no such case for this helper: to them it is as if there were none. Raises NotCovered where they
    may follow it and not do this.
    """
    needs, did = OPENS.get(view.__name__, ("", ""))
    found = queries.helped_case(reference, today(request)) if request.scope.person else []
    if not found:
        return None
    rows = [(case, known.helping(case.acts_for_id, request.scope.person, today(request))) for case in found]
    may = [pair for pair in rows if needs == "follow" or known.covered(pair[1], needs, pair[0].service_id)]
    if not may:
        raise NotCovered()
    case, request.helping = may[0]
    rescope(request.scope.narrowed(case=case.pk, purpose=PURPOSE))
    page = queries.case(case.pk, at=request.at)
    answer = view(request, page, **words)
    changed = request.method == "POST" and answer.status_code == 302
    if did and (changed or (view.__name__ in ("case", "paper", "pay") and request.method == "GET")):
        note(request, did, page.case.body_id, case=page.case.reference)
    return answer


def note(request: HttpRequest, did: str, body_id: int, **about) -> None:
    """Write down what a helper did for the person they help, who reads it."""
    row = request.helping
    people.note_help(row=row, did=did, body_id=body_id, at=request.at, by=request.actor, **about)


def prefilled(request: HttpRequest, question) -> dict | None:
    """Return what a helper may know already of an answer that is not given yet; None where that is nothing.

    The name they know the person by, and the home that a request they may follow was about.
    """
    row = getattr(request, "helping", None)
    if row is None or question.when is not None:
        return None
    if question.type == "person":
        return {"name": row.person_name}
    if question.type != "address" or "follow" not in row.may:
        return None
    homes = (one.uprn for one in queries.helped_cases(row.pk, today(request)) if one.uprn and _asks_home(one))
    uprn = next(homes, None)
    try:
        return bodies.place_of_dwelling(uprn) if uprn else None
    except bodies.UnknownPlace:
        return None


def _asks_home(case) -> bool:
    return any(question.type == "address" for question in catalogue.definition(case.version_id).questions)


@contextmanager
def as_the_person(row) -> Iterator[dict]:
    """Run a block as the person who is helped, once it is certain that the mandate covers it; give their contact.

    What the helper asks for becomes the person's own case: with their way to be reached, which the helper is not shown.
    """
    with scoped(current_scope().narrowed(person=row.person_id, purpose=PURPOSE)):
        contact = {key: value for key, value in known.contact_of(row.person_id).items() if value}
        needs = known.needs_as_text(known.needs_of(row.person_id))
        yield {"name": row.person_name} | contact | ({"needs": needs} if needs else {})


__all__ = ["NotHelping", "as_the_person", "helper_of", "note", "opened_for_another", "prefilled", "still_helping"]
