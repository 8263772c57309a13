"""Begin a service, a change of one, or its end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.refusal import Refusal
from moothall.editor import actions, queries
from moothall.editor.forms.beginning import BeginForm
from moothall.editor.views.shown import today, writers
from moothall.ui.forms import beside


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def new(request: HttpRequest) -> HttpResponse:
    """Ask what the new service is called and whose work it is; make a draft that is good as it stands."""
    body = request.acting_body
    works = {duty.work: duty for duty in bodies.duties() if body.kind in duty.kinds}
    form = BeginForm(
        [(work, f"{duty.does[:1].upper()}{duty.does[1:]}") for work, duty in works.items()],
        [(name, text.en) for name, text in catalogue.topics().items()],
        [(team.code, team.name) for team in bodies.teams(body.id, today(request))],
        [(one.service_id, one.definition.title.en) for one in catalogue.services()],
        request.POST or None,
    )
    if request.method == "POST" and form.is_valid() and (row := _begun(request, form, works)):
        return redirect("editor:draft", row.pk)
    context = {
        "form": form, "heading": "A new service", "button_text": "Begin", "back_url": reverse("editor:ours"),
        "back_text": "Services being written",
    }  # fmt: skip
    return render(request, "editor/new.html", context)


def _begun(request: HttpRequest, form: BeginForm, works):
    given = form.cleaned_data
    duty = works[given["work"]]
    words = {name: given[name] for name in ("title", "title_cy", "work", "topic", "team")}
    words |= {"bodies": [str(kind) for kind in duty.kinds], "source": duty.source}
    told = {"body_id": request.acting_body.id, "at": request.at, "by": request.actor}
    try:
        return actions.begin_new(service_id=given["name"].strip(), given=words, like=given["like"], **told)
    except Refusal as refusal:
        beside(form, refusal)
        return None


@require_POST
@writers
def change(request: HttpRequest, service_id: str) -> HttpResponse:
    """Begin the next version of a service, or go on with the draft that there is."""
    row = queries.open_draft(request.acting_body.id, service_id) or actions.begin_change(
        body_id=request.acting_body.id, service_id=service_id, at=request.at, by=request.actor
    )
    return redirect("editor:draft", row.pk)


@require_POST
@writers
def retire(request: HttpRequest, service_id: str) -> HttpResponse:
    """Begin to take a service out of the catalogue."""
    row = actions.begin_retiring(body_id=request.acting_body.id, service_id=service_id, at=request.at, by=request.actor)
    return redirect("editor:draft", row.pk)
