"""Rehearse, carry out, confirm, undo: each is asked for once more before it begins."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from moothall.core.refusal import Refusal
from moothall.reorganisation import actions
from moothall.reorganisation.views.who import carriers, ours, planners

ASKED = require_http_methods(["GET", "HEAD", "POST"])
REHEARSE = {
    "heading": "Rehearse it on a copy",
    "lead": "A copy of all records is made beside the real ones. There it is carried out and undone, the figures "
    "before, after and once it is undone are compared, and then every row, and the copy is thrown away. Nothing real "
    "changes, and nobody is written to.",
    "button": "Rehearse",
    "done": "The rehearsal begins in a moment. This page shows how far it is.",
}
CARRY_OUT = {
    "heading": "Carry it out",
    "lead": "Open work, services, staff and land pass to the new councils, the books close and open, and staff act for "
    "the new council from the next page they open. Residents keep their references and promised days. It takes "
    "minutes, and goes on without you. Until somebody confirms it, it can be undone.",
    "button": "Carry it out now",
    "done": "It begins in a moment. This page shows how far it is.",
}
UNDO = {
    "heading": "Undo it",
    "lead": "Every record becomes what it was before; what cannot be taken back, such as entries in the books and in "
    "the audit trail, gets an opposite entry. Once somebody has asked the new council for something, it is refused.",
    "button": "Undo it",
    "done": "Everything is being put back. This page shows how far it is.",
}
AGREE = {
    "heading": "Agree to the plan",
    "lead": "Our council ends by this plan on its day. Once every council of the plan has agreed, it can be rehearsed, "
    "and on the day carried out, by any of them.",
    "button": "Agree",
    "done": "We have agreed to the plan.",
}
CONFIRM = {
    "heading": "Confirm that it stays",
    "lead": "From then on it cannot be undone, and everybody with an open request gets one letter. Look at the figures "
    "before and after first, and let somebody open the new council’s pages.",
    "button": "Confirm",
    "done": "It is confirmed. The letters to residents are written now.",
}


def _asked(request, plan_id, said: dict, act) -> HttpResponse:
    """Ask once more, then do it; a refusal stands on the page."""
    found, status, refusal_words = ours(request, plan_id), 200, ""
    if request.method == "POST":
        try:
            act()
        except Refusal as refusal:
            status, refusal_words = refusal.status, refusal.message
        else:
            messages.success(request, said["done"])
            return redirect("reorganisation:plan", plan_id)
    shown = said | {"plan": found, "refusal_words": refusal_words, "back_text": "The plan",
                    "back_url": reverse("reorganisation:plan", args=[plan_id])}  # fmt: skip
    return render(request, "reorganisation/sure.html", shown, status=status)


def _work(request, plan_id, what: str, said: dict) -> HttpResponse:
    def act():
        actions.ask(plan_id=plan_id, body_id=request.acting_body.id, what=what, at=request.at, by=request.actor)

    return _asked(request, plan_id, said, act)


@ASKED
@carriers
def agree(request: HttpRequest, plan_id) -> HttpResponse:
    """Agree, for one's own council, to the plan by which it ends."""

    def act():
        actions.agree(plan_id=plan_id, body_id=request.acting_body.id, at=request.at, by=request.actor)

    return _asked(request, plan_id, AGREE, act)


@ASKED
@planners
def rehearse(request: HttpRequest, plan_id) -> HttpResponse:
    """Ask for a rehearsal on a copy."""
    return _work(request, plan_id, "rehearse", REHEARSE)


@ASKED
@carriers
def carry_out(request: HttpRequest, plan_id) -> HttpResponse:
    """Ask for the plan to be carried out."""
    return _work(request, plan_id, "carry-out", CARRY_OUT)


@ASKED
@carriers
def undo(request: HttpRequest, plan_id) -> HttpResponse:
    """Ask for everything to be put back."""
    return _work(request, plan_id, "undo", UNDO)


@ASKED
@carriers
def confirm(request: HttpRequest, plan_id) -> HttpResponse:
    """Confirm that what was carried out stays."""
    return _asked(request, plan_id, CONFIRM, lambda: actions.confirm(plan_id=plan_id, at=request.at, by=request.actor))
