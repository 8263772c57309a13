"""Asking for a service on a caller's behalf: every question on one page, then the reference to read out."""

from functools import partial
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moothall.bodies import queries as bodies
from moothall.casework import actions
from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.ids import new_id
from moothall.core.refusal import Refusal
from moothall.desk.forms import CallerForm, SafeCallerForm, WholeForm
from moothall.desk.views import acting, in_hand
from moothall.desk.views.counter import ADVISERS, charges_of, services_for
from moothall.desk.views.from_letters import answers_in, caller_in, letter_to_ask_from
from moothall.inbox import actions as inbox
from moothall.people import actions as noting
from moothall.people import queries as people
from moothall.people.forms import TheirNeeds
from moothall.sharing import queries as sharing


@staff(*ADVISERS)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, service_id: str) -> HttpResponse:
    """Ask everything a service asks, and send it."""
    definition = next((d for d in services_for(request) if d.id == service_id), None)
    if definition is None:
        raise Http404
    person_id = _person(request)
    letter = letter_to_ask_from(request)
    in_hand.begin(request)
    posted = request.POST if request.method == "POST" else None
    today = local(request.at).date()
    form = WholeForm(
        definition, posted, initial=answers_in(letter, definition), lang="en", today=today,
        settings_at=partial(_settings, request, definition),
    )  # fmt: skip
    asks = SafeCallerForm if definition.urgent else CallerForm
    initial = _known(request, person_id) | caller_in(letter)
    initial["post"] = initial.pop("address", "")
    helpers = acting.helpers(request, person_id) if definition.urgent is None else []
    caller = asks(
        posted, initial=initial, needed=definition.contact.needed, needs=people.needs_of(person_id),
        helpers=acting.choices(helpers),
    )  # fmt: skip
    refusal = None
    if any(key.endswith("-find") for key in request.POST):
        form.is_valid(), caller.is_valid()
        form.errors.clear(), caller.errors.clear()  # they only looked for a place
    elif posted is not None and form.is_valid() & caller.is_valid():
        try:
            _may_ask(definition, helpers, caller)
            opened = _open(request, definition, form, caller, person_id)
            _wrap_up(request, definition, opened, caller, letter)
        except Refusal as no:
            refusal = no
        else:
            return _sent_on(request, definition, opened)
    words = {
        "definition": definition,
        "letter": letter,
        "form": form,
        "caller": caller,
        "refusal": refusal,
        "person_id": person_id,
        "person_name": people.name_of(person_id) if person_id else "",
        "key": request.POST.get("key") or str(new_id()),
        "danger": definition.danger.en if definition.danger else "",
        "acting": acting.script(helpers, definition.id),
        "sure": in_hand.is_sure(request, definition, person_id),
    }
    return render(request, "desk/start.html", words)


def _wrap_up(request: HttpRequest, definition, opened, caller: CallerForm, letter) -> None:
    """Record that somebody was in touch: who wrote was in touch when their letter came, which the inbox tells."""
    if letter:
        inbox.became_case(arrival_id=letter.pk, case_id=opened.case_id, at=request.at, by=request.actor)
        return
    in_hand.wrap_up(
        request, channel=caller.cleaned_data["channel"], kind="request", outcome="opened",
        case_id=None if definition.urgent else opened.case_id, service_id=definition.id, key=f"case:{opened.case_id}",
        acts_for_id=acting.chosen(caller.cleaned_data),
    )  # fmt: skip


def _may_ask(definition, helpers: list, caller: CallerForm) -> None:
    """Refuse NotCovered where somebody asks for another who has not let them ask for this."""
    wanted = acting.chosen(caller.cleaned_data)
    for row in helpers:
        if row.pk == wanted:
            people.must_cover(row, "ask", definition.id)


def _settings(request: HttpRequest, definition, place: dict | None) -> dict:
    """Return what the body set that is responsible at a place; until there is one, our own body."""
    day = local(request.at).date()
    body_id = bodies.responsible(definition.work, place, day).body_id if place else request.acting_body.id
    adoption = body_id and sharing.adoption(body_id, definition.id, day)
    return adoption.parameters if adoption else {}


def _sent_on(request: HttpRequest, definition, opened):
    """Lead to what is said to the caller; of an urgent referral only the reference, and whom to put them through to."""
    if definition.urgent is None:
        return redirect("desk:sent", case_id=opened.case_id)
    lines = catalogue.lines(definition, bodies.body(opened.body_id), request.at)
    now = next((line.now for body, line in lines if body.id == opened.body_id), "")
    said = f"Sent. The reference is {opened.reference}. Put the caller through now: {now}. Only the team sees it."
    notices.success(request, said)
    return redirect("desk:desk")


def _open(request: HttpRequest, definition, form: WholeForm, caller: CallerForm, person_id: UUID | None):
    """Open the case; what a caller we know needs is noted of them, for the next time."""
    if person_id:
        noting.set_needs(
            person_id=person_id, body_id=request.acting_body.id, needs=caller.needs(), at=request.at, by=request.actor
        )
    located = any(isinstance(a, dict) and a.get("easting") is not None for a in form.answers.values())
    return actions.open_case(
        service_id=definition.id,
        answers=form.answers,
        contact=caller.contact(),
        body_id=None if located else request.acting_body.id,
        channel=caller.cleaned_data["channel"],
        person_id=person_id,
        language="cy" if caller.cleaned_data["language"] == "cy" else "en",
        acts_for_id=acting.chosen(caller.cleaned_data),
        idempotency=f"desk:{request.POST.get('key', '')}"[:100],
        at=request.at,
        by=request.actor,
    )


def _person(request: HttpRequest) -> UUID | None:
    text = request.POST.get("person") or request.GET.get("person") or ""
    try:
        person_id = UUID(text)
    except ValueError:
        return None
    people.known(person_id)
    return person_id


def _known(request: HttpRequest, person_id: UUID | None) -> dict:
    """Return what is known of the caller, as it would be typed."""
    if person_id is None:
        return {"channel": request.session.get("came_by", "phone")}
    return people.contact_of(person_id) | {
        "name": people.name_of(person_id),
        "channel": request.session.get("came_by", "phone"),
    }


@staff(*ADVISERS)
@require_GET
def sent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the reference to read out, the promise, and what to tell the caller."""
    page = casework.case(case_id, at=request.at)
    audit.read(object=f"case:{case_id}", body_id=request.acting_body.id, at=request.at, by=request.actor, what="desk")
    to, paper = casework.resident_address(page.file), casework.paper_address(page.file)
    formats = dict(TheirNeeds.base_fields["format"].choices)
    words = {
        "case": page.case,
        "title": page.file.definition.title.en,
        "reached": ", ".join(to.to.splitlines()) if to and not (paper and paper[0] == to) else "",
        "on_paper": ", ".join(paper[0].to.splitlines()) if paper else "",
        "made_as": formats.get(paper[1]) if paper else "",
        "body": page.file.body,
        "contact": page.file.contact,
        "charges": [charge for charge in charges_of(request, case_id) if charge.state == "due"],
    }
    return render(request, "desk/sent.html", words)
