"""Pages of returns: the officers' list and each entry's history, and what a signed-in person owes."""

from django.contrib import messages as notices
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from moothall.casework import queries as casework
from moothall.core import audit
from moothall.core.clock import local
from moothall.core.guard import signed_in, staff
from moothall.core.refusal import Refusal
from moothall.functions.returns import actions, queries
from moothall.functions.returns.forms import EndForm
from moothall.people import queries as people
from moothall.ui.forms import beside

returns_staff = staff("officer", "manager")


@require_safe
@returns_staff
def entries(request):
    """Who owes a return: the late ones first."""
    asked, today = request.GET, local(request.at).date()
    show = asked.get("show") if asked.get("show") in queries.SHOWS else "late"
    start = int(asked["from"]) if asked.get("from", "").isdecimal() and len(asked["from"]) < 7 else 0
    page = queries.entries(body_ids=request.scope.bodies, show=show, today=today, start=start)
    rows = [
        {"entry": entry, "due": due, "stands": queries.told(due, today) if due else None,
         "kind": queries.title(entry.service_id)["en"]}
        for entry, due in page.rows
    ]  # fmt: skip
    said = {"rows": rows, "next": page.next, "show": show, "shows": queries.SHOWS.items()}
    return render(request, "returns/entries.html", said)


@require_safe
@returns_staff
def entry(request, entry_id):
    """One address: the returns that came, and the one that is owed."""
    row, today = queries.entry(entry_id), local(request.at).date()
    audit.read(object=f"case:{row.case_id}", body_id=request.acting_body.id, at=request.at, by=request.actor,
               what="returns")  # fmt: skip
    said = {
        "entry": row, "kind": queries.title(row.service_id)["en"],
        "dues": [(one, queries.told(one, today)) for one in queries.dues(row)],
        "back_url": reverse("returns:entries"),
    }  # fmt: skip
    return render(request, "returns/entry.html", said)


@require_http_methods(["GET", "POST"])
@returns_staff
def end(request, entry_id):
    """Say that an address owes no more returns."""
    row, form = queries.entry(entry_id), EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(entry_id=row.pk, why=form.cleaned_data["why"], at=request.at, by=request.actor)
        except Refusal as refusal:
            beside(form, refusal)
        else:
            notices.success(request, "No more returns are owed for this address.")
            return redirect("returns:entry", row.pk)
    said = {"entry": row, "form": form, "back_url": reverse("returns:entry", args=[row.pk])}
    return render(request, "returns/end.html", said)


@signed_in
@require_GET
def mine(request):
    """What a signed-in person owes next, and what they have filed."""
    person, today = request.scope.person, local(request.at).date()
    cases = casework.my_cases(list(people.identity(person))) if person else []
    lang = (translation.get_language() or "en")[:2]
    rows, known = [], {case.pk for case in cases}
    for row in queries.of_cases(list(known)):
        title = queries.title(row.service_id)
        rows.append({
            "entry": row, "title": title.get(lang) or title["en"],
            "dues": [(one, queries.told(one, today), one.case_id in known) for one in queries.dues(row)],
        })  # fmt: skip
    return render(request, "returns/mine.html", {"rows": rows, "back_url": reverse("casework:account")})
