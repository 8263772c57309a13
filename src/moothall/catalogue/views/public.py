"""Public pages: all services, topics, search, and what one service is."""

import itertools

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.core.ports import access_points, service_alert, service_figure, service_offer, service_wait

FOR_ALL = anyone("services are public")
MOST_TYPED = 200


def language() -> str:
    """Return "cy" or "en", whichever the reader chose."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def where(request: HttpRequest) -> dict | None:
    """Return the place the visitor gave (a postcode or street), or None; `?where=` gives it, `?where=-` forgets it.

    It is kept in the browser's session, so that it need be given only once.
    """
    typed = request.GET.get("where", "").strip()[:MOST_TYPED]
    if typed == "-":
        for name in ("where", "where_label"):
            request.session.pop(name, None)
        return None
    if typed and typed != request.session.get("where_label"):
        found = bodies.find_places(typed, 1)
        if not found:
            return None
        request.session["where"] = bodies.choice_of(found[0])
        request.session["where_label"] = found[0]["label"]
    if choice := request.session.get("where"):
        try:
            return bodies.chosen(choice)
        except bodies.UnknownPlace:
            request.session.pop("where")
    return None


def responsible(definition, place: dict | None):
    """Return who does this at a place, or None when no place is known."""
    return bodies.responsible(definition.work, place) if place else None


def _doer(found, place: dict | None):
    """Return who does a service at a place; None for a page, which is nobody's duty there."""
    return responsible(found.definition, place) if isinstance(found, queries.Published) else None


@FOR_ALL
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List all services from A to Z, and the topics."""
    lang = language()
    published = queries.services()
    ordered = sorted([*published, *queries.pages()], key=lambda p: p.definition.title.in_(lang).casefold())
    letters = [
        (letter, list(group))
        for letter, group in itertools.groupby(ordered, key=lambda p: p.definition.title.in_(lang)[0].upper())
    ]
    words = {"letters": letters, "events": queries.life_events(published).values()}
    return render(request, "catalogue/index.html", words)


@FOR_ALL
@require_safe
def topic(request: HttpRequest, name: str) -> HttpResponse:
    """List what belongs to one topic."""
    topics = queries.topics()
    if name not in topics:
        raise Http404
    found = [p for p in [*queries.services(), *queries.pages()] if name in p.definition.topics]
    others = [(n, text) for n, text in topics.items() if n != name]
    return render(request, "catalogue/topic.html", {"topic": topics[name], "services": found, "others": others})


@FOR_ALL
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Find a service by the visitor's own words; a postcode or street says which body does it there."""
    typed = request.GET.get("q", "").strip()[:MOST_TYPED]
    place = where(request)
    asked_where = request.GET.get("where", "").strip()[:MOST_TYPED]
    found = [(p, _doer(p, place)) for p in (queries.look_up(typed) if typed else [])]
    context = {
        "typed": typed,
        "events": queries.find_life_events(typed) if typed else [],
        "found": found,
        "place": place,
        "unknown_place": asked_where if asked_where not in ("", "-") and not place else "",
    }
    return render(request, "catalogue/find.html", context)


@FOR_ALL
@require_safe
def page(request: HttpRequest, service_id: str) -> HttpResponse:
    """Say what one service is, what it costs, how long it takes and who does it, with a button to start."""
    published = queries.current(service_id)
    place = where(request)
    doer = responsible(published.definition, place)
    body = bodies.body(doer.body_id) if doer and doer.body_id else _front_body(request, published.definition)
    offer = _offer(service_id, body.id, request) if body else None
    version_id, own = offer or (published.id, {})
    definition = queries.definition(version_id)
    if definition.urgent:
        request.quick_exit = queries.AWAY
    doers = [b for b in bodies.bodies(partner=True) if b.kind in definition.done_by.bodies]
    context = {
        "lines": queries.lines(definition, body, request.at, language()),
        "definition": definition,
        "structured": queries.structured(definition, request.build_absolute_uri(f"/services/{service_id}/"), doers),
        "heading": definition.title.in_(language()),
        "lead": definition.summary.in_(language()),
        "needs": queries.needs(definition, own),
        "cost": queries.cost_words(definition, own, language()),
        "promise": _promise(request, definition, own, body),
        "dates": queries.coming_days(definition, local(request.at).date(), language()),
        "review": queries.review_words(definition, language()) if definition.review else "",
        "basis": queries.lawful_basis(definition, language()),
        "received": _received(definition.id, body.id) if body and definition.other_ways.visit else [],
        "figure": _figure(service_id, body.id if body else None),
        "alerts": _alerts(service_id, place, body.id if body else None),
        "place": place,
        "doer": doer,
        "body": body,
        "doers": doers,
        "related": _related(definition),
        "start_url": f"/services/{service_id}/start" if not doer or doer.partner else None,
    }
    return render(request, "catalogue/service.html", context)


def _front_body(request: HttpRequest, definition):
    """Return the body whose front door this is, if it is of a kind that does this."""
    body = getattr(request, "front_body", None)
    return body if body and body.kind in definition.done_by.bodies else None


def _offer(service_id: str, body_id: int, request: HttpRequest):
    day = local(request.at).date()
    return next((o for a in service_offer if (o := a.give(service_id, body_id, day))), None)


def _promise(request: HttpRequest, definition, own: dict, body) -> str:
    """Say how long it takes; where whoever does it is full, by which day."""
    day = local(request.at).date()
    wait = next((w for a in service_wait if (w := a.give(definition.id, body.id, day))), None) if body else None
    return queries.delayed_words(*wait, language()) if wait else queries.promise_words(definition, own, language())


def _figure(service_id: str, body_id: int | None):
    return next((f for answer in service_figure if (f := answer.give(service_id, body_id))), None)


def _received(service_id: str, body_id: int) -> list[dict]:
    """Return the places of a body where somebody can come and ask for a service."""
    return [place for answer in access_points for place in answer.give(body_id, service_id)]


def _alerts(service_id: str, place: dict | None, body_id: int | None) -> list[tuple[str, str]]:
    return [alert for answer in service_alert for alert in answer.give(service_id, place, body_id)]


def _related(definition) -> list:
    return [queries.current(other) for other in definition.related if queries.is_published(other)]


@FOR_ALL
@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """Return the JSON Schema of the definition language, for editors."""
    return _open_data(queries.json_schema(), "application/schema+json")


@FOR_ALL
@require_safe
def structured(request: HttpRequest, service_id: str) -> JsonResponse:
    """Return the service as schema.org GovernmentService in JSON-LD, for search engines."""
    published = queries.current(service_id)
    doers = [b for b in bodies.bodies(partner=True) if b.kind in published.definition.done_by.bodies]
    address = request.build_absolute_uri(f"/services/{service_id}/")
    return _open_data(queries.structured(published.definition, address, doers), "application/ld+json")


@FOR_ALL
@require_safe
def definition(request: HttpRequest, service_id: str) -> HttpResponse:
    """Return the definition as it was written, for anyone who wants to read or copy it."""
    source = queries.source(queries.current(service_id).id)
    response = HttpResponse(source, content_type="application/yaml; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _open_data(data: dict, content_type: str) -> JsonResponse:
    response = JsonResponse(data, content_type=content_type, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept-Language"])
    return response
