"""The list of plans, a new plan, and a plan's own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from moothall.core.clock import local
from moothall.core.guard import may
from moothall.core.refusal import Refusal
from moothall.reorganisation import actions, queries
from moothall.reorganisation.forms import PlanForm, refused
from moothall.reorganisation.queries.letters import previews, told
from moothall.reorganisation.rules.figures import row_words
from moothall.reorganisation.views.who import CARRIERS, PLANNERS, back, ours, planners, readers
from moothall.ui.rules import date_words

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@readers
def listed(request: HttpRequest) -> HttpResponse:
    """List the plans in which the body takes part."""
    said = {"rows": queries.plans(request.acting_body.id), "may_plan": may(request, PLANNERS)}
    return render(request, "reorganisation/plans.html", said)


@ASKED
@planners
def new(request: HttpRequest) -> HttpResponse:
    """Plan that councils end and others begin."""
    body, status = request.acting_body, 200
    form = PlanForm(body.id, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "title_cy", "slug", "basis", "vesting")}
        try:
            plan_id = actions.plan(body_id=body.id, successors=form.successors(), parts=form.parts(), **given,
                                   at=request.at, by=request.actor)  # fmt: skip
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            messages.success(request, "The plan is written down and published.")
            return redirect("reorganisation:plan", plan_id)
    said = {"form": form, "back_url": reverse("reorganisation:plans"), "back_text": "Reorganisations"}
    return render(request, "reorganisation/new.html", said, status=status)


@require_safe
@readers
def plan(request: HttpRequest, plan_id) -> HttpResponse:
    """Show what is planned, what is open, what happens to what, how far it is, and the figures before and after."""
    found, body, today = ours(request, plan_id), request.acting_body, local(request.at).date()
    work = queries.operations_of(found)
    said = {
        "plan": found, "row": found.row, "finding": _finding(found), "operation": work[0] if work else None,
        "tasks": queries.tasks(found, body.id) if found.row.state in ("planned", "undone") else [],
        "rehearsed": _rehearsed(found), "figures": queries.figures(found),
        "passing": queries.passing(), "lines": _lines(found),
        "may_carry": may(request, CARRIERS), "its_day": found.row.vesting <= today,
        "undecided": queries.undecided(found) if found.row.state in ("planned", "undone") else [],
        "back_url": reverse("reorganisation:plans"), "back_text": "Reorganisations",
    }  # fmt: skip
    return render(request, "reorganisation/plan.html", said)


@require_safe
@readers
def letters(request: HttpRequest, plan_id) -> HttpResponse:
    """Show what residents with open requests will be told, or were; nothing is sent by looking."""
    found = ours(request, plan_id)
    said = {"plan": found, "rows": previews(found, request.acting_body.id), "told": told(found)}
    return render(request, "reorganisation/letters.html", back(plan_id, said))


def _finding(found) -> str:
    """Return in a sentence how it stands."""
    who, verb = " and ".join(body.name for body in found.predecessors), "become"
    if len(found.predecessors) == 1:
        verb = "becomes"
    become = " and ".join(body.name for body in found.successors)
    day = date_words(found.row.vesting, "en")
    return {
        "planned": f"On {day}, {who} {verb} {become}. Nothing has been changed yet.",
        "carrying-out": f"It is being carried out: {who} {verb} {become}.",
        "carried-out": f"{become} has taken the place of {who}. It can be undone until it is confirmed.",
        "confirmed": f"{become} has taken the place of {who}. It is confirmed.",
        "undoing": "Everything is being put back as it was.",
        "undone": f"It was carried out and undone: everything is as it was. {become} would begin on {day}.",
    }[found.row.state]


def _rehearsed(found) -> str:
    """Return in a sentence what the rehearsal showed, while its figures are those on the page."""
    seen = found.row.rehearsal
    if not seen or found.row.carried_out_at:
        return ""
    took = f"Carried out on the copy in {_seconds(sum(seen['stages'].values()))}"
    if "undone_in" not in seen:
        return f"{took}."
    wrong = len(seen["not_put_back"])
    end = "and every figure was as before" if not wrong else f"and {wrong} figures were not as before"
    said = f"{took}, and undone again there in {_seconds(seen['undone_in'])}, {end}."
    return f"{said} {row_words(seen['rows'])}" if "rows" in seen else said


def _seconds(number: float) -> str:
    whole = max(1, round(number))
    return f"{whole} second{'' if whole == 1 else 's'}"


def _lines(found) -> list[dict]:
    return [
        {"body": body, "heirs": found.heirs_of(body.id), "divided": len(found.heirs_of(body.id)) > 1}
        for body in found.predecessors
    ]
