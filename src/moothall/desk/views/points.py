"""Keeping the places where a body receives people, and the days on which they are open otherwise."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.refusal import Refusal
from moothall.desk import actions, queries
from moothall.desk.forms.points import OtherHoursForm, PointForm
from moothall.sharing import queries as sharing
from moothall.ui.forms import beside

KEEPERS = ("manager",)
KEPT = ("name", "name_cy", "address", "postcode", "phone", "hours", "services", "languages", "access", "tickets")


@staff(*KEEPERS)
@require_GET
def points(request: HttpRequest) -> HttpResponse:
    """List the body's places."""
    return render(request, "desk/our_points.html", {"points": queries.points(body_id=request.acting_body.id)})


@staff(*KEEPERS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a place."""
    return _keep(request, None)


@staff(*KEEPERS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Change a place, and see the days that are otherwise."""
    return _keep(request, queries.own_point(request.acting_body.id, point_id))


def _keep(request: HttpRequest, point) -> HttpResponse:
    known = {name: getattr(point, name) for name in KEPT} if point else {"languages": ["en"]}
    form = PointForm(request.POST if request.method == "POST" else None, initial=known, services=_services(request))
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_point(
                body_id=request.acting_body.id, point_id=point.pk if point else None, at=request.at, by=request.actor,
                **form.cleaned_data,
            )  # fmt: skip
        except Refusal as refusal:
            beside(form, refusal)
        else:
            notices.success(request, f"{kept.name}: kept. Residents read it now.")
            return redirect("desk:change_point", point_id=kept.pk)
    words = {"form": form, "point": point, "other": OtherHoursForm()}
    if point:
        words["otherwise"] = queries.opening(point, request.at).otherwise
    return render(request, "desk/keep_point.html", words)


def _services(request: HttpRequest) -> list[tuple[str, str]]:
    day = local(request.at).date()
    own = [row for row in sharing.adoptions(day) if row.body_id == request.acting_body.id]
    return sorted(
        ((row.service_id, catalogue.definition(row.version_id).title.en) for row in own), key=lambda pair: pair[1]
    )


@staff(*KEEPERS)
@require_POST
def otherwise(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Say that a place is open otherwise, or closed, on a day."""
    point = queries.own_point(request.acting_body.id, point_id)
    form = OtherHoursForm(request.POST)
    if form.is_valid():
        try:
            actions.open_otherwise(
                body_id=request.acting_body.id, point_id=point_id, at=request.at, by=request.actor, **form.cleaned_data
            )
        except Refusal as refusal:
            beside(form, refusal)
        else:
            notices.success(request, "Kept. Residents read it now.")
            return redirect("desk:change_point", point_id=point_id)
    known = {name: getattr(point, name) for name in KEPT}
    words = {"form": PointForm(initial=known, services=_services(request)), "point": point, "other": form}
    words["otherwise"] = queries.opening(point, request.at).otherwise
    return render(request, "desk/keep_point.html", words)


@staff(*KEEPERS)
@require_POST
def close(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Close a place for good."""
    actions.close_point(body_id=request.acting_body.id, point_id=point_id, at=request.at, by=request.actor)
    notices.success(request, "Closed. It is listed no more.")
    return redirect("desk:our_points")
