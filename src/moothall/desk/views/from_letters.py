"""Asking for a service that somebody asked for in writing: what their words hold is written into the boxes."""

from uuid import UUID

from django.http import HttpRequest

from moothall.bodies import queries as bodies
from moothall.inbox import queries as inbox

CAME_BY = {"email": "email", "post": "post", "fax": "post", "sms": "phone"}
"""How a case says that somebody came; how they really came, the contact says."""


def letter_to_ask_from(request: HttpRequest):
    """Return the arrival that the page is opened for, if it waits; else None. Refuses NotYours."""
    text = request.POST.get("letter") or request.GET.get("letter") or ""
    try:
        row = inbox.arrival(UUID(text))
    except ValueError:
        return None
    return row if row.state in ("waiting", "doubtful") else None


def caller_in(row) -> dict:
    """Return who wrote, as it would be typed."""
    if row is None:
        return {}
    code = next((place for place in row.found.get("places", []) if len(place) <= 8), "")
    return {
        "channel": CAME_BY[row.channel],
        "name": row.sender_name,
        "email": row.sender if "@" in row.sender else "",
        "phone": row.found.get("phone", ""),
        "postcode": code,
    }


def answers_in(row, definition) -> dict:
    """Return what a letter's words answer of a service's questions: where it is, who it is for, what it is about.

    An adviser reads what was found before it is sent.
    """
    if row is None:
        return {}
    found: dict = {}
    place, told = _place(row), False
    for question in definition.questions:
        if question.type in ("place", "address") and place and (question.type == "place" or place.get("uprn")):
            found.setdefault(question.id, place)
        elif question.type == "long-text" and not told:
            found[question.id], told = row.text[: question.most], True
        elif question.type == "person" and row.sender_name:
            found[f"{question.id}-name"] = row.sender_name
    return found


def _place(row) -> dict | None:
    """Return the first place that a letter names and that we know."""
    for words in row.found.get("places", []):
        places = bodies.find_places(words, limit=1)
        if places:
            return places[0]
    return None
