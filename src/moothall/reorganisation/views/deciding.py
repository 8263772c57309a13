"""What is done differently, and the transfer list."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from moothall.core.guard import may
from moothall.core.refusal import Refusal
from moothall.core.sheets import sheet
from moothall.reorganisation import actions, queries
from moothall.reorganisation.forms import SettingForm, StaffForm, refused
from moothall.reorganisation.views.who import PLANNERS, back, movers, ours, planners, readers

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@readers
def services(request: HttpRequest, plan_id) -> HttpResponse:
    """Show what is done differently, side by side, with what was decided."""
    found = ours(request, plan_id)
    said = {"plan": found, "rows": queries.differing(found, found.row.vesting), "may_decide": may(request, PLANNERS)}
    return render(request, "reorganisation/services.html", back(plan_id, said))


@ASKED
@planners
def service(request: HttpRequest, plan_id, successor: int, service_id: str, matter: str) -> HttpResponse:
    """Decide whose way of a service, offer or price its successor begins with."""
    found, status = ours(request, plan_id), 200
    wanted, differ = (successor, service_id, matter), queries.differing(found, found.row.vesting)
    one = next((x for x in differ if (x.successor.id, x.service_id, x.matter) == wanted), None)
    if one is None:
        raise Http404
    form = SettingForm(one, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.decide_setting(
                plan_id=plan_id, successor_id=successor, service_id=service_id, matter=matter, chosen=given["way"],
                decided_by=given["decided_by"], minute=given["minute"], at=request.at, by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            messages.success(request, f"It is decided how {one.successor.name} begins with “{one.title}”.")
            return redirect("reorganisation:services", plan_id)
    said = {"plan": found, "one": one, "form": form, "back_text": "What differs",
            "back_url": reverse("reorganisation:services", args=[plan_id])}  # fmt: skip
    return render(request, "reorganisation/service.html", said, status=status)


HEADS = ("appointment", "name", "roles", "team now", "successor", "team")


@ASKED
@movers
def staff(request: HttpRequest, plan_id) -> HttpResponse:
    """Show where one's own body's people go, take the list as a file, or take a mended one in."""
    found, body, status = ours(request, plan_id), request.acting_body, 200
    if body.id not in {one.id for one in found.predecessors}:
        raise Http404
    rows = queries.staff_list(found, body.id, found.row.vesting)
    if request.GET.get("as") == "csv":
        return sheet(f"transfer-{body.slug}", HEADS, [
            (x.staff.pk, x.staff.name, " ".join(x.staff.roles), x.staff.team.code if x.staff.team else "",
             x.successor.code if x.successor else "", x.team) for x in rows
        ])  # fmt: skip
    form = StaffForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.move_staff(plan_id=plan_id, body_id=body.id, rows=form.cleaned_data["file"],
                                         at=request.at, by=request.actor)  # fmt: skip
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            messages.success(
                request, f"The list is taken in: {changed} go elsewhere than to the team of the same name."
            )
            return redirect("reorganisation:staff", plan_id)
    said = {"plan": found, "rows": rows, "form": form, "heirs": found.heirs_of(body.id)}
    return render(request, "reorganisation/staff.html", back(plan_id, said), status=status)
