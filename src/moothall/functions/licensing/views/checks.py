"""Where an officer notes which papers were seen, as they come in, and passes a check or does not."""

from django.contrib import messages as notices
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from moothall.core.guard import staff
from moothall.core.refusal import Refusal
from moothall.functions.licensing import actions, queries
from moothall.functions.licensing.forms import CheckForm
from moothall.ui.forms import beside


@require_http_methods(["GET", "POST"])
@staff("officer", "manager")
def check(request, step_id):
    """The pieces of evidence that a check asks for."""
    rows = queries.check_of(step_id)
    form = CheckForm(request.POST or None, rows=rows)
    case_id = rows[0].case_id
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.finish_check(step_id=step_id, said=form.findings(), verdict=said["verdict"], reason=said["reason"],
                                 at=request.at, by=request.actor)  # fmt: skip
        except Refusal as refusal:
            form.take(refusal)
            beside(form, refusal)
        else:
            notices.success(request, "Saved." if said["verdict"] == "later" else "The check is finished.")
            return redirect("casework:work", case_id=case_id)
    return render(request, "licensing/check.html", {"form": form, "reference": rows[0].reference, "case_id": case_id})
