"""Files with an answer: kept as soon as they are sent, so that nobody has to choose them twice."""

import math

from django.http import HttpRequest
from django.utils.translation import gettext

from moothall.casework.views.visit import front_body_id, language, today
from moothall.catalogue import queries as catalogue
from moothall.core import files
from moothall.core.refusal import Refusal


def gather(request: HttpRequest, draft, question, form) -> None:
    """Keep what was sent, leave out what was to be removed, and make the ids the form's answer."""
    gone = set(request.POST.getlist(f"{question.id}-remove"))
    kept = [i for i in draft.answers.get(question.id) or [] if i not in gone]
    for upload in request.FILES.getlist(question.id):
        if len(kept) >= question.most:
            break
        try:
            kept.append(str(_keep(request, draft, question, upload).pk))
        except Refusal as refusal:
            form.add_error(question.id, f"{upload.name[:60]}: {gettext(refusal.message)}")
    answer, problem = catalogue.check_answer(question, kept, language(request), today(request))
    if problem and not form.errors:
        form.add_error(question.id, problem)
    form.answers[question.id] = answer
    draft.answers[question.id] = kept


def _keep(request: HttpRequest, draft, question, upload):
    accept = "image" if question.accept == "image" else "any"
    return files.keep(
        upload,
        name=upload.name,
        body_id=draft.body_id or front_body_id(request),
        case_id=draft.pk,
        accept=accept,
        at=request.at,
        by=request.actor,
    )


def kept(draft, question) -> list:
    """Return the files kept with a question's answer before."""
    ids = set(draft.answers.get(question.id) or [])
    return [file for file in files.of_case(draft.pk) if str(file.pk) in ids]


def metres_away(draft) -> int:
    """Return how far from the place chosen a photo says that it was taken, in metres; 0 when near or not known.

    The place stored in a photo is read when it is kept, and taken out of the picture.
    """
    place = next((a for a in draft.answers.values() if isinstance(a, dict) and a.get("lat") is not None), None)
    answered = {i for answer in draft.answers.values() if isinstance(answer, list) for i in answer}
    if place is None or not answered:
        return 0
    taken = [(f.lat, f.lon) for f in files.of_case(draft.pk) if f.lat is not None and str(f.pk) in answered]
    away = min((_metres(place, lat, lon) for lat, lon in taken), default=0)
    return round(away, -1) if away > FAR else 0


#: Metres: phones are often wrong by less than this.
FAR = 150


def _metres(place: dict, lat: float, lon: float) -> int:
    """Return the distance on a plane, good to a few per cent at this latitude."""
    north = (lat - place["lat"]) * 111_200
    east = (lon - place["lon"]) * 111_200 * math.cos(math.radians(place["lat"]))
    return round(math.hypot(north, east))
