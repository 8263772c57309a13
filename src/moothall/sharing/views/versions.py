"""A newer version of a drawn-down service: read what changes, decide what must be decided, take it."""

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
from moothall.sharing.forms.versions import VersionForm
from moothall.sharing.queries import drawing, versions
from moothall.sharing.views.offers import MAY_OFFER, today

WHY = {
    "kept": "Stays as you set it",
    "new-default": "Follows what is proposed now",
    "both-same": "You had it so already",
    "new": "New",
    "unbound": "You decide",
}


@require_POST
@guard.staff(*MAY_OFFER)
def offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Offer the version that we run ourselves now."""
    actions.offer_version(offer_id=offer_id, body_id=request.acting_body.id, at=request.at, by=request.actor)
    messages.success(request, "The newer version is offered. Who drew on the older one is shown what changes.")
    return redirect("sharing:offer", offer_id)


@require_http_methods(["GET", "HEAD", "POST"])
@guard.staff(*MAY_OFFER)
def take(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Show what changes, and take the newer version with our settings carried over."""
    row = drawing.draw_down(draw_id).row
    found = versions.newer(row.body_id, row.service_id, today(request)) if row.state == "live" else None
    if found is None:
        raise actions.NothingNewer()
    form = VersionForm(found, request.POST or None, initial={"starts": today(request)})
    if request.method == "POST" and form.is_valid() and _taken(request, found, form):
        messages.success(request, f"Version {found.new.number} is taken. Open cases keep the one they began with.")
        return redirect("sharing:draw_down", draw_id)
    context = {
        "heading": f"{found.new.definition.title.en}: version {found.new.number}",
        "found": found,
        "form": form,
        "provider": bodies.body(found.offer.body_id),
        "settings": [
            (*catalogue.setting_told(found.new.definition.leaves_open[s.name], s.value), s, WHY[s.why])
            for s in found.settings
        ],
        "back_url": reverse("sharing:draw_down", args=[draw_id]),
    }
    return render(request, "sharing/drawing/version.html", context)


def _taken(request: HttpRequest, found, form: VersionForm) -> bool:
    try:
        actions.take_version(
            body_id=request.acting_body.id,
            service_id=found.adoption.service_id,
            decided=form.parameters(),
            starts=form.cleaned_data["starts"],
            at=request.at,
            by=request.actor,
        )
    except Refusal as refusal:
        form.refuse(refusal.details.get("problems") or {refusal.field or "": refusal.message})
        return False
    return True
