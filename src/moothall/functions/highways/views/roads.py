"""The inspector's pages: what waits, one defect, the short form, the second look, and what a road has been through."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core import files
from moothall.core.guard import staff
from moothall.functions.highways import actions, queries
from moothall.functions.highways.forms import CheckForm, InspectForm

inspectors = staff("officer", "manager")


@require_GET
@inspectors
def waiting(request):
    """What waits for an inspector: to look at, to look at again, to check; due first."""
    rows = queries.to_inspect(after=queries.read_cursor(request.GET.get("after", "")))
    page = {}
    if len(rows) > queries.PAGE:
        rows = rows[: queries.PAGE]
        page["older_url"] = f"?after={queries.cursor(rows[-1])}"
    said = {"rows": rows, "page": page, "checks": queries.to_check(), "resting": queries.resting(at=request.at)}
    return render(request, "highways/waiting.html", said)


@require_GET
@inspectors
def defect(request, defect_id):
    """One defect: where it is, who reported it, what was done."""
    return render(request, "highways/defect.html", queries.dossier(defect_id))


@require_http_methods(["GET", "POST"])
@inspectors
def inspect(request, defect_id):
    """The short form: impact, likelihood, cause."""
    row = queries.defect(defect_id)
    form = InspectForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.inspect(
            inspection_id=said["number"], defect_id=row.pk, impact=said["impact"], likelihood=said["likelihood"],
            cause=said["cause"], depth_mm=said["depth_mm"], note=said["note"], photo=keep(request, row, said["photo"]),
            at=request.at, by=request.actor,
        )  # fmt: skip
        return redirect("highways:defect", row.pk)
    policy = queries.policy(body_id=row.body_id, on=request.at.date())
    bands = queries.scheme(policy).lowest
    return render(request, "highways/inspect.html", {"form": form, "defect": row, "policy": policy, "bands": bands})


@require_http_methods(["GET", "POST"])
@inspectors
def check(request, defect_id):
    """The second look at a repair."""
    row = queries.defect(defect_id)
    form = CheckForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.check(
            check_id=said["number"], defect_id=row.pk, passed=said["passed"], note=said["note"],
            photo=keep(request, row, said["photo"]), at=request.at, by=request.actor,
        )  # fmt: skip
        return redirect("highways:defect", row.pk)
    return render(request, "highways/check.html", {"form": form} | queries.dossier(defect_id))


@require_GET
@inspectors
def streets(request):
    """Find a street and see its stretches."""
    text = request.GET.get("q", "")
    found = queries.streets(text) if text.strip() else None
    return render(request, "highways/streets.html", {"q": text, "streets": found})


@require_GET
@inspectors
def street(request, usrn):
    """A street's stretches in order, with how many defects each has had."""
    return render(request, "highways/street.html", {"stretches": queries.stretches(usrn)})


@require_GET
@inspectors
def segment(request, segment_id):
    """What happened on one stretch of road, newest first."""
    row = queries.segment(segment_id)
    said = {"segment": row, "entries": queries.history(row.pk), "covers": queries.guarantees(row, request.at)}
    return render(request, "highways/segment.html", said)


def keep(request, row, upload):
    """Keep a photo of a defect and return its id; None when none was sent."""
    if not upload:
        return None
    kept = files.keep(upload, name=upload.name, body_id=row.body_id, accept="image", at=request.at, by=request.actor)
    return kept.pk
