"""What was reported already, for the place picker's map: no more than that it is there."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from moothall.casework.queries.places import reported_within
from moothall.core.guard import anyone
from moothall.core.refusal import Refusal
from moothall.ui.rules import day_words

#: Degrees across, above which a map is too wide to ask about.
WIDEST = 3.0


class NoSuchArea(Refusal):
    """That is not a part of the map we know. Give west, south, east and north in degrees, at most 3 degrees across."""

    status = 422


def _box(request: HttpRequest) -> tuple[float, float, float, float]:
    """Return west, south, east, north in degrees."""
    try:
        west, south, east, north = (float(part) for part in request.GET.get("bbox", "").split(","))
    except ValueError:
        raise NoSuchArea(field="bbox") from None
    if not (west < east <= west + WIDEST and south < north <= south + WIDEST):
        raise NoSuchArea(field="bbox")
    return west, south, east, north


@anyone("published places hold nothing personal")
@require_GET
def reported(request: HttpRequest) -> JsonResponse:
    """Answer with what is reported and open in a part of the map (GeoJSON, RFC 7946)."""
    shapes = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {"label": f"{title}, {day_words(place.reported_on)}"},
        }
        for title, place in reported_within(*_box(request))
    ]
    return JsonResponse({"type": "FeatureCollection", "features": shapes}, content_type="application/geo+json")
