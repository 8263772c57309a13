"""Record the decision to leave, say who does what afterwards, decide to stay."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.leaving import actions, queries
from moothall.leaving.forms import AfterwardsForm, DecideForm, StayForm
from moothall.leaving.views.who import arrangers, deciders
from moothall.ui.forms import beside

ASKED = require_http_methods(["GET", "HEAD", "POST"])


def _answer(request, form, act, heading: str, lead: str, button: str, done: str) -> HttpResponse:
    """Show a form, or do what it asks; a refusal stands beside the question it is about."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refusal as refusal:
            beside(form, refusal)
            status = refusal.status
        else:
            messages.success(request, done)
            return redirect("leaving:leaving")
    said = {"form": form, "heading": heading, "lead": lead, "button_text": button,
            "back_url": reverse("leaving:leaving"), "back_text": "Leaving"}  # fmt: skip
    return render(request, "leaving/ask.html", said, status=status)


@ASKED
@deciders
def decide(request: HttpRequest) -> HttpResponse:
    """Record that the body leaves, from when, by which decision."""
    body = request.acting_body
    form = DecideForm(request.POST or None, initial={"decided_on": local(request.at).date()})

    def act():
        given = dict(form.cleaned_data)
        actions.decide_to_leave(body_id=body.id, address=given.pop("website"), **given, at=request.at, by=request.actor)

    lead = (
        "What is recorded here is published. Every partnership is given notice for that day, and the bodies for which "
        "we do something are told. Nothing else happens before the day."
    )
    return _answer(request, form, act, f"{body.name} leaves", lead, "Record the decision",
                   "The decision is recorded and published, and notice is given.")  # fmt: skip


@ASKED
@arrangers
def afterwards(request: HttpRequest) -> HttpResponse:
    """Say of each service who does it once the body is gone."""
    body, found = request.acting_body, queries.the_departure(request.acting_body.id)
    form = AfterwardsForm(queries.ours(body.id, found, local(request.at).date()), request.POST or None)

    def act():
        for said in form.said():
            actions.say_afterwards(body_id=body.id, **said, at=request.at, by=request.actor)

    lead = "Residents with an open request read this in the letter they get, and everybody on the public page."
    return _answer(request, form, act, "Who does what afterwards", lead, "Save", "Saved.")


@ASKED
@deciders
def stay(request: HttpRequest) -> HttpResponse:
    """Take the decision to leave back."""
    queries.the_departure(request.acting_body.id)
    form = StayForm(request.POST or None)

    def act():
        actions.stay_after_all(body_id=request.acting_body.id, **form.cleaned_data, at=request.at, by=request.actor)

    lead = (
        "Notice that was given to partnerships stands. Ask their members for new terms that name us again before the "
        "day, if we are to stay in them."
    )
    return _answer(request, form, act, f"{request.acting_body.name} stays after all", lead, "Stay",
                   "The decision to leave is taken back.")  # fmt: skip
