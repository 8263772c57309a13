"""Acting against a licence: suspend, revoke, lift; an appeal and what became of it; a licence given back."""

from django.contrib import messages as notices
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from moothall.core.guard import staff
from moothall.core.refusal import Refusal
from moothall.functions.licensing import actions, queries, rules
from moothall.functions.licensing.forms import AppealForm, MeasureForm, OutcomeForm, SureForm, SuspendForm
from moothall.ui.forms import beside

licensing_staff = staff("officer", "manager")


@require_http_methods(["GET", "POST"])
@licensing_staff
def suspend(request, licence_id):
    """Give notice of a suspension."""
    row = queries.licence(licence_id)
    form = SuspendForm(request.POST or None, law=queries.terms(row))
    return _against(request, row, form, rules.SUSPENSION, "Suspend the licence")


@require_http_methods(["GET", "POST"])
@staff("manager")
def revoke(request, licence_id):
    """Give notice of a revocation."""
    row = queries.licence(licence_id)
    form = MeasureForm(request.POST or None, law=queries.terms(row))
    return _against(request, row, form, rules.REVOCATION, "Revoke the licence")


def _against(request, row, form, kind: str, heading: str):
    def do(said):
        actions.take_measure(licence_id=row.pk, kind=kind, ground=said["ground"], reason=said["reason"],
                             until=said.get("until"), at=request.at, by=request.actor)  # fmt: skip

    lead = "The holder gets a notice with the ground, your reasons, from when it counts, and how to appeal."
    return _act(request, row, form, do, heading, "Send the notice", lead)


@require_http_methods(["GET", "POST"])
@licensing_staff
def given_back(request, licence_id):
    """Record that the holder gave the licence back."""
    row = queries.licence(licence_id)

    def do(said):
        actions.surrender(licence_id=row.pk, at=request.at, by=request.actor)

    lead = "The licence is over from today, and leaves the public register. The holder is told."
    return _act(request, row, SureForm(request.POST or None), do, "The holder gives the licence back", "Save", lead)


@require_http_methods(["GET", "POST"])
@licensing_staff
def lift(request, measure_id):
    """End a suspension, or take back a notice."""
    one = queries.measure(measure_id)

    def do(said):
        actions.lift(measure_id=one.pk, at=request.at, by=request.actor)

    lead = "What the notice says counts no longer, and the holder is told."
    return _act(request, one.licence, SureForm(request.POST or None), do, "Lift it, or take it back", "Save", lead)


@require_http_methods(["GET", "POST"])
@licensing_staff
def appeal(request, measure_id):
    """Record the holder's appeal."""
    one = queries.measure(measure_id)

    def do(said):
        actions.record_appeal(measure_id=one.pk, on=said["on"], at=request.at, by=request.actor)

    lead = "What has not taken effect waits until the court has decided."
    return _act(request, one.licence, AppealForm(request.POST or None), do, "The holder has appealed", "Save", lead)


@require_http_methods(["GET", "POST"])
@licensing_staff
def outcome(request, measure_id):
    """Record what became of an appeal, and apply it."""
    one = queries.measure(measure_id)

    def do(said):
        actions.settle_appeal(measure_id=one.pk, outcome=said["outcome"], at=request.at, by=request.actor)

    lead = "It is applied at once: the licence and the public register follow, and the holder is told."
    return _act(request, one.licence, OutcomeForm(request.POST or None), do, "What became of the appeal", "Save", lead)


def _act(request, row, form, do, heading: str, button: str, lead: str):
    """Show a form, or do what it says and go back to the licence; what is refused stands beside the form."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refusal as refusal:
            beside(form, refusal)
        else:
            notices.success(request, "Done.")
            return redirect("licensing:licence", row.pk)
    said = {"form": form, "heading": heading, "button": button, "lead": lead, "licence": row,
            "back": reverse("licensing:licence", args=[row.pk])}  # fmt: skip
    return render(request, "licensing/act.html", said)
