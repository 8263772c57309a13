"""Contracts for those who manage them, and the deductions for everybody."""

import csv

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from moothall.bodies import queries as bodies
from moothall.contracts import actions, queries
from moothall.contracts.forms import LetForm
from moothall.core.clock import local
from moothall.core.guard import anyone, may, staff
from moothall.core.money import pounds
from moothall.core.refusal import Refusal
from moothall.ui.forms import beside

managers = staff("manager", "finance", "section-151-officer", "auditor", "officer", "scrutiny-officer", "councillor")
LETTING = ("finance", "section-151-officer")
EVERYONE = anyone("what contractors had to give back is public")


@require_safe
@managers
def contracts(request):
    """The body's contracts, with their clauses and what came of them."""
    total = queries.deducted(body_id=request.scope.bodies[0])
    said = {"contracts": queries.contracts(), "total": total, "may_let": may(request, LETTING)}
    return render(request, "contracts/contracts.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*LETTING)
def let(request: HttpRequest) -> HttpResponse:
    """Let a contract; what a body may not sign without consent is refused with where to ask for it."""
    form, status = LetForm(request.POST or None, initial={"signed": local(request.at).date()}), 200
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.let_contract(
                body_id=request.acting_body.id, **form.cleaned_data, at=request.at, by=request.actor
            )
        except Refusal as refusal:
            beside(form, refusal)
            status = refusal.status
        else:
            messages.success(request, "The contract is let and stands in the list.")
            return redirect("contracts:contract", row.pk)
    said = {"form": form, "back_url": reverse("contracts:contracts"), "back_text": "Contracts"}
    return render(request, "contracts/let.html", said, status=status)


@require_safe
@managers
def contract(request, contract_id: int):
    """One contract: its clauses in words and as data, its claims and deductions."""
    row = queries.contract(contract_id)
    claims = [{"row": claim, "where": _where(claim.segment)} for claim in queries.claims(row.pk)]
    said = {"contract": row, "clauses": queries.clauses(row.pk), "claims": claims}
    return render(request, "contracts/contract.html", said)


def _where(segment: str) -> str:
    """Return a stretch, "<number of the street>/<metres from its start>", in words; as it is when nobody knows it."""
    usrn, _, metres = segment.partition("/")
    found = bodies.street(usrn)
    return f"{found.name}, from {metres} metres" if found and metres else segment


@require_safe
@EVERYONE
def deductions(request):
    """What contractors had to give back, newest first."""
    rows, total = queries.deductions(), queries.deducted()
    for row in rows:
        row.body_name = bodies.body(row.body_id).name
    return render(request, "contracts/deductions.html", {"rows": rows, "total": total})


@require_safe
@EVERYONE
def deduction(request, deduction_id):
    """One deduction, worked out line by line."""
    row = queries.deduction(deduction_id)
    return render(request, "contracts/deduction.html", {"row": row, "body": bodies.body(row.body_id)})


@require_safe
@EVERYONE
def deductions_csv(request):
    """The published deductions as a table for a spreadsheet."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="deductions.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(["published", "body", "contract", "clause", "contractor", "place", "found", "guaranteed until",
                    "pence", "pounds"])  # fmt: skip
    for row in queries.deductions():
        sheet.writerow([
            row.published_at.date(), bodies.body(row.body_id).name, row.contract, row.clause, row.contractor, row.place,
            row.found_on, row.guaranteed_until, row.pence, pounds(row.pence),
        ])  # fmt: skip
    return answer
