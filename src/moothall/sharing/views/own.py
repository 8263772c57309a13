"""The services that a body answers for: who does each, and the way to do it oneself or to set it otherwise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import guard
from moothall.sharing import actions
from moothall.sharing.queries import adoptions, drawing, offering
from moothall.sharing.rules.ways import may_do
from moothall.sharing.views.offers import MAY_OFFER as MAY_DRAW
from moothall.sharing.views.offers import READERS, today


@require_safe
@guard.staff(*READERS)
def ours(request: HttpRequest) -> HttpResponse:
    """List the services of our kind of body: who does each for us, in which version, and what can be done about it."""
    body, day = request.acting_body, today(request)
    running = {row.service_id: row for row in adoptions(day, body_id=body.id)}
    drafts = {row.service_id: row for row in drawing.draw_downs(body.id) if row.state == "draft"}
    offered = {row.service_id for row in offering.offers(day) if row.body_id != body.id}
    rows = [
        _shown(published, running.get(published.service_id), drafts.get(published.service_id), body.id)
        | {"offered": published.service_id in offered}
        for published in catalogue.services()
        if may_do(body.kind, published.definition) or published.service_id in running
    ]
    context = {
        "heading": "Services we answer for",
        "rows": rows,
        "offered": sum(1 for row in rows if row["provider"]),
        "may": bool(request.roles & set(MAY_DRAW)),
    }
    return render(request, "sharing/drawing/ours.html", context)


def _shown(published, now, draft, body_id: int) -> dict:
    """Return a service as the list shows it: `now` is the adoption that runs, `draft` what is being prepared."""
    number = catalogue.version(now.version_id).number if now else None
    own = now is not None and now.provider_id == body_id
    newer = published.number if own and number < published.number else None
    return {
        "title": published.definition.title.en,
        "service_id": published.service_id,
        "provider": bodies.body(now.provider_id) if now else None,
        "own": own,
        "number": number,
        "newer": newer,
        "promise": catalogue.promise_words(catalogue.definition(now.version_id), now.parameters) if now else "",
        "cost": _begun_small(catalogue.cost_words(catalogue.definition(now.version_id), now.parameters)) if now else "",
        "draft": draft,
        "begin": ("Set it otherwise" if newer or published.definition.leaves_open else "")
        if own
        else "Do it ourselves",
    }


def _begun_small(words: str) -> str:
    return words[:1].lower() + words[1:]


@require_POST
@guard.staff(*MAY_DRAW)
def begin(request: HttpRequest, service_id: str) -> HttpResponse:
    """Begin a draft of a service that our own staff are to do."""
    row = actions.begin_own(body_id=request.acting_body.id, service_id=service_id, at=request.at, by=request.actor)
    return redirect("sharing:draw_down", row.pk)
