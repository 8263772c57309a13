"""Who of our own is told of requests for a service: teams, whoever holds a post, mailboxes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import guard
from moothall.core.refusal import Refusal
from moothall.sharing import actions
from moothall.sharing.forms.telling import TellingForm
from moothall.sharing.queries import drawing, offering, who_is_told
from moothall.sharing.views.offers import MAY_OFFER, READERS, today
from moothall.ui.forms import beside


@require_http_methods(["GET", "HEAD", "POST"])
@guard.staff(*READERS)
def told(request: HttpRequest, service_id: str) -> HttpResponse:
    """Show who is told of requests for a service; let managers and the partnership office add to it."""
    body, day, may = request.acting_body, today(request), bool(request.roles & set(MAY_OFFER))
    definition = catalogue.current(service_id).definition
    title, urgent = definition.title.en, definition.urgent is not None
    form = _form(request, body.id) if may and not urgent else None
    if request.method == "POST":
        if form is None:
            raise actions.ForItsTeamAlone() if urgent else guard.NotYourRole()
        if form.is_valid() and _kept(request, service_id, form):
            messages.success(request, "They are told from now on.")
            return redirect("sharing:told", service_id)
    draft = drawing.draft_of(body.id, service_id)
    context = {
        "heading": f"Who is told: {title}",
        "title": title,
        "service_id": service_id,
        "rows": who_is_told(body.id, service_id, day),
        "requests": offering.volume(body.id, service_id, day),
        "form": form,
        "urgent": urgent,
        "back_url": reverse("sharing:draw_down", args=[draft.pk]) if draft else reverse("sharing:our_services"),
        "back_text": title if draft else "Services we answer for",
    }
    return render(request, "sharing/drawing/told.html", context)


def _form(request: HttpRequest, body_id: int) -> TellingForm:
    """Return the form with the body's own teams, and the roles that somebody there holds."""
    day = today(request)
    held = {role for post in bodies.colleagues(body_id, day) for role in post.roles}
    roles = [(str(role), words) for role, words in bodies.ROLE_NAMES.items() if role in held]
    teams = [(team.code, team.name) for team in bodies.teams(body_id, day)]
    return TellingForm(teams, roles, request.POST or None)


def _kept(request: HttpRequest, service_id: str, form: TellingForm) -> bool:
    body_id = request.acting_body.id
    try:
        actions.tell(body_id=body_id, service_id=service_id, **form.told(), at=request.at, by=request.actor)
    except Refusal as refusal:
        beside(form, refusal)
        return False
    return True


@require_POST
@guard.staff(*MAY_OFFER)
def told_no_more(request: HttpRequest, service_id: str, telling_id: UUID) -> HttpResponse:
    """Let a team, role or mailbox not be told any more."""
    actions.tell_no_more(telling_id=telling_id, body_id=request.acting_body.id, at=request.at, by=request.actor)
    messages.success(request, "They are not told any more.")
    return redirect("sharing:told", service_id)
