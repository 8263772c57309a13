"""What outgoing councils may still commit: the limits, what was asked, the answers, and who acts for the new ones."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import may
from moothall.core.refusal import Refusal
from moothall.reorganisation import actions, queries
from moothall.reorganisation.forms import AnswerForm, ConsentForm, DirectionForm, OfficerForm, refused
from moothall.reorganisation.rules.limits import limits
from moothall.reorganisation.views.who import (
    ANSWERERS,
    CARRIERS,
    MOVERS,
    PLANNERS,
    answerers,
    back,
    ours,
    planners,
    readers,
)

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@ASKED
@readers
def consents(request: HttpRequest, plan_id) -> HttpResponse:
    """Show the limits and what bodies of the plan want to commit, and ask for consent."""
    found, body, status = ours(request, plan_id), request.acting_body, 200
    open_, ends = found.row.state in ("planned", "undone"), body.id in {one.id for one in found.predecessors}
    form = None
    if may(request, MOVERS) and open_ and ends:
        form = ConsentForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            actions.ask_consent(plan_id=plan_id, body_id=body.id, **form.cleaned_data, at=request.at, by=request.actor)
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            messages.success(request, "The other councils are asked. It can be signed once they have agreed.")
            return redirect("reorganisation:consents", plan_id)
    said = {
        "plan": found, "rows": _rows(request, found), "form": form, "limits": limits(found.row.vesting),
        "held": queries.held(found), "held_from": queries.held_from(found),
        "may_direct": may(request, PLANNERS) and open_ and found.row.body_id == body.id,
    }  # fmt: skip
    return render(request, "reorganisation/consents.html", back(plan_id, said), status=status)


def _rows(request, found) -> list[dict]:
    names, answers, body_id = bodies.names(), may(request, ANSWERERS), request.acting_body.id
    return [
        {"row": one, "name": names[one.body_id], "may_answer": answers and _answers(found, one, body_id)}
        for one in queries.consents(found)
    ]


def _answers(found, row, body_id: int) -> bool:
    return body_id in {one.id for one in queries.answerers(found, row.body_id)}


@ASKED
@answerers
def answer(request: HttpRequest, plan_id, consent_id) -> HttpResponse:
    """Answer what another body wants to commit."""
    found, body, status = ours(request, plan_id), request.acting_body, 200
    row = next((x for x in queries.consents(found) if x.pk == consent_id), None)
    if row is None or row.answer or not _answers(found, row, body.id):
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.answer_consent(consent_id=consent_id, body_id=body.id, agreed=given["answer"] == "agreed",
                                   because=given["because"], at=request.at, by=request.actor)  # fmt: skip
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            messages.success(request, "The answer is written down.")
            return redirect("reorganisation:consents", plan_id)
    said = {"row": row, "name": bodies.names()[row.body_id], "form": form, "back_text": "Consents",
            "back_url": reverse("reorganisation:consents", args=[plan_id])}  # fmt: skip
    return render(request, "reorganisation/answer.html", said, status=status)


@ASKED
@planners
def direction(request: HttpRequest, plan_id) -> HttpResponse:
    """Write down which direction holds the councils to the limits, and from when."""
    found, status = ours(request, plan_id), 200
    if found.row.body_id != request.acting_body.id:
        raise Http404
    now = {"direction": found.row.direction, "held_from": queries.held_from(found),
           "counted_after": queries.held(found).counted_after}  # fmt: skip
    form = DirectionForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold_to(plan_id=plan_id, body_id=request.acting_body.id, **form.cleaned_data, at=request.at,
                            by=request.actor)  # fmt: skip
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            messages.success(request, "It is written down. What councils sign from that day is held against it.")
            return redirect("reorganisation:consents", plan_id)
    said = {"form": form, "limits": limits(found.row.vesting), "back_text": "Consents",
            "back_url": reverse("reorganisation:consents", args=[plan_id])}  # fmt: skip
    return render(request, "reorganisation/direction.html", said, status=status)


@ASKED
@readers
def shadow(request: HttpRequest, plan_id) -> HttpResponse:
    """Show who acts for the new councils before their day, and name somebody."""
    found, body, status = ours(request, plan_id), request.acting_body, 200
    names = may(request, CARRIERS) and found.row.state in ("planned", "undone") and found.row.body_id == body.id
    form = OfficerForm(found.successors, request.POST or None) if names else None
    if request.method == "POST" and form is not None and form.is_valid():
        given = form.cleaned_data
        try:
            actions.name_officer(
                plan_id=plan_id, body_id=body.id, successor_id=given["successor"], name=given["name"],
                email=given["email"], post=given["post"], at=request.at, by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            messages.success(request, f"{given['name']} is told by e-mail how to sign in.")
            return redirect("reorganisation:shadow", plan_id)
    said = {"form": form, "councils": queries.shadows(found, local(request.at).date())}
    return render(request, "reorganisation/shadow.html", back(plan_id, said), status=status)
