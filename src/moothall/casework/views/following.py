"""Following what a neighbour reported, instead of reporting it again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from moothall.casework import actions
from moothall.casework.forms.contact import ContactForm
from moothall.casework.views.drafts import definition_of
from moothall.casework.views.sending import own_contact
from moothall.casework.views.visit import language, of_draft
from moothall.core.guard import anyone
from moothall.core.refusal import NotYours


@anyone("the session says which drafts this browser began")
@require_http_methods(["GET", "POST"])
@of_draft
def follow(request: HttpRequest, draft, place_id: UUID) -> HttpResponse:
    """Ask where to send the news, then follow the report; the draft is no longer needed."""
    definition = definition_of(draft, request)
    place_name = next((question.id for question in definition.questions if question.type == "place"), None)
    if place_name is None:
        raise NotYours()
    why = _("We write to you once, when it is done.")
    form = ContactForm(request.POST or None, initial=own_contact(request), needed=True)
    title = definition.title.in_(language(request))
    if request.method == "POST" and form.is_valid():
        actions.follow(
            place_id=place_id,
            contact=form.contact(),
            person_id=request.scope.person,
            at=request.at,
            by=request.actor,
        )
        actions.discard_draft(draft_id=draft.pk, at=request.at, by=request.actor)
        words = {"service_title": title, "reached": form.contact().get("email") or form.contact().get("phone")}
        return render(request, "casework/following.html", words)
    back_url = reverse("casework:nearby", args=[draft.pk, place_name])
    return render(request, "casework/contact.html", {"form": form, "draft": draft, "why": why, "back_url": back_url})
