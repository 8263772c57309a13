"""Where figures come from: evidence that is filed for them, and what the platform itself knows."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.appraisal import actions
from moothall.appraisal.forms import EvidenceForm, LiveForm
from moothall.appraisal.queries import cases
from moothall.appraisal.views.roles import readers, writers
from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import files
from moothall.core.clock import local
from moothall.core.refusal import Refusal

YEAR = dt.timedelta(days=365)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def file_evidence(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """File a document or an address for a figure."""
    row = cases.case(slug)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, upload = form.cleaned_data, form.cleaned_data["file"]
        try:
            actions.file_evidence(
                case_id=row.pk, figure=name, title=given["title"], address=given["address"] or "", file=upload,
                name=upload.name if upload else "", at=request.at, by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("file" if upload else None, refusal.message)
        else:
            messages.success(request, "Filed. It is published with the case.")
            return redirect("appraisal:place", slug, f"inputs/{name}")
    what = (row.document["inputs"].get(name) or {}).get("what") or name
    said = {
        "row": row, "form": form, "heading": f"Evidence for: {what}", "button": "File it", "upload": True,
        "means": "Whoever reads the case can open it. It is kept here, so that it is not gone when a web site is.",
        "back_url": reverse("appraisal:place", args=[slug, f"inputs/{name}"]), "back_text": what,
    }  # fmt: skip
    return render(request, "appraisal/act.html", said, status=422 if form.errors else 200)


@require_safe
@readers
def evidence(request: HttpRequest, slug: str, evidence_id) -> HttpResponse:
    """Lead to a file that was filed for a figure."""
    row = cases.case(slug)
    found = next((one for one in cases.evidence(row.pk) if one.pk == evidence_id and one.file_id), None)
    if found is None:
        raise cases.UnknownFigure()
    return redirect("core:file", files.find_bytes(found.digest, body_id=request.acting_body.id).pk)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a figure from what the platform knows of one's own service, or from an offer."""
    row, today = cases.case(slug), local(request.at).date()
    services = [(one.service_id, one.definition.title.in_("en")) for one in catalogue.services()]
    providers = [(one.id, one.name) for one in bodies.bodies(partner=True)]
    begin = {"name": request.GET.get("name", ""), "first": today - YEAR, "last": today - dt.timedelta(days=1)}
    form = LiveForm(services, providers, request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.read_figure(
                case_id=row.pk, name=given["name"], what=given["what"], service_id=given["service"],
                first=given["first"], last=given["last"], provider_id=given["provider"], at=request.at,
                by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Read, with where and when. It can be read again at any time.")
            return redirect("appraisal:place", slug, f"inputs/{given['name']}")
    said = {
        "row": row, "form": form, "heading": "Take a figure from live data", "button": "Read it",
        "means": "Of your own body, but for the price of an offer. The source says where and when it was read.",
        "back_url": reverse("appraisal:place", args=[slug, "inputs"]), "back_text": "Figures",
    }  # fmt: skip
    return render(request, "appraisal/act.html", said, status=422 if form.errors else 200)


@require_POST
@writers
def refresh(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Read a figure again."""
    row = cases.case(slug)
    try:
        actions.refresh_figure(case_id=row.pk, name=name, at=request.at, by=request.actor)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Read again.")
    return redirect("appraisal:place", slug, f"inputs/{name}")
