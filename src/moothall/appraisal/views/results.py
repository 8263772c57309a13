"""The result of a case while it is written: the same charts and tables that everybody reads once it is published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from moothall.appraisal.models import Case
from moothall.appraisal.queries import cases, workings
from moothall.appraisal.rules import forking
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.views import showing
from moothall.appraisal.views.roles import readers
from moothall.appraisal.views.writing import told_changes


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
    said |= _effect(request, row, told)
    said |= {"row": row, "back_url": reverse("appraisal:case", args=[slug]), "back_text": row.title}
    return render(request, "appraisal/results.html", said)


def _effect(request: HttpRequest, row: Case, told: dict) -> dict:
    """Return what was changed last and what it did to each option; nothing where there was no result before."""
    before, steps = cases.last_changed(row)
    if before is None or before == row.document:
        return {}
    try:
        was = workings.shown(before)
    except CaseRefused:
        return {}
    rows = [one for one in forking.beside(was, told) if one["was"]]
    still = [("place", "was"), ("gain", "gain_was"), ("best", "best_was")]
    return {
        "changes": told_changes(request, row, steps),
        "moved": [one for one in rows if any(one[after] != one[then] for after, then in still)],
        "first": told["titles"][told["order"][0]], "was": was["titles"][was["order"][0]],
    }  # fmt: skip


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
