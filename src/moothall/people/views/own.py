"""Residents see what is held about them, by whom, and who looked; they say how to reach them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from moothall.bodies import queries as bodies
from moothall.core import audit, guard
from moothall.core.refusal import Refusal
from moothall.people import actions, queries
from moothall.people.forms import Details


@require_http_methods(["GET", "HEAD", "POST"])
@guard.signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show somebody what is held about them, by whom, and who looked at it; let them say how to reach them."""
    person_id = request.scope.person
    if person_id is None:
        raise Http404
    about = queries.about(person_id)
    own = [contact for contact in about.contacts if contact.body_id is None and contact.ends is None]
    phone = next((contact for contact in own if contact.kind == "phone"), None)
    given = {"phone": phone.value if phone else "", "language": about.card.language, "format": about.card.format}
    form = Details(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid() and _keep(request, person_id, form, phone):
        messages.success(request, _("We have noted that."))
        return redirect("people:mine")
    reads = [{**read, "body": bodies.body(read["body_id"])} for read in audit.reads_of_me()]
    context = {"form": form, "held": queries.held_about(list(about.members)), "reads": reads, "about": about}
    return render(request, "people/mine.html", context)


def _keep(request: HttpRequest, person_id: UUID, form: Details, phone) -> bool:
    """Note what somebody said of themself; on a number that cannot be one, say so beside the question."""
    told = {"at": request.at, "by": request.actor}
    new = form.cleaned_data["phone"].strip()
    try:
        if new and (phone is None or phone.value != new):
            actions.add_contact(person_id=person_id, body_id=None, kind="phone", value=new, **told)
        if phone is not None and phone.value != new:
            actions.end_contact(contact_id=phone.pk, **told)
    except Refusal as refusal:
        form.add_error("phone", refusal.message)
        return False
    for kind in ("language", "format"):
        value = form.cleaned_data[kind]
        actions.set_need(person_id=person_id, body_id=None, kind=kind, value=value, **told)
    return True
