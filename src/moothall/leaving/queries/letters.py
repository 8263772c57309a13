"""The letters of the day, as they will be or were written."""

from moothall.bodies import queries as bodies
from moothall.casework import queries as casework
from moothall.leaving.models import Departure
from moothall.leaving.queries.departures import afterwards
from moothall.leaving.rules.letters import LANGUAGES, About, letter
from moothall.ui.rules import date_words


def letter_of(departure: Departure, case, provider_since: int, language: str = "") -> tuple[str, str]:
    """Return (subject, text) of what the resident of an open case is told, in the case's language or another."""
    lang = "cy" if (language or case.language).startswith("cy") else "en"
    own, names = case.body_id == departure.body_id, bodies.names(lang)
    said = afterwards(departure.pk).get(case.service_id) if own else None
    about = About(
        leaver=names[departure.body_id], body=names[case.body_id], reference=case.reference, title=case.title,
        day=date_words(departure.leaves, lang), address=departure.address, phone=departure.phone,
        who=(said.name if said else "") if own else names[provider_since],
        track=casework.tracking_address(case.reference),
    )  # fmt: skip
    return letter(about, lang, own=own)


def previews(departure: Departure, limit: int = 20) -> list[dict]:
    """Return, for one open case of each service and body, its letter in both languages."""
    found = {}
    for case in casework.open_cases(departure.body_id, limit=2000):
        found.setdefault((case.body_id, case.service_id), case)
    rows = []
    for case in list(found.values())[:limit]:
        texts = {lang: letter_of(departure, case, case.body_id, lang) for lang in LANGUAGES}
        rows.append({"case": case, "ours": case.body_id == departure.body_id, "texts": texts})
    return rows
