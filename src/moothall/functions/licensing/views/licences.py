"""The officers' pages: the licences they look after, and one licence with all that hangs on it."""

from django.contrib import messages as notices
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from moothall.core import audit
from moothall.core.clock import local
from moothall.core.guard import may, staff
from moothall.core.refusal import Refusal
from moothall.functions.licensing import actions, queries, rules
from moothall.functions.licensing.forms import PaperForm
from moothall.ui.forms import beside

licensing_staff = staff("officer", "manager")
SHOWS = {
    "all": "All", "in-force": "In force", "ending": "Ending soon", "papers": "Papers running out",
    "suspended": "Suspended", "appeals": "Under appeal", "revoked": "Revoked", "over": "Over or given back",
}  # fmt: skip


@require_safe
@licensing_staff
def licences(request):
    """The licences that this body gave or looks after, by number."""
    show = request.GET.get("show") if request.GET.get("show") in SHOWS else "all"
    text = request.GET.get("q", "")[:100]
    page = queries.licences(
        body_ids=request.scope.bodies, show=show, text=text, after=request.GET.get("after", "")[:20],
        today=local(request.at).date(),
    )  # fmt: skip
    kinds = queries.titles([row.service_id for row in page.rows])
    said = {
        "rows": [{"row": row, "kind": kinds[row.service_id]["en"]} for row in page.rows], "after": page.after,
        "q": text, "show": show, "shows": SHOWS.items(),
    }  # fmt: skip
    return render(request, "licensing/licences.html", said)


@require_safe
@licensing_staff
def licence(request, licence_id):
    """One licence: what it says, its papers, the notices against it, and what happened."""
    row = queries.licence(licence_id)
    audit.read(object=f"case:{row.case_id}", body_id=request.acting_body.id, at=request.at, by=request.actor,
               what="licence")  # fmt: skip
    law, today = queries.terms(row), local(request.at).date()
    said = {
        "licence": row, "kind": queries.titles([row.service_id])[row.service_id]["en"], "today": today, "law": law.law,
        "facts": [(fact["label"]["en"], fact["value"]["en"]) for fact in row.facts],
        "conditions": [one["en"] for one in row.conditions], "code": rules.spoken(row.code),
        "papers": [(one, one.title["en"]) for one in queries.evidence_of(case_id=row.case_id)],
        "measures": [(one, law.grounds[one.ground]["en"]) for one in queries.measures(row)],
        "happened": queries.happened(row), "live": row.state in queries.LIVE, "may_revoke": may(request, ("manager",)),
        "ended": row.state == rules.EXPIRED,
    }  # fmt: skip
    return render(request, "licensing/licence.html", said)


@require_http_methods(["GET", "POST"])
@licensing_staff
def paper(request, licence_id, evidence_id):
    """Note that the next one of a paper was seen, and until when it holds."""
    row = queries.licence(licence_id)
    piece = next((one for one in queries.evidence_of(case_id=row.case_id) if one.pk == evidence_id), None)
    if piece is None:
        return redirect("licensing:licence", row.pk)
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_evidence(licence_id=row.pk, evidence_id=evidence_id, expires=form.cleaned_data["expires"],
                                  at=request.at, by=request.actor)  # fmt: skip
        except Refusal as refusal:
            beside(form, refusal)
        else:
            notices.success(request, "Noted.")
            return redirect("licensing:licence", row.pk)
    said = {"form": form, "heading": f"The next one: {piece.title['en']}", "licence": row, "button": "Save",
            "back": reverse("licensing:licence", args=[row.pk])}  # fmt: skip
    return render(request, "licensing/act.html", said)
