"""Who joins: the list, an invitation, and beginning of one's own."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.core import guard
from moothall.core.refusal import NotYours, Refusal
from moothall.onboarding import actions, queries
from moothall.onboarding.forms import InviteForm

MAY = ("manager", "operator")
BESIDE = {"first_email": "first_email", "email": "first_email", "code": "code", "kind": "kind"}
"""Where in the form a refusal's field is asked for."""


@require_safe
@guard.staff(*MAY)
def joining(request: HttpRequest) -> HttpResponse:
    """List the bodies that join, as far as they are this body's to see: itself, and those that it invited."""
    body, found = request.acting_body, queries.joinings()
    rows = [{"row": row, "body": bodies.body(row.body_id), "host": bodies.body(row.host_id)} for row in found]
    context = {
        "heading": "Bodies that join",
        "rows": rows,
        "ours": next((row for row in found if row.body_id == body.id and row.live_at is None), None),
        "may_bring": body.partner or any(row.body_id == body.id and row.live_at for row in found),
        "may_invite": body.partner,
        "may_begin": not body.partner and not any(row.body_id == body.id for row in found),
    }
    return render(request, "onboarding/joining.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@guard.staff("operator")
def invite(request: HttpRequest) -> HttpResponse:
    """Ask which body is to join and who sets it up; then let it begin."""
    if not request.acting_body.partner:
        raise NotYours
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                body_id = _invited(request, form)
        except Refusal as refusal:
            form.add_error(BESIDE.get(refusal.field), refusal.message)
        else:
            name = bodies.body(body_id).name
            messages.success(request, f"{name} can begin. We have written to {given['first_name']} how to sign in.")
            return redirect("onboarding:joining")
    context = {"form": form, "heading": "Invite a body", "back_url": reverse("onboarding:joining")}
    return render(request, "onboarding/invite.html", context)


def _invited(request: HttpRequest, form: InviteForm) -> int:
    given = form.cleaned_data
    return actions.invite(
        host_id=request.acting_body.id,
        known_id=int(given["known"]) if given["known"] else None,
        body=None if given["known"] else form.body(),
        first_name=given["first_name"],
        first_email=given["first_email"],
        at=request.at,
        by=request.actor,
    )


@require_POST
@guard.staff(*MAY)
def begin(request: HttpRequest) -> HttpResponse:
    """Let one's own body begin, where it has staff here and is no partner yet."""
    actions.begin(body_id=request.acting_body.id, at=request.at, by=request.actor)
    return redirect("onboarding:ours")
