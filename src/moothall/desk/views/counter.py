"""The box that an adviser begins every call with, and what is known of a caller."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.scope import scoped
from moothall.desk import queries
from moothall.desk.forms import IdentityForm, WrapForm
from moothall.desk.rules.wrapping import WRAP_UPS
from moothall.desk.views import acting, in_hand
from moothall.inbox import queries as inbox
from moothall.ledger import queries as money
from moothall.people import queries as people
from moothall.sharing import queries as sharing

ADVISERS = ("adviser",)


def services_for(request: HttpRequest) -> list:
    """Return the services this desk may take, by title: as its own body offers them, else as another does."""
    day, desk = local(request.at).date(), request.acting_body.id
    taken = {
        row.service_id: row.version_id
        for row in sorted(sharing.adoptions(day), key=lambda row: row.body_id == desk)
        if sharing.may_take(desk, row.body_id, row.service_id, day)
    }
    return sorted((catalogue.definition(version) for version in taken.values()), key=lambda d: d.title.en)


@staff(*ADVISERS)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show the box; with words in it, what they may mean."""
    text = request.GET.get("q", "").strip()[:200]
    services = services_for(request)
    words = {"text": text, "services": services, **wrapping(request)}
    words["letters_waiting"] = inbox.counts(request.acting_body.id).get("waiting", 0)
    words["to_ring"], words["to_ring_late"] = queries.call_backs_due(request.acting_body.id, request.at)
    if text:
        in_hand.begin(request)
        found = queries.search(text, body_id=request.acting_body.id, at=request.at)
        if found.cases or found.people:
            _read(request, "desk:search")
        offered = {service.id for service in services}
        words |= {
            "found": found,
            "cases": [case_line(case) for case in found.cases],
            "referred": _referred(request, found.referred),
            "services_found": [p.definition for p in found.services if p.service_id in offered],
        }
    return render(request, "desk/desk.html", words)


def wrapping(request: HttpRequest, form: WrapForm | None = None, helpers: list = (), **about) -> dict:
    """Return what the form that ends a contact needs; `about` is the case or the person that the page shows.

    `helpers` are the mandates of those who may act for that person.
    """
    known = about | {"channel": request.session.get("came_by", "phone")}
    return {
        "wrap": form or WrapForm(initial=known, services=services_for(request), helpers=acting.choices(helpers)),
        "wrap_ups": [(key, one.words) for key, one in WRAP_UPS.items()],
    }


def _referred(request: HttpRequest, found) -> dict | None:
    """Return what an adviser may say of an urgent referral: that it is one, and whom to put the caller through to."""
    if found is None:
        return None
    definition = catalogue.definition(found.version_id)
    lines = catalogue.lines(definition, bodies.body(found.body_id), request.at)
    return {"title": definition.title.en, "lines": [line for line in lines if line[0].id == found.body_id]}


def case_line(case) -> dict:
    """Return a case as a line of a list."""
    return {"case": case, "open": case.state in queries.LIVE, "body": bodies.body(case.body_id).name}


def charges_of(request: HttpRequest, case_id: UUID) -> list:
    """Return what a case that this desk may see was charged, whichever body it is for."""
    with scoped(request.scope.narrowed(case=case_id)):
        return money.charges_for(case_id)


def _read(request: HttpRequest, what: str) -> None:
    """Write down that somebody's data were read."""
    audit.read(object=what, body_id=request.acting_body.id, at=request.at, by=request.actor, what="desk")


@staff(*ADVISERS)
@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show a caller: their open cases first, and every service they may ask for."""
    people.known(person_id)
    _read(request, f"person:{person_id}")
    in_hand.begin(request)
    found = queries.cases_of_person(person_id)
    helpers = acting.helpers(request, person_id)
    told = [case for case in found if in_hand.of_version(request, case)]
    card = people.card(person_id)
    words = {
        "person_id": person_id,
        "name": card.name or "No name known",
        "contact": {"email": card.email, "phone": card.phone},
        "needs": people.needs_in_words(card.needs),
        "relay": people.need_of_kind(card.needs, "calls") == "relay",
        "cases": [case_line(case) for case in told],
        "kept_back": len(found) - len(told),
        "identity": IdentityForm(),
        "acting": acting.script(helpers),
        "contacts": queries.contacts_of_person(people.identity(person_id)),
        "services": services_for(request),
        **wrapping(request, person=person_id, helpers=helpers),
    }
    return render(request, "desk/person.html", words)
