"""What would make it easier for whoever asks: on the way from the check page and back to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from moothall.casework import actions
from moothall.casework.forms.needs import RequestNeeds
from moothall.casework.views.drafts import definition_of
from moothall.casework.views.visit import language, of_draft
from moothall.core.guard import anyone
from moothall.people import queries as people

KEPT = ("needs", "address")
"""What this page adds to how somebody is reached."""


@anyone("the session says which drafts this browser began")
@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def needs(request: HttpRequest, draft) -> HttpResponse:
    """Ask what would make it easier; nobody has to answer, and who is signed in finds what they said before."""
    if draft.sent_at:
        return redirect("casework:done", draft_id=draft.pk)
    if not draft.contact:
        return redirect("casework:contact", draft_id=draft.pk)
    if getattr(request, "helping", None):  # the person's own needs go with what a helper asks, and are not shown
        return redirect("casework:check", draft_id=draft.pk)
    form = needs_form(request, draft)
    if request.method == "POST" and form.is_valid():
        actions.save_draft(
            draft_id=draft.pk, answers=draft.answers, contact=draft.contact | said_in(form),
            language=language(request), at=request.at, by=request.actor,
        )  # fmt: skip
        return redirect("casework:check", draft_id=draft.pk)
    words = {"form": form, "draft": draft, "back_url": reverse("casework:check", args=[draft.pk])}
    return render(request, "casework/needs.html", words)


def needs_form(request: HttpRequest, draft) -> RequestNeeds:
    """Return the form about what somebody needs, filled in with what is known."""
    known = known_needs(request, draft)
    return RequestNeeds(
        request.POST if request.method == "POST" else None,
        needs=people.needs_in(known["needs"]),
        initial={"post": known.get("address", "")},
        urgent=bool(definition_of(draft, request).urgent),
    )


def said_in(form: RequestNeeds) -> dict[str, str]:
    """Return what a form adds to how somebody is reached."""
    return {"needs": people.needs_as_text(form.needs()), "address": form.cleaned_data.get("post", "")}


def kept(draft) -> dict[str, str]:
    """Return what was said of needs before, when how somebody is reached is said anew."""
    return {key: draft.contact[key] for key in KEPT if key in draft.contact}


def known_needs(request: HttpRequest, draft) -> dict[str, str]:
    """Return `needs` and `address` as said with a draft; else what a signed-in person said of themself before."""
    if "needs" in draft.contact:
        return {key: draft.contact.get(key, "") for key in KEPT}
    card = people.card(request.scope.person) if request.scope.person else None
    if card is None or not card.needs:
        return {"needs": ""}
    paper = people.need_of_kind(card.needs, "format") and not definition_of(draft, request).urgent
    return {"needs": people.needs_as_text(card.needs)} | ({"address": card.post} if paper and card.post else {})


def needs_rows(request: HttpRequest, draft, change_url: str) -> list[dict]:
    """Return the lines of the check page about what somebody needs and where letters go, with where to say it."""
    known = known_needs(request, draft)
    said = "\n".join(people.needs_in_words(people.needs_in(known["needs"]))) or _("Nothing said")
    rows = [(_("Do you need anything to make this easier?"), said), (_("Address for letters"), known.get("address"))]
    return [{"question": question, "answer": answer, "change_url": change_url} for question, answer in rows if answer]
