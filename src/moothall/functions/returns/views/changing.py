"""Officers change the register: one address by hand, many by a file, a correction, an end."""

from django.contrib import messages as notices
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.functions.returns import actions, queries
from moothall.functions.returns.forms import BringForm, CorrectForm, EndForm, OpenForm
from moothall.functions.returns.views.register import returns_staff
from moothall.ui.forms import beside


def _done(form, action, **given):
    """Do it and return what it gave, or True; put a refusal beside its question and return None."""
    try:
        with transaction.atomic():
            return action(**given) or True
    except Refusal as refusal:
        beside(form, refusal)
        return None


@require_http_methods(["GET", "POST"])
@returns_staff
def open_one(request):
    """Enter by hand that an address owes a return."""
    kinds = queries.kinds(request.acting_body.id, local(request.at).date())
    form = OpenForm(request.POST or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        row = _done(
            form, actions.open_entry, body_id=request.acting_body.id, service_id=given["kind"], uprn=given["uprn"],
            due_on=given["due"], why=given["why"], at=request.at, by=request.actor,
        )  # fmt: skip
        if row:
            notices.success(request, "This address owes the return from now on.")
            return redirect("returns:entry", row.pk)
    return render(request, "returns/open.html", {"form": form, "back_url": reverse("returns:entries")})


@require_http_methods(["GET", "POST"])
@returns_staff
def bring(request):
    """Enter many at once: a file is read first and shown, and taken in when that was said."""
    body_id, today = request.acting_body.id, local(request.at).date()
    form = BringForm(request.POST or None, request.FILES or None, kinds=queries.kinds(body_id, today))
    said = {"form": form, "back_url": reverse("returns:entries"), "report": None}
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        about = {"body_id": body_id, "service_id": given["kind"], "text": given["table"]}
        told = {"leave_out": given["leave_out"], "at": request.at, "by": request.actor}
        came = request.POST.get("do") == "take" and _done(form, actions.bring, **about, **told)
        if came:
            notices.success(request, f"Taken in: {len(came.good)} of {came.lines} lines.")
            return redirect("returns:entries")
        said["report"] = queries.read_file(**about, today=today)
        form.data = form.data.copy()
        form.data["table"] = given["table"]
    return render(request, "returns/bring.html", said)


@require_http_methods(["GET", "POST"])
@returns_staff
def correct(request, entry_id):
    """Give an entry another day or another address."""
    row = queries.entry(entry_id)
    due = next((one for one in queries.dues(row) if one.filed_on is None), None)
    form = CorrectForm(request.POST or None, initial={"due": due.due_on if due else None})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _done(
            form, actions.correct, entry_id=row.pk, due_on=given["due"], uprn=given.get("uprn") or "",
            why=given["why"], at=request.at, by=request.actor,
        ):  # fmt: skip
            notices.success(request, "Corrected.")
            return redirect("returns:entry", row.pk)
    said = {"entry": row, "form": form, "back_url": reverse("returns:entry", args=[row.pk])}
    return render(request, "returns/correct.html", said)


@require_http_methods(["GET", "POST"])
@returns_staff
def end(request, entry_id):
    """Say that an address owes no more returns."""
    row, form = queries.entry(entry_id), EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if _done(form, actions.end, entry_id=row.pk, why=why, at=request.at, by=request.actor):
            notices.success(request, "No more returns are owed for this address.")
            return redirect("returns:entry", row.pk)
    said = {"entry": row, "form": form, "back_url": reverse("returns:entry", args=[row.pk])}
    return render(request, "returns/end.html", said)
