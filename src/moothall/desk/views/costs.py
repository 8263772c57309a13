"""What one contact costs a body by each channel: its own figures, from a day on, with their source."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from moothall.core.guard import staff
from moothall.desk import actions, queries
from moothall.desk.forms import CostForm


@staff("finance", "manager")
@require_http_methods(["GET", "POST"])
def costs(request: HttpRequest) -> HttpResponse:
    """Show what the body has said, and take another figure; everybody reads it beside the counts."""
    form = CostForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.set_unit_cost(body_id=request.acting_body.id, at=request.at, by=request.actor, **form.cleaned_data)
        notices.success(request, "Kept. It is shown beside the figures from the next whole month.")
        return redirect("desk:costs")
    words = {"form": form, "costs": queries.unit_costs(request.acting_body.id)}
    return render(request, "desk/costs.html", words)
