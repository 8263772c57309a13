"""The health of the link: how the functions do, here and elsewhere, and what waits for somebody."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
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


@require_GET
@operators
def system(request, function: str):
    """One system: what it does, which keys are good until when, and, where asked, whether it answers now."""
    found = queries.system(body_id=request.acting_body.id, function=function)
    knocked = queries.knock(found, at=request.at) if "try" in request.GET and found.protocol == "moothall" else None
    return _system_page(request, found, knocked=knocked)


def _system_page(request, found, **more):
    said = {
        "system": found, "heading": found.name, "changing": found.has_two_keys(request.at),
        "signs_with_new": not (found.new_key_from and request.at < found.new_key_from),
        "aside": [one | {"at": dt.datetime.fromisoformat(one["at"])} for one in found.aside],
        "folder": queries.folder.place(found) if found.protocol == "folder" else "",
        "may_change": "operator" in request.roles, "back_url": reverse("links:health"),
    }  # fmt: skip
    return render(request, "links/system.html", said | more)


@require_POST
@staff("operator")
def new_key(request, function: str):
    """Make another key and show it, this once; the old one is believed meanwhile."""
    found = queries.system(body_id=request.acting_body.id, function=function)
    key = actions.change_key(system=found, at=request.at, by=request.actor)
    return _system_page(request, found, new_key=key)


@require_POST
@staff("operator")
def use_new_key(request, function: str):
    """Sign with the new key from now on."""
    found = queries.system(body_id=request.acting_body.id, function=function)
    actions.sign_with_new_key(system=found, at=request.at, by=request.actor)
    return redirect("links:system", function)


@require_POST
@staff("operator")
def end_old_key(request, function: str):
    """Believe the old key no longer."""
    found = queries.system(body_id=request.acting_body.id, function=function)
    actions.end_old_key(system=found, at=request.at, by=request.actor)
    return redirect("links:system", function)


@require_POST
@operators
def settle_aside(request, function: str):
    """Clear the list of rows that were set aside."""
    found = queries.system(body_id=request.acting_body.id, function=function)
    actions.settle_aside(system=found, at=request.at, by=request.actor)
    return redirect("links:system", function)


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
