"""The crew's pages, for a phone outdoors: one job a screen, large buttons, safe to send twice on a bad signal."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.functions.highways import actions, queries
from moothall.functions.highways.forms import MendedForm, NotPossibleForm
from moothall.functions.highways.rules import Point
from moothall.functions.highways.views.roads import keep

crew = staff("crew", "manager")


@require_GET
@crew
def jobs(request):
    """The crew's jobs: late ones first, then the nearest to the job just left."""
    here = _here(request.GET.get("from", ""))
    rows = queries.jobs(at=request.at, here=here)
    return render(request, "highways/jobs.html", {"jobs": rows[:10], "more": len(rows) - 10, "left": here is not None})


@require_GET
@crew
def job(request, order_id):
    """One job: where, what, by when, and the two buttons."""
    order = queries.order(order_id)
    return render(request, "highways/job.html", {"order": order} | queries.dossier(order.defect_id))


@require_http_methods(["GET", "POST"])
@crew
def mended(request, order_id):
    """Say how a job was done, with photos."""
    order = queries.order(order_id)
    ways = queries.methods(queries.policy(body_id=order.body_id, on=local(request.at).date()), order.defect.kind)
    form = MendedForm(request.POST or None, request.FILES or None, methods=ways)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if not queries.visited(said["number"]):
            before, after = (keep(request, order.defect, said[name]) for name in ("before", "after"))
            actions.record_visit(
                visit_id=said["number"], order_id=order.pk, method=said["method"], before=before, after=after,
                at=request.at, by=request.actor,
            )  # fmt: skip
        return redirect("highways:next", order.pk)
    return render(request, "highways/mended.html", {"form": form, "order": order})


@require_http_methods(["GET", "POST"])
@crew
def not_possible(request, order_id):
    """Say why a job could not be done."""
    order = queries.order(order_id)
    form = NotPossibleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.record_visit(
            visit_id=said["number"], order_id=order.pk, reason=said["reason"], note=said["note"], at=request.at,
            by=request.actor,
        )  # fmt: skip
        return redirect("highways:next", order.pk)
    return render(request, "highways/not_possible.html", {"form": form, "order": order})


@require_GET
@crew
def following(request, order_id):
    """What became of the job just left, and the nearest next one."""
    order = queries.order(order_id)
    here = Point(order.defect.easting, order.defect.northing)
    rows = [row for row in queries.jobs(at=request.at, here=here) if row.pk != order.pk]
    metres = None
    if rows:
        there = Point(rows[0].defect.easting, rows[0].defect.northing)
        metres = queries.metres(here, there)
    said = {"order": order, "visit": queries.last_visit(order.pk), "job": rows[0] if rows else None, "metres": metres}
    return render(request, "highways/next.html", said)


def _here(text):
    """Return the place in "easting,northing", or None when it is not one."""
    east, _, north = text.partition(",")
    return Point(int(east), int(north)) if east.isdecimal() and north.isdecimal() else None
