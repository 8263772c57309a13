"""One page that asks something and does it: a form, an action, what is said when it is done, where it leads."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from moothall.core.refusal import Refusal
from moothall.ui.forms import beside


def tried(request: HttpRequest, form: forms.Form, act: Callable) -> tuple[Any, int]:
    """Call `act` with what a form was given, `at` and `by`; return what it gave, and 200.

    Where the form is not whole, or the action refuses, what is wrong stands beside its question: (None, the status).
    """
    if not form.is_valid():
        return None, 422
    try:
        return act(**form.cleaned_data, at=request.at, by=request.actor), 200
    except Refusal as refusal:
        beside(form, refusal)
        return None, refusal.status


def ask(
    request: HttpRequest, form: forms.Form, act: Callable, *, heading: str, button: str, done: str, to: Callable,
    back: tuple[str, str], **more,
) -> HttpResponse:  # fmt: skip
    """Show a form; once it is whole, call `act` with what was given, `at` and `by`, and go where `to` says.

    What the action refuses stands beside its question. `back` is an address and its words; `to` gets what `act` gave.
    """
    status = 200
    if request.method == "POST":
        made, status = tried(request, form, act)
        if status == 200:
            messages.success(request, done)
            return redirect(to(made))
    said = {"form": form, "heading": heading, "button": button, "back_url": back[0], "back_text": back[1], **more}
    return render(request, "promises/form.html", said, status=status)
