"""Public pages and map data: which bodies there are, what is where, and who does what here."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from moothall.bodies import queries
from moothall.bodies.rules.duties import FIND_A_COUNCIL, duties_of
from moothall.bodies.rules.kinds import KIND_NAMES
from moothall.core import guard
from moothall.core.clock import local
from moothall.core.ports import body_notice

MOST_FOUND = 12
AREA_KINDS = ("district", "ward", "parish", "settlement")


def _public(max_age: int):
    """Let anybody read it, and let caches keep it for so many seconds."""

    def decorate(view):
        kept = wraps(view)(require_safe(cache_control(public=True, max_age=max_age)(view)))
        return guard.anyone("where places and streets are is published")(kept)

    return decorate


@_public(max_age=60)
def search(request: HttpRequest) -> JsonResponse:
    """Answer the place picker: places for `q`, best first."""
    found = queries.find_places(request.GET.get("q", "")[:200], MOST_FOUND)
    return JsonResponse({"results": [_result(place) for place in found]})


@_public(max_age=60)
def at(request: HttpRequest) -> JsonResponse:
    """Answer the place picker: what is at `lat`, `lon`; 404 outside every council's area."""
    try:
        place = queries.place(float(request.GET.get("lat", "")), float(request.GET.get("lon", "")))
    except (ValueError, OverflowError):
        return _problem(_("Give lat and lon in degrees, such as lat=52.45&lon=-2.09."))
    if not queries.councils_at(place):
        return _problem(_("That place is outside every area we know."), status=404)
    return JsonResponse(_result(place))


def _result(place: dict) -> dict:
    parts = ("label", "lat", "lon", "usrn", "uprn", "postcode", "ward")
    return {"value": queries.choice_of(place), **{part: place[part] for part in parts}}


def _problem(detail: str, status: int = 400) -> JsonResponse:
    problem = {"title": _("That was not possible"), "status": status, "detail": detail}
    return JsonResponse(problem, status=status, content_type="application/problem+json")


@_public(max_age=3600)
def streets(request: HttpRequest) -> JsonResponse:
    """Return the streets in `bbox` (west,south,east,north in degrees) as GeoJSON."""
    try:
        west, south, east, north = (float(x) for x in request.GET.get("bbox", "").split(","))
        found = queries.streets_geojson(west, south, east, north)
    except (ValueError, OverflowError):
        return _problem(_("Give bbox=west,south,east,north in degrees, such as bbox=-2.11,52.44,-2.08,52.46."))
    return JsonResponse(found, content_type="application/geo+json")


@_public(max_age=3600)
def areas(request: HttpRequest) -> JsonResponse:
    """Return areas as GeoJSON: `kind` district (the default), ward, parish or settlement; `body` narrows."""
    kind = request.GET.get("kind", "district")
    if kind not in AREA_KINDS:
        return _problem(_("kind is one of %(kinds)s.") % {"kinds": ", ".join(AREA_KINDS)})
    slug = request.GET.get("body")
    body_id = queries.body(slug).id if slug else None
    return JsonResponse(queries.areas_geojson(kind, body_id), content_type="application/geo+json")


@guard.anyone("who does what is published")
@require_safe
def where(request: HttpRequest) -> HttpResponse:
    """Say who does what at a place: ask for it, offer what was found, and answer when it is one."""
    typed = request.GET.get("q", "").strip()[:200]
    choice = request.GET.get("place", "")
    found = queries.find_places(typed, MOST_FOUND) if typed and not choice else []
    place = queries.chosen(choice) if choice else found[0] if _is_one_answer(found) else None
    context = {"typed": typed, "found": [] if place else [_result(p) for p in found], "place": place}
    if place:
        context |= {
            "rows": queries.who_does_what(place),
            "councils": queries.councils_at(place),
            "elsewhere": FIND_A_COUNCIL,
        }
    return render(request, "bodies/where.html", context)


def _is_one_answer(found: list[dict]) -> bool:
    """Whether what was typed needs no choosing: one find, or a postcode, which one council serves as a rule."""
    return len(found) == 1 or bool(found and found[0]["kind"] == "postcode")


@guard.anyone("which bodies there are is published")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the bodies: those that share this platform, and those we send people to."""
    groups = [
        (_("They work together here"), queries.bodies(partner=True)),
        (_("Neighbours, whom we tell you how to reach"), queries.bodies(partner=False)),
    ]
    return render(request, "bodies/index.html", {"groups": groups, "kinds": KIND_NAMES})


def _notices(request: HttpRequest, body_id: int) -> list[tuple[str, str]]:
    """Return what the chapters above know of a body that is to change: (sentence, address)."""
    lang = "cy" if (get_language() or "").startswith("cy") else "en"
    return [one for answer in body_notice for one in answer.give(body_id, local(request.at).date(), lang)]


@guard.anyone("which bodies there are is published")
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one body: what the law has it do, where, and how to reach it."""
    try:
        body = queries.body(slug)
    except queries.UnknownBody as unknown:
        raise Http404 from unknown
    wards = [feature["properties"]["name"] for feature in queries.areas_geojson("ward", body.id)["features"]]
    context = {
        "body": body,
        "kind": KIND_NAMES[body.kind],
        "duties": duties_of(body.kind),
        "exceptions": queries.exceptions_of(body.id),
        "wards": sorted(wards),
        "notices": _notices(request, body.id),
    }
    return render(request, "bodies/page.html", context)
