"""The waste crew's pages, for a phone: one visit a screen, safe to send twice."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from moothall.core import files
from moothall.core.guard import staff
from moothall.functions.waste import actions, queries
from moothall.functions.waste.forms import DoneForm, NotDoneForm

crew = staff("crew", "officer", "manager")


@require_safe
@crew
def visits(request):
    """The visits to make, first due first."""
    rows = queries.visits(at=request.at)
    return render(request, "waste/visits.html", {"visits": rows[: queries.PAGE], "more": len(rows) > queries.PAGE})


@require_safe
@crew
def visit(request, visit_id):
    """One visit: where, what, by when, and the two buttons."""
    return render(request, "waste/visit.html", {"visit": queries.visit(visit_id)})


@require_http_methods(["GET", "POST"])
@crew
def done(request, visit_id):
    """Say that it was done."""
    row = queries.visit(visit_id)
    form = DoneForm(request.POST or None, request.FILES or None, kind=row.kind)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        photo = None
        if said["photo"] and row.number != said["number"]:
            photo = files.keep(said["photo"], name=said["photo"].name, body_id=row.body_id, accept="image",
                               at=request.at, by=request.actor).pk  # fmt: skip
        actions.end_visit(
            visit_id=row.pk, number=said["number"], done=True, evidence=said.get("evidence", False), photo=photo,
            at=request.at, by=request.actor,
        )  # fmt: skip
        return redirect("waste:visits")
    return render(request, "waste/done.html", {"form": form, "visit": row})


@require_http_methods(["GET", "POST"])
@crew
def not_done(request, visit_id):
    """Say why it could not be done."""
    row = queries.visit(visit_id)
    form = NotDoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.end_visit(visit_id=row.pk, number=said["number"], done=False, reason=said["reason"], at=request.at,
                          by=request.actor)  # fmt: skip
        return redirect("waste:visits")
    return render(request, "waste/not_done.html", {"form": form, "visit": row})
