"""The waste crew's pages, for a phone: one visit a screen, safe to send twice."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from moothall.casework import queries as casework
from moothall.core import audit, files
from moothall.core.guard import staff
from moothall.functions.waste import actions, queries
from moothall.functions.waste.forms import DoneForm, NotDoneForm

AT_THE_DOOR = ("return", "bulky")
crew = staff("crew", "officer", "manager")


@require_safe
@crew
def visits(request):
    """The visits to make, first due first."""
    rows = queries.visits(at=request.at)
    shown = rows[: queries.PAGE]
    needs = _needs(request, shown)
    for row in shown:
        row.needs = needs.get(row.pk, [])
    return render(request, "waste/visits.html", {"visits": shown, "more": len(rows) > queries.PAGE})


def _needs(request, rows) -> dict:
    """Return what a crew has to know of those at whose door it stands, by visit; that it was read is written down.

    Rubbish that was dumped lies at nobody's door: of whoever told of it a crew need know nothing.
    """
    doors = [row for row in rows if row.kind in AT_THE_DOOR]
    found = casework.needs_when_met([row.case_id for row in doors])
    for row in doors:
        if row.case_id in found:
            audit.read(object=f"case:{row.case_id}", body_id=row.body_id, at=request.at, by=request.actor, what="visit")
    return {row.pk: found.get(row.case_id, []) for row in doors}


@require_safe
@crew
def visit(request, visit_id):
    """One visit: where, what, by when, and the two buttons."""
    row = queries.visit(visit_id)
    return render(request, "waste/visit.html", {"visit": row, "needs": _needs(request, [row]).get(row.pk, [])})


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
