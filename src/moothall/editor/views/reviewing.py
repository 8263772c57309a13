"""From a draft to a version: asked for, agreed to by a second person, published; or given up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from moothall.core.refusal import Refusal
from moothall.editor import actions, queries
from moothall.editor.forms.writing import AnswerForm, AskForm
from moothall.editor.views.drafts import show
from moothall.editor.views.shown import readers, writers
from moothall.ui.forms import beside


@require_POST
@writers
def ask(request: HttpRequest, draft_id) -> HttpResponse:
    """Ask for a second person's eyes."""
    row, form = queries.draft(draft_id), AskForm(request.POST)
    if form.is_valid() and _done(form, actions.ask, draft_id, request, words=form.cleaned_data["words"]):
        messages.success(request, "A colleague with the role named below can now agree to it, or send it back.")
        return redirect("editor:draft", draft_id)
    return show(request, row, ask=form)


@require_POST
@readers
def answer(request: HttpRequest, draft_id) -> HttpResponse:
    """Agree to a draft, or send it back."""
    row, form = queries.draft(draft_id), AnswerForm(request.POST)
    if form.is_valid():
        agree, words = form.cleaned_data["verdict"] == "agree", form.cleaned_data["words"]
        if _done(form, actions.answer, draft_id, request, agree=agree, words=words):
            messages.success(request, "Agreed. It can be published." if agree else "Sent back, with what you wrote.")
            return redirect("editor:draft", draft_id)
    return show(request, row, answer=form)


def _done(form, action, draft_id, request: HttpRequest, **given) -> bool:
    try:
        action(draft_id=draft_id, at=request.at, by=request.actor, **given)
    except Refusal as refusal:
        beside(form, refusal)
        return False
    return True


@require_POST
@writers
def publish(request: HttpRequest, draft_id) -> HttpResponse:
    """Publish what was agreed to."""
    made = actions.publish(draft_id=draft_id, at=request.at, by=request.actor)
    retired = queries.draft(draft_id).retiring
    said = "It takes no new requests. Open ones go on." if retired else f"Version {made.number} is published."
    messages.success(request, said)
    return redirect("editor:draft", draft_id)


@require_POST
@writers
def drop(request: HttpRequest, draft_id) -> HttpResponse:
    """Give a draft up."""
    actions.drop(draft_id=draft_id, at=request.at, by=request.actor)
    messages.success(request, "Given up. What was written can still be read here.")
    return redirect("editor:ours")
