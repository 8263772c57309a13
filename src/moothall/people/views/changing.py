"""Staff note what a person told them: how to reach them, where they live, what they need, who acts for them."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from moothall.bodies import queries as bodies
from moothall.core import guard
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.people import actions, queries
from moothall.people.forms import Agent, Contact, Home, Household, StaffNeeds, Verify

from .looking import CHANGES, LOOKERS, wrote_down

FORMS = {"contact": Contact, "home": Home, "need": StaffNeeds, "household": Household, "agent": Agent}


class NotOnePerson(Refusal):
    """Your body knows nobody, or several people, by that. Give their e-mail address or phone number."""


@require_http_methods(["GET", "HEAD", "POST"])
@guard.staff(*LOOKERS)
def change(request: HttpRequest, person_id: UUID, what: str) -> HttpResponse:
    """Ask for one thing about a person, and note it."""
    if what not in FORMS:
        raise Http404
    about = queries.about(person_id)
    wrote_down(request, [person_id], CHANGES[what])
    posted = request.POST if request.method == "POST" else None
    form = _form(request, what, about, posted)
    if request.method == "POST" and form.is_valid() and _noted(request, person_id, what, form):
        messages.success(request, "Noted.")
        return redirect("people:person", person_id)
    context = {
        "form": form,
        "heading": CHANGES[what],
        "name": about.card.name,
        "back_url": reverse("people:person", args=[person_id]),
    }
    return render(request, "people/change.html", context)


def _form(request: HttpRequest, what: str, about: queries.About, posted) -> forms.Form:
    """Return the form of one thing, with what one's own body noted of it before where it shows that."""
    if what == "need":
        mine = (row for row in about.needs if row.body_id == request.acting_body.id and row.ends is None)
        return StaffNeeds(posted, needs=tuple(f"{row.kind}:{row.value}" for row in mine))
    return FORMS[what](posted, initial={"starts": local(request.at).date()})


def _noted(request: HttpRequest, person_id: UUID, what: str, form: forms.Form) -> bool:
    """Note it; put a refusal beside the first question."""
    try:
        NOTE[what](request, person_id, form if what == "need" else form.cleaned_data)
    except Refusal as refusal:
        form.add_error(next(iter(form.fields)) if what != "contact" else "value", refusal.message)
        return False
    return True


def _told(request: HttpRequest, person_id: UUID) -> dict:
    return {"person_id": person_id, "body_id": request.acting_body.id, "at": request.at, "by": request.actor}


def _contact(request: HttpRequest, person_id: UUID, given: dict) -> None:
    actions.add_contact(**_told(request, person_id), kind=given["kind"], value=given["value"])


def _home(request: HttpRequest, person_id: UUID, given: dict) -> None:
    """Take the home when the words name exactly one; else keep the words."""
    found = [place for place in bodies.find_places(given["address"], 2) if place["kind"] == "address"]
    where = {"uprn": found[0]["uprn"]} if len(found) == 1 else {"address": given["address"]}
    actions.move_home(**_told(request, person_id), **where, starts=given["starts"])


def _need(request: HttpRequest, person_id: UUID, form: StaffNeeds) -> None:
    actions.set_needs(**_told(request, person_id), needs=form.needs(), guarded=True)


def _household(request: HttpRequest, person_id: UUID, given: dict) -> None:
    """Join two households into one: everybody who keeps house with either."""
    other = _one(request, given["other"])
    together = [
        person_id,
        other,
        *(row.person_id for one in (person_id, other) for row in queries.about(one).household),
    ]
    told = _told(request, person_id)
    told.pop("person_id")
    actions.share_household(**told, person_ids=together, starts=given["starts"])


def _agent(request: HttpRequest, person_id: UUID, given: dict) -> None:
    """Note who acts for somebody and by which paper; whom one's body does not know gets a code."""
    agent = _one(request, given["agent"]) if given["agent"] else None
    last, agent_name = given["last"], given["agent_name"] or (queries.name_of(agent) if agent else "")
    actions.appoint_agent(
        **_told(request, person_id), agent_id=agent, kind=given["kind"], starts=given["starts"], may=given["may"],
        ends=last + timedelta(days=1) if last else None, written=given["written"], paper=given["paper"],
        person_name=queries.name_of(person_id), agent_name=agent_name,
    )  # fmt: skip


def _one(request: HttpRequest, words: str) -> UUID:
    """Return the one person that one's body knows by these words; refuses NotOnePerson."""
    found = {queries.identity(find.person_id)[0] for find in queries.find(words, request.acting_body.id)}
    if len(found) != 1:
        raise NotOnePerson
    return found.pop()


NOTE = {"contact": _contact, "home": _home, "need": _need, "household": _household, "agent": _agent}


@require_POST
@guard.staff(*LOOKERS)
def end(request: HttpRequest, person_id: UUID, contact_id: UUID) -> HttpResponse:
    """Stop using a number or address that one's body noted. Nothing is sent to it about that."""
    _of_this_body(request, person_id, contact_id)
    actions.end_contact(contact_id=contact_id, at=request.at, by=request.actor)
    messages.success(request, "We use it no more. Nothing was sent to it.")
    return redirect("people:person", person_id)


@require_POST
@guard.staff(*LOOKERS)
def verify(request: HttpRequest, person_id: UUID, contact_id: UUID) -> HttpResponse:
    """Note that a number or address is theirs, and how we know."""
    _of_this_body(request, person_id, contact_id)
    form = Verify(request.POST)
    if not form.is_valid():
        raise Http404
    actions.verify_contact(contact_id=contact_id, how=form.cleaned_data["how"], at=request.at, by=request.actor)
    messages.success(request, "Noted that it is theirs.")
    return redirect("people:person", person_id)


@require_POST
@guard.staff(*LOOKERS)
def end_agent(request: HttpRequest, person_id: UUID, acts_for_id: UUID) -> HttpResponse:
    """End today that somebody acts for a person, where one's body saw the paper or it was said at its door."""
    row = queries.mandate(acts_for_id)
    if row is None or row.person_id not in queries.about(person_id).members or row.body_id not in request.scope.bodies:
        raise NotYours
    actions.end_agent(acts_for_id=row.pk, ends=local(request.at).date(), at=request.at, by=request.actor)
    messages.success(request, "Ended. They can do and see nothing more. We write to both.")
    return redirect("people:person", person_id)


def _of_this_body(request: HttpRequest, person_id: UUID, contact_id: UUID) -> None:
    """Raise NotYours unless the contact is this person's and was collected by the body one acts for."""
    mine = (c for c in queries.about(person_id).contacts if c.body_id == request.acting_body.id)
    if contact_id not in {contact.pk for contact in mine}:
        raise NotYours
