"""A body's partnerships, and what it decides about them by name: agree, refuse, leave, end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.refusal import Refusal
from moothall.sharing import actions, queries
from moothall.sharing.forms.partnerships import DecisionForm, EndForm, LeaveForm
from moothall.ui.forms import beside

readers = staff(
    "partnership-office", "manager", "monitoring-officer", "councillor", "section-151-officer", "finance",
    "scrutiny-officer", "union-representative", "auditor",
)  # fmt: skip
deciders = staff("monitoring-officer", "councillor")


@require_safe
@readers
def ours(request: HttpRequest) -> HttpResponse:
    """List the body's partnerships, what waits for its decision, and terms it is writing."""
    body_id, today = request.acting_body.id, local(request.at).date()
    found = queries.partnerships(today, body_id)
    waiting = [(one, told) for one in found for told in one.waits_for(body_id)]
    said = {"partnerships": found, "waiting": waiting, "drafts": queries.drafts(body_id)}
    return render(request, "sharing/ours.html", said)


@require_safe
@readers
def our(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how one partnership stands, for those who decide and write."""
    found = _own(request, slug)
    names = bodies.names()
    versions = [
        {
            "told": one,
            "waiting": [names[b] for b in one.waiting],
            "decisions": [(names[d.body_id], d) for d in one.decisions],
            "is_ours": request.acting_body.id in (*one.waiting, *one.refused),
        }
        for one in reversed(found.versions)
    ]
    said = {
        "one": found, "versions": versions, "members": [names[b] for b in found.member_ids],
        "is_member": found.state == "running" and request.acting_body.id in found.member_ids,
        "back_url": reverse("sharing:ours"), "back_text": "Partnerships",
    }  # fmt: skip
    return render(request, "sharing/our.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
@deciders
def decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Record what the body decided about a version of the terms."""
    found = _own(request, slug)
    if request.acting_body.id not in found.version(number).terms.member_ids:
        raise queries.UnknownPartnership
    form = DecisionForm(request.POST or None, initial={"decided_on": local(request.at).date()})

    def act(given):
        actions.decide(
            body_id=request.acting_body.id, partnership_id=found.id, number=number, **given,
            at=request.at, by=request.actor,
        )  # fmt: skip

    heading = f"What did {request.acting_body.name} decide about version {number}?"
    return _answer(request, found, form, act, heading, "Record the decision", "The decision is recorded and published.")


@require_http_methods(["GET", "HEAD", "POST"])
@deciders
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Give notice that the body leaves."""
    found = _own(request, slug)
    form = LeaveForm(request.POST or None, initial={"decided_on": local(request.at).date()})

    def act(given):
        actions.leave(body_id=request.acting_body.id, partnership_id=found.id, **given, at=request.at, by=request.actor)

    heading = f"{request.acting_body.name} leaves {found.name}"
    return _answer(request, found, form, act, heading, "Give notice", "Notice is given and published.")


@require_http_methods(["GET", "HEAD", "POST"])
@deciders
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose that the partnership ends, wholly or in part."""
    found = _own(request, slug)
    form = EndForm([one.title for one in found.terms.services], request.POST or None)

    def act(given):
        given["continuing"] = tuple(given["continuing"])
        actions.propose_end(
            body_id=request.acting_body.id, partnership_id=found.id, **given, at=request.at, by=request.actor
        )

    heading = f"Propose to end {found.name}"
    return _answer(request, found, form, act, heading, "Propose it", "It is proposed. Each member decides by name.")


def _own(request: HttpRequest, slug: str) -> queries.Partnership:
    """Return a partnership that the body takes part in or was asked to join; others' have public pages only."""
    found = queries.partnership(slug, local(request.at).date())
    if not found.concerns(request.acting_body.id):
        raise queries.UnknownPartnership
    return found


def _answer(request, found, form, act, heading: str, button: str, done: str) -> HttpResponse:
    """Show a form, or do what it asks; a refusal stands beside the question it is about."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except Refusal as refusal:
            beside(form, refusal)
            status = refusal.status
        else:
            messages.success(request, done)
            return redirect("sharing:our", found.slug)
    said = {
        "one": found, "form": form, "heading": heading, "button_text": button,
        "back_url": reverse("sharing:our", args=[found.slug]), "back_text": found.name,
    }  # fmt: skip
    return render(request, "sharing/decide.html", said, status=status)
