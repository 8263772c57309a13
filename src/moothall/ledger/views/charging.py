"""Pages about single charges: what is owed, the link to pay it, money taken at the counter, money given back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from moothall.core.guard import staff
from moothall.ledger import actions, queries
from moothall.ledger.forms import RefundForm
from moothall.ledger.views.books import KEEPERS, READERS, chapters

COUNTER = ("adviser", "officer", "manager", *KEEPERS)
LOOKERS = ("adviser", "officer", "manager", *READERS)
STATES = (("", "All"), ("due", "Owed"), ("paid", "Paid"), ("refunded", "Given back"), ("cancelled", "Cancelled"))


@require_safe
@staff(*READERS)
def charges(request: HttpRequest) -> HttpResponse:
    """List a body's newest charges, in one state if asked."""
    state = request.GET.get("state", "")
    state = state if state in dict(STATES) else ""
    links = [{"title": t, "url": f"?state={s}" if s else "?", "current": s == state} for s, t in STATES]
    context = {
        "heading": "Charges",
        "charges": queries.charges(request.actor.body_id, state=state or None, limit=100),
        "filters": [chapters("charges"), {"title": "State", "links": links}],
    }
    return render(request, "ledger/charges.html", context)


def _charge(charge_id: UUID):
    found = queries.charge(charge_id)
    if found is None:
        raise Http404
    return found


@require_safe
@staff(*LOOKERS)
def charge(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """Show one charge: its attempts and refunds, the link for the payer, and what can be done."""
    return _page(request, _charge(charge_id), RefundForm())


def _page(request: HttpRequest, owed, form, status: int = 200) -> HttpResponse:
    context = {
        "charge": owed,
        "payments": queries.payments_of(owed.id),
        "refunds": queries.refunds_of(owed.id),
        "pay_url": request.build_absolute_uri(reverse("ledger:pay", args=[owed.id])),
        "form": form,
        "may_take": bool(request.roles & set(COUNTER)),
        "may_refund": bool(request.roles & set(KEEPERS)),
    }
    return render(request, "ledger/charge.html", context, status=status)


@require_POST
@staff(*COUNTER)
def paid_here(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """Record that a charge was paid at the counter."""
    _charge(charge_id)
    actions.record_payment(charge_id=charge_id, how="counter", at=request.at, by=request.actor)
    return redirect("ledger:charge", charge_id=charge_id)


@require_POST
@staff(*KEEPERS)
def cancel(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """Stop asking for a charge nobody paid."""
    _charge(charge_id)
    actions.cancel_charge(charge_id=charge_id, reason="Cancelled by finance", at=request.at, by=request.actor)
    return redirect("ledger:charge", charge_id=charge_id)


@require_POST
@staff(*KEEPERS)
def give_back(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """Give back some or all of what was paid, for a reason."""
    owed, form = _charge(charge_id), RefundForm(request.POST)
    if form.is_valid():
        try:
            actions.refund(
                charge_id=charge_id,
                pence=form.cleaned_data["amount"],
                reason=form.cleaned_data["reason"],
                at=request.at,
                by=request.actor,
            )
            return redirect("ledger:charge", charge_id=charge_id)
        except actions.TooMuch as refusal:
            form.add_error("amount", refusal.message)
    return _page(request, owed, form, status=422)
