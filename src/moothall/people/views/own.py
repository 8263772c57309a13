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
    kept = {kind: next((contact for contact in own if contact.kind == kind), None) for kind in ("phone", "post")}
    given = {kind: contact.value if contact else "" for kind, contact in kept.items()}
    form = Details(request.POST if request.method == "POST" else None, initial=given, needs=about.card.needs)
    if request.method == "POST" and form.is_valid() and _keep(request, person_id, form, kept):
        return redirect("people:mine")
    reads = [{**read, "body": bodies.body(read["body_id"])} for read in audit.reads_of_me()]
    context = {"form": form, "held": queries.held_about(list(about.members)), "reads": reads, "about": about}
    return render(request, "people/mine.html", context)


def _keep(request: HttpRequest, person_id: UUID, form: Details, kept: dict) -> bool:
    """Note what somebody said of themself; on a number that cannot be one, say so beside the question.

    What they need is told to the bodies that they asked for something before.
    """
    told = {"person_id": person_id, "at": request.at, "by": request.actor}
    for kind, contact in kept.items():
        new = form.cleaned_data[kind].strip()
        try:
            if new and (contact is None or contact.value != new):
                actions.add_contact(**told, body_id=None, kind=kind, value=new)
            if contact is not None and contact.value != new:
                actions.end_contact(contact_id=contact.pk, at=request.at, by=request.actor)
        except Refusal as refusal:
            form.add_error(kind, refusal.message)
            return False
    actions.set_needs(**told, body_id=None, needs=form.needs())
    names = [bodies.body(body_id).name for body_id in actions.pass_on_needs(**told, needs=form.needs())]
    if names:
        messages.success(request, _("We have noted that, and told: %(names)s.") % {"names": ", ".join(names)})
    else:
        messages.success(request, _("We have noted that."))
    return True
