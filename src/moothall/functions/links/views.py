"""The health of the link: how the functions do, here and elsewhere, and what waits for somebody."""

from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from moothall.casework import actions as casework
from moothall.core import queue
from moothall.core.guard import staff
from moothall.functions.links import actions, queries
from moothall.functions.links.forms import MODES, ModeForm

operators = staff("operator", "manager", "partnership-office")


@require_GET
@operators
def health(request):
    """The headline, the figures by function and body, and what failed."""
    bodies = request.scope.bodies
    rows, problems = queries.health(body_ids=bodies, at=request.at), queries.troubles(body_ids=bodies, at=request.at)
    said = {
        "headline": queries.headline(rows, problems), "rows": rows, "problems": problems, "trying": queries.trying(),
        "systems": queries.systems(), "demo": settings.DEMO, "modes": MODES.items(),
    }  # fmt: skip
    return render(request, "links/health.html", said)


@require_POST
@operators
def retry_call(request, call_id: UUID):
    """Ask another system again for a step it failed."""
    actions.retry(call_id=call_id, at=request.at, by=request.actor)
    return redirect("links:health")


@require_POST
@operators
def retry_step(request, step_id: UUID):
    """Let a function try a failed step again."""
    casework.retry_step(step_id=step_id, at=request.at, by=request.actor)
    return redirect("links:health")


@require_POST
@operators
def retry_job(request, job_id: int):
    """Queue a failed job again."""
    if not queue.retry_job(job_id, bodies=request.scope.bodies, at=request.at):
        raise actions.NothingToRetry()
    return redirect("links:health")


@require_POST
@operators
def mode(request, function: str):
    """Stop, break or mend the demonstration's other system; there is no such page outside a demonstration."""
    form = ModeForm(request.POST)
    if not settings.DEMO or not form.is_valid():
        raise Http404
    system = queries.system(body_id=request.scope.bodies[0], function=function)
    actions.set_mode(system=system, mode=form.cleaned_data["mode"], at=request.at, by=request.actor)
    return redirect("links:health")
