"""
How a step is asked for by Open311, and what the other system's statuses mean for it, as the body that links it says.

Terms are plain data: {"jurisdiction_id", "format", "steps": {performer: {"code", "attributes", "description", "done",
"outputs", "refused"}}}. Source: Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2); statuses beyond open and
closed are FixMyStreet's (https://github.com/mysociety/fixmystreet/wiki/Open311-FMS-Additional-states).
"""

from collections.abc import Mapping
from datetime import date
from string import Template

from moothall.functions.links.rules.signed import AGAIN, Answer

#: What a status means where the terms do not say.
DONE, REFUSED = ("closed", "fixed"), ("no_further_action", "not_councils_responsibility", "unable_to_fix", "duplicate")
STEP = {"code", "attributes", "description", "done", "outputs", "refused"}
FIELDS = {"format", "jurisdiction_id", "steps"}
NO_REASON = "Whoever does this work for us has closed it without doing it."


def check_terms(terms, function: str) -> list[str]:
    """Return what is wrong with the terms of a link, in words; empty when they will do."""
    if not isinstance(terms, dict) or not isinstance(terms.get("steps"), dict) or not terms["steps"]:
        return ["Say under `steps` which steps it does, such as `waste.clear`, each with its `code`."]
    wrong = [] if terms.get("format", "json") in ("json", "xml") else ["Write `format` as json or xml."]
    wrong += [f"`{name}` is not known here: use {', '.join(sorted(FIELDS))}." for name in terms.keys() - FIELDS]
    for name, step in terms["steps"].items():
        if not isinstance(step, dict) or not isinstance(step.get("code"), str | dict) or not step["code"]:
            wrong.append(f"`{name}`: give `code`, their service_code, or one for each of our services.")
            continue
        if not name.startswith(f"{function}."):
            wrong.append(f"`{name}` is no step of {function}.")
        wrong += [f"`{name}`: `{part}` is not known: use {', '.join(sorted(STEP))}." for part in step.keys() - STEP]
        for part in ("attributes", "outputs"):
            if not isinstance(step.get(part, {}), dict):
                wrong.append(f"`{name}`: write `{part}` as names with values.")
        for part in ("description", "done", "refused"):
            if not isinstance(step.get(part, []), list):
                wrong.append(f"`{name}`: write `{part}` as a list.")
    return sorted(wrong)


def performs(terms: Mapping, performer: str) -> bool:
    """Tell whether a link by Open311 takes this step: only those that its terms name."""
    return performer in terms.get("steps", {})


def request(terms: Mapping, asked: Mapping) -> dict[str, str | list[str]]:
    """Return the form that asks another system for a step. `asked` is a link's message: what the work needs, and
    nothing of who asked; of the resident's own words only those that the terms put into the description.
    """
    step, place, answers = terms["steps"][asked["step"]], asked.get("place") or {}, asked.get("answers") or {}
    code = step["code"] if isinstance(step["code"], str) else step["code"].get(asked["service"], asked["service"])
    said = [_written(answers[name]) for name in step.get("description", []) if answers.get(name)]
    note = place.get("note") if "place" in step.get("description", []) else ""
    form = {
        "service_code": code,
        "lat": str(place.get("lat") or ""),
        "long": str(place.get("lon") or ""),
        "address_string": place.get("label") or place.get("street") or "",
        "description": " ".join([*filter(None, [*said, note]), f"Our reference: {asked['reference']}."]),
    }
    if terms.get("jurisdiction_id"):
        form["jurisdiction_id"] = terms["jurisdiction_id"]
    for theirs, ours in step.get("attributes", {}).items():
        if (value := answers.get(ours)) not in (None, "", []):
            many = isinstance(value, list)
            form[f"attribute[{theirs}]{'[]' if many else ''}"] = [str(v) for v in value] if many else _written(value)
    return {name: value for name, value in form.items() if value}


def _written(value) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def meaning(terms: Mapping, performer: str, told: Mapping[str, str], *, reference: str, today: date) -> Answer:
    """Return what their word about a request means for a step: accepted while it goes on, done, or refused.

    `told` has `status` and, as far as they say, `status_notes` or `description`. Outputs may hold `$notes`,
    `$reference` and `$today`.
    """
    step, status = terms["steps"][performer], (told.get("status") or "").strip().lower().replace(" ", "_")
    notes = (told.get("status_notes") or told.get("description") or "").strip()
    if status in _statuses(step, "refused", REFUSED):
        return Answer("refused", {}, notes or NO_REASON, reference)
    if status in _statuses(step, "done", DONE):
        known = {"notes": notes, "reference": reference, "today": today.isoformat()}
        filled = {name: _filled(value, known) for name, value in step.get("outputs", {}).items()}
        return Answer("done", filled, reference=reference)
    return Answer("accepted", {}, reference=reference)


def _statuses(step: Mapping, part: str, usual: tuple[str, ...]) -> set[str]:
    return {str(status).lower() for status in step.get(part, usual)}


def _filled(value, known: Mapping[str, str]):
    return Template(value).safe_substitute(known) if isinstance(value, str) else value


def refusal(status: int, items: list[Mapping[str, str]]) -> Answer:
    """Return what their refusal of a request means: ask again later, no such request, or a person must look."""
    if status in AGAIN:
        return Answer("again", {}, f"The other system answered {status}.")
    if status == 404:
        return Answer("unknown", {}, "The other system does not know this request.")
    said = "; ".join(item.get("description", "") for item in items)[:300]
    return Answer("broken", {}, f"The other system refused the request with {status}: {said}".rstrip(": "))
