"""Where people are received, for everybody: the list, each place with its opening times, and the number on the wall."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.guard import anyone
from moothall.desk import queries
from moothall.desk.rules.points import ACCESS, LANGUAGES

EVERYONE = anyone("where people are received, and which number is called, is for all to see")
AGAIN = 10
"""After how many seconds the wall asks for the next number."""


def language() -> str:
    """Return the language of the page: en or cy."""
    return "cy" if (get_language() or "").startswith("cy") else "en"


def line_of(point, at) -> dict:
    """Return a place in words, with whether it is open."""
    opening = queries.opening(point, at, language())
    return {
        "point": point,
        "name": (point.name_cy if language() == "cy" else "") or point.name,
        "body": bodies.body(point.body_id),
        "hours": catalogue.hours_in_words(point.hours, language()),
        "until": catalogue.clock_in_words(opening.until, language()) if opening.until else "",
        "otherwise": [(day, _times(hours), why) for day, hours, why in opening.otherwise],
    }


def _times(hours: str) -> str:
    """Return the times alone of a day's hours, in words: the day is known."""
    spans = catalogue.hours_in_words(hours, language()).split("; ") if hours else []
    return ", ".join(span.partition(", ")[2] for span in spans)


@EVERYONE
@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """List the places where people are received, by body; `?service=` narrows to where one is to be had."""
    wanted = request.GET.get("service", "")
    titles = {p.service_id: p.definition.title.in_(language()) for p in catalogue.services()}
    found = queries.points(service_id=wanted if wanted in titles else "")
    words = {"lines": [line_of(point, request.at) for point in found], "service": titles.get(wanted, "")}
    return render(request, "desk/points.html", words)


@EVERYONE
@require_safe
def point(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    """Show one place: where it is, when it is open, what it is for, who can help there, and how long one waits."""
    found = queries.point(slug, place)
    titles = {p.service_id: p.definition.title.in_(language()) for p in catalogue.services()}
    words = line_of(found, request.at) | {
        "services": sorted((titles[one], one) for one in found.services if one in titles),
        "languages": [_(words) for code, words in LANGUAGES if code in found.languages],
        "access": [_(words) for code, words in ACCESS if code in found.access],
        "queue": queries.queue_of(found, request.at) if found.tickets else None,
    }
    return render(request, "desk/point.html", words)


@EVERYONE
@require_safe
def wall(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    """Show which number is called to which counter, in letters for a wall; the page asks again by itself."""
    found = queries.point(slug, place)
    queue = queries.queue_of(found, request.at)
    words = {
        "name": line_of(found, request.at)["name"],
        "queue": queue,
        "now": queue.called[:1],
        "last": queue.called[1:5],
    }
    answer = render(request, "desk/wall.html", words)
    answer["Refresh"] = str(AGAIN)
    answer["Cache-Control"] = "no-store"
    return answer
