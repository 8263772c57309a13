"""Pages for those who keep the books: what the provider says beside what we hold, balances, statements, months."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.money import pounds
from moothall.core.sheets import plain, sheet
from moothall.ledger import actions, queries
from moothall.ledger.forms import ReasonForm

READERS = ("finance", "section-151-officer", "auditor")
KEEPERS = ("finance", "section-151-officer")
SPANS = ((7, "Last 7 days"), (30, "Last 30 days"), (90, "Last 90 days"), (366, "Last year"))


def chapters(current: str) -> dict:
    """Return the ledger's own pages as a group of links."""
    pages = (("reconciliation", "Reconciliation"), ("trial-balance", "Trial balance"), ("charges", "Charges"))
    links = [{"title": title, "url": reverse(f"ledger:{name}"), "current": name == current} for name, title in pages]
    return {"title": "Ledger", "links": links}


def _links(title: str, choices, current: str) -> dict:
    return {"title": title, "links": [{"title": t, "url": url, "current": t == current} for t, url in choices]}


@require_safe
@staff(*READERS)
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Show what the payment provider says beside what we hold, each difference with what to do."""
    asked = request.GET.get("days", "30")
    days = int(asked) if asked in {str(n) for n, _ in SPANS} else 30
    found = queries.reconciled(request.actor.body_id, since=request.at - dt.timedelta(days=days))
    spans = [(title, f"?days={n}") for n, title in SPANS]
    context = {
        "heading": "Reconciliation of card payments",
        "found": found,
        "finding": _finding(found),
        "may_write": bool(request.roles & set(KEEPERS)),
        "problems": queries.prove(request.actor.body_id),
        "filters": [chapters("reconciliation"), _links("Payments of", spans, dict(SPANS)[days])],
        "days": days,
    }
    return render(request, "ledger/reconciliation.html", context)


def _finding(found: queries.Reconciled) -> str:
    if found.seen_at is None:
        return "Nothing has been read from the provider yet. Read its list to compare it with ours."
    if not found.differences:
        return f"All {found.held} card payments agree: {pounds(found.held_pence)}."
    number = len(found.differences)
    verb = "differs" if number == 1 else "differ"
    return f"{number} of {max(found.held, found.said)} card payments {verb}. Deal with each below."


@require_POST
@staff(*KEEPERS)
def read_provider(request: HttpRequest) -> HttpResponse:
    """Read the provider's list now."""
    since = request.at - dt.timedelta(days=90)
    actions.read_provider(body_id=request.actor.body_id, since=since, at=request.at, by=request.actor)
    return redirect("ledger:reconciliation")


@require_POST
@staff(*KEEPERS)
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the provider how one payment stands, and act on what it says."""
    payment = queries.payment(request.actor.body_id, reference)
    if payment is None:
        raise Http404
    actions.ask(payment_id=payment.id, at=request.at, by=request.actor)
    since = request.at - dt.timedelta(days=7)
    actions.read_provider(body_id=request.actor.body_id, since=since, at=request.at, by=request.actor)
    return redirect("ledger:reconciliation")


@require_POST
@staff(*KEEPERS)
def transferred(request: HttpRequest, refund_id) -> HttpResponse:
    """Note that a refund which the provider did not send was paid by bank transfer."""
    actions.refund_otherwise(refund_id=refund_id, at=request.at, by=request.actor)
    return redirect("ledger:reconciliation")


def _month(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  a month has no zone
    except ValueError:
        return None


@require_safe
@staff(*READERS)
def trial_balance(request: HttpRequest) -> HttpResponse:
    """Show what every account adds up to at the end of a month, on the page or as a file."""
    body_id = request.actor.body_id
    until = _month(request.GET.get("until", ""))
    trial = queries.trial_balance(body_id, until=until)
    if request.GET.get("format") == "csv":
        rows = [(x.code, x.name, x.kind, plain(x.debit), plain(x.credit)) for x in trial.lines]
        return sheet("trial-balance", ("account", "name", "kind", "debit", "credit"), rows)
    periods = queries.periods(body_id)
    begun = [p for p in periods if p.month <= local(request.at).date()]
    months = [("All that is posted", "?")] + [(f"{p.month:%B %Y}", f"?until={p.month:%Y-%m}") for p in begun[:24]]
    current = f"{until:%B %Y}" if until else "All that is posted"
    context = {
        "heading": "Trial balance",
        "trial": trial,
        "until": until,
        "filters": [chapters("trial-balance"), _links("To the end of", months, current)],
        "csv": f"?until={until:%Y-%m}&format=csv" if until else "?format=csv",
        "closable": _closable(request, periods),
        "closed": next((p for p in periods if p.state == "closed"), None),
    }
    return render(request, "ledger/trial_balance.html", context)


def _closable(request: HttpRequest, periods):
    """Return the oldest open month that is over, if this person may close months."""
    over = [p for p in periods if p.state == "open" and p.month < local(request.at).date().replace(day=1)]
    return over[-1] if over and "section-151-officer" in request.roles else None


@require_POST
@staff("section-151-officer")
def close_month(request: HttpRequest, month: str) -> HttpResponse:
    """Close a month for good."""
    wanted = _month(month)
    if wanted is None or wanted >= local(request.at).date().replace(day=1):
        raise Http404
    actions.close_period(body_id=request.actor.body_id, month=wanted, at=request.at, by=request.actor)
    return redirect("ledger:trial-balance")


@require_safe
@staff(*READERS)
def statement(request: HttpRequest, code: str) -> HttpResponse:
    """Show an account's lines in a month, with its balance before and after each, on the page or as a file."""
    body_id = request.actor.body_id
    account = next((a for a in queries.accounts(body_id) if a.code == code), None)
    if account is None:
        raise Http404
    month = _month(request.GET.get("month", "")) or local(request.at).date().replace(day=1)
    last = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    before, lines = queries.statement(body_id, code, since=month, until=last)
    if request.GET.get("format") == "csv":
        rows = [(x.on, x.kind, x.narrative, x.cost_centre, plain(x.pence), plain(x.balance)) for x in lines]
        return sheet(f"account-{code}-{month:%Y-%m}", ("day", "kind", "what", "cost centre", "pounds", "balance"), rows)
    begun = [p for p in queries.periods(body_id) if p.month <= local(request.at).date()]
    months = [(f"{p.month:%B %Y}", f"?month={p.month:%Y-%m}") for p in begun[:24]]
    context = {
        "heading": f"{account.code} {account.name}",
        "month": month,
        "before": before,
        "after": lines[-1].balance if lines else before,
        "lines": lines,
        "filters": [chapters(""), _links("Month", months, f"{month:%B %Y}")],
        "csv": f"?month={month:%Y-%m}&format=csv",
        "may_write": bool(request.roles & set(KEEPERS)),
    }
    return render(request, "ledger/statement.html", context)


@staff(*KEEPERS)
def reverse_journal(request: HttpRequest, journal_id: int) -> HttpResponse:
    """Ask why, then post the opposite of a journal."""
    journal = queries.journal(request.actor.body_id, journal_id)
    if journal is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.reverse(
            body_id=request.actor.body_id,
            journal_id=journal_id,
            reason=form.cleaned_data["reason"],
            at=request.at,
            by=request.actor,
        )
        return redirect("ledger:trial-balance")
    context = {"form": form, "heading": "Undo a posting", "journal": journal, "button_text": "Post the opposite"}
    return render(request, "ledger/reverse.html", context)
