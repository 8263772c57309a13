"""The result of a case while it is written: the same charts and tables that everybody reads once it is published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from moothall.appraisal.queries import cases, workings
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.views import showing
from moothall.appraisal.views.roles import readers


@require_safe
@readers
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what comes of a case as it stands; one that is not complete leads to what is missing."""
    row = cases.case(slug)
    try:
        told = workings.shown(row.document)
    except CaseRefused:
        return redirect("appraisal:case", slug)
    said = showing.result(
        told, lambda name: reverse("appraisal:table", args=[slug, name]),
        lambda key: reverse("appraisal:figure", args=[slug, key]),
    )  # fmt: skip
    said |= {"row": row, "back_url": reverse("appraisal:case", args=[slug]), "back_text": row.title}
    return render(request, "appraisal/results.html", said)


@require_safe
@readers
def table(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Return the table of one chart of a case as it stands."""
    return showing.table(workings.shown(cases.case(slug).document), name)


@require_safe
@readers
def figure(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show how one figure of a case is made: its formula, the inputs behind it, their sources and authors."""
    row = cases.case(slug)
    said = showing.explained(workings.shown(row.document), key)
    said |= {"base": "ui/staff.html", "back_url": reverse("appraisal:results", args=[slug]), "back_text": "The result"}
    return render(request, "appraisal/figure.html", said)
