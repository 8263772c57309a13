"""Save and come back: a code by e-mail opens the draft again, on any device."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from moothall.casework import actions
from moothall.casework.forms.tracking import CodeForm, EmailForm
from moothall.casework.views.visit import of_draft, remember_draft
from moothall.core import rate
from moothall.core.guard import anyone

CODE = rate.Limit("draft-code", 5, 600)
TRY = rate.Limit("draft-try", 10, 600)


def _counted(request: HttpRequest, what: rate.Limit, email: str) -> None:
    """Count one more for this visitor and for this address; raises TooOften."""
    rate.limit(what, rate.address(request), at=request.at)
    rate.limit(what, email.strip().lower(), at=request.at)


@anyone("the session says which drafts this browser began")
@require_http_methods(["GET", "POST"])
@of_draft
def save(request: HttpRequest, draft) -> HttpResponse:
    """Ask where to send the code, send it, and say how to come back."""
    if draft.sent_at:
        return redirect("casework:done", draft_id=draft.pk)
    form = EmailForm(request.POST or None, initial={"email": draft.contact.get("email", "")})
    if request.method == "POST" and form.is_valid():
        _counted(request, CODE, form.cleaned_data["email"])
        email = form.cleaned_data["email"]
        actions.send_draft_code(draft_id=draft.pk, email=email, at=request.at, by=request.actor)
        return render(request, "casework/saved.html", {"email": email, "draft": draft})
    words = {"form": form, "back_url": _where_it_was(draft), "heading": _("Save this and come back later")}
    return render(request, "casework/save.html", words)


def _where_it_was(draft) -> str:
    last = next(reversed(draft.answers), None)
    return reverse("casework:question", args=[draft.pk, last]) if last else f"/services/{draft.service_id}/"


@anyone("only a code sent by e-mail opens a draft")
@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Ask for the e-mail address and send a code to it; whether anything is kept under it is not told."""
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _counted(request, CODE, form.cleaned_data["email"])
        request.session["draft_email"] = form.cleaned_data["email"]
        actions.ask_for_code(email=form.cleaned_data["email"], at=request.at, by=request.actor)
        return redirect("casework:enter_code")
    return render(request, "casework/save.html", {"form": form, "heading": _("Go on with what you started")})


@anyone("only a code sent by e-mail opens a draft")
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the code and open the draft."""
    form = CodeForm(request.POST or None, initial={"email": request.session.get("draft_email", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        _counted(request, TRY, given["email"])
        digits = "".join(c for c in given["code"] if c.isdigit())
        draft_id = actions.pick_up_draft(email=given["email"], code=digits, at=request.at, by=request.actor)
        if draft_id:
            remember_draft(request, draft_id)
            return redirect("casework:check", draft_id=draft_id)
        form.add_error("code", _("That code does not fit, or is too old. Check it, or ask for a new one."))
    return render(request, "casework/code.html", {"form": form, "back_url": reverse("casework:come_back")})
