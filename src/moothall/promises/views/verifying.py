"""Verify a saving against the ledger: days, entries, working, then the figure; or take a verification back."""

import datetime as dt
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.years import named, year_of
from moothall.promises import actions, queries
from moothall.promises.forms.savings import DaysForm, VerifyForm, WithdrawForm
from moothall.promises.rules.savings import for_days, found
from moothall.promises.views.asking import tried
from moothall.promises.views.saving_work import own

finance = staff("finance", "section-151-officer")


@require_http_methods(["GET", "HEAD", "POST"])
@finance
def verify(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose days and a purse, then its entries; see what they come to before it is verified."""
    one, day = own(request, reference), local(request.at).date()
    first, last = _days(request, one, day)
    body_id, purses = one.row.body_id, queries.purses(one.row.body_id, first, last)
    known = [item.key for item in purses]
    purse = request.GET["purse"] if request.GET.get("purse") in known else next(iter(known), "")
    entries = queries.entries_in(body_id, purse, first, last) if purse else []
    free = [entry.key for entry in entries if not entry.behind]
    form = VerifyForm(free, request.POST or None, initial={"from_baseline": "yes", "entries": free})
    status, worked = 200, None
    if request.method == "POST":
        worked = _worked(one, form.cleaned_data, entries, first, last) if form.is_valid() else None
        status = 200 if worked else 422
        if request.POST.get("do") == "verify":
            act = partial(actions.verify, saving_id=one.row.pk, first=first, last=last)
            _, status = tried(request, form, act)
            if status == 200:
                messages.success(request, "Verified, and published with its entries.")
                return redirect("promises:our_saving", reference)
    base = next((item for item in one.baselines if item.pk == one.row.baseline_id), None)
    said = {
        "one": one, "row": one.row, "form": form, "days_form": DaysForm(initial={"first": first, "last": last}),
        "first": first, "last": last, "purses": purses, "purse": purse, "entries": entries, "worked": worked,
        "again": _query(first, last, purse), "chosen": set(form["entries"].value() or ()), "base": base,
        "prices": base and named(base.prices), "daily": base and for_days(base.pence, first, last),
        "proofs": queries.lines_of(one.row.pk),
        "withdraw_form": WithdrawForm(), "back_url": reverse("promises:our_saving", args=[reference]),
        "back_text": reference,
    }  # fmt: skip
    return render(request, "promises/verify.html", said, status=status)


def _days(request: HttpRequest, one, day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days that are asked for; else those of the newest report that are not verified yet."""
    form = DaysForm(request.GET if "first-day" in request.GET else None)
    if form.is_valid() and form.cleaned_data["first"] <= form.cleaned_data["last"]:
        return form.cleaned_data["first"], form.cleaned_data["last"]
    reported = [year for year in one.years if year.realised_until]
    if not reported:
        return year_of(day)[0], day
    newest = reported[-1]
    after = newest.verified_until + dt.timedelta(days=1) if newest.verified_until else newest.first
    return after if after <= newest.realised_until else newest.first, newest.realised_until


def _query(first: dt.date, last: dt.date, purse: str) -> str:
    """Return the query that brings these days and this purse up again."""
    days = {f"{name}-{part}": getattr(day, part) for name, day in (("first", first), ("last", last))
            for part in ("day", "month", "year")}  # fmt: skip
    return urlencode(days | {"purse": purse})


def _worked(one, given: dict, entries: list, first: dt.date, last: dt.date) -> dict:
    """Return what the chosen entries come to, line by line of the sum."""
    chosen = [entry for entry in entries if entry.key in given["entries"]]
    base = next((item for item in one.baselines if item.pk == one.row.baseline_id), None)
    baseline = 0
    if given["from_baseline"] and base:
        typed = given["baseline_pence"]
        baseline = for_days(base.pence, first, last) if typed is None else typed
    spent = sum(entry.pence for entry in chosen)
    return {"baseline": baseline, "spent": spent, "lines": len(chosen), "pence": found(baseline, [spent])}


@require_http_methods(["POST"])
@finance
def withdraw(request: HttpRequest, reference: str, verification_id: UUID) -> HttpResponse:
    """Take a verification back, with the reason."""
    one = own(request, reference)
    form = WithdrawForm(request.POST)
    if form.is_valid() and verification_id in {proof.pk for proof, _ in queries.lines_of(one.row.pk)}:
        actions.withdraw(verification_id=verification_id, why=form.cleaned_data["why"], at=request.at, by=request.actor)
        messages.success(request, "Taken back. Its entries are free again.")
    else:
        messages.error(request, "Say why it is taken back.")
    return redirect("promises:verify", reference)
