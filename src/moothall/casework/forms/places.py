"""What the place picker posts, turned into a place: chosen from a list, marked on the map, or only typed."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from moothall.bodies import queries as bodies

MOST = 10


def find(text: str, *, homes_only: bool = False) -> list[dict]:
    """Return the places that somebody's words may mean, best first."""
    found = bodies.find_places(text, MOST * 3 if homes_only else MOST)
    return [place for place in found if place.get("uprn")] if homes_only else found


def looked_up(question, picked: dict | None, field, before: dict | None = None) -> dict | None:
    """Return the place that was picked for a place or address question, in the shape that places have everywhere.

    Where words may mean several places they are put on `field.found` and a ValidationError says to choose.
    `before` is the place shown in the form: without scripts its hidden boxes come back although other words were typed.
    """
    if not picked:
        return None
    if before and picked["label"] == before.get("label") and picked["search"] not in ("", before.get("label")):
        picked = {**picked, "lat": None, "lon": None, "usrn": "", "uprn": "", "label": ""}
    homes_only = question.type == "address"
    place = _chosen(picked, homes_only)
    if place is None and picked["search"]:
        place = _meant(picked["search"], homes_only, field)
    if place is not None:
        place.pop("kind", None)
        place["note"] = picked["note"]
    return place


def _chosen(picked: dict, homes_only: bool) -> dict | None:
    """Return what was chosen from a list or marked on the map, or None."""
    try:
        place = bodies.complete(picked)
    except bodies.UnknownPlace:
        return None
    return None if place and homes_only and not place["uprn"] else place


def _meant(text: str, homes_only: bool, field) -> dict:
    found = find(text, homes_only=homes_only)
    if not found and homes_only:
        raise ValidationError(_("We found no such address. Type only the postcode, then choose the address."))
    if not found:
        raise ValidationError(_("We found no such place. Type only the street, or only the postcode."))
    field.found = [(bodies.choice_of(place), place["label"]) for place in found]
    if len(found) == 1:
        return found[0]
    raise ValidationError(_("Choose one of these places"), code="choose")
