"""
A service as Open311 knows it: its questions are attributes, its place is where the report is.

Source: Open311 GeoReport v2, GET Service Definition (https://wiki.open311.org/GeoReport_v2).
"""

from collections.abc import Mapping

DATATYPES = {
    "choice": "singlevaluelist",
    "many": "multivaluelist",
    "yes-no": "singlevaluelist",
    "declaration": "singlevaluelist",
    "text": "string",
    "long-text": "text",
    "number": "number",
    "money": "number",
    "date": "datetime",
}
#: Questions of several parts are an attribute for each part.
PARTS = {
    "vehicle": {"registration": ("Registration number", "Rhif cofrestru"), "make": ("Make", "Gwneuthuriad"),
                "colour": ("Colour", "Lliw")},
    "organisation": {"name": ("Name", "Enw"), "number": ("Registered number", "Rhif cofrestredig")},
}  # fmt: skip
#: What FixMyStreet sends beside the attributes it was told of; we need none of it, as we read places from our own map.
BESIDE = {
    "fixmystreet_id", "easting", "northing", "title", "description", "report_url", "category", "group",
    "closest_address", "external_id", "usrn", "NSGRef", "asset_details",
}  # fmt: skip
SOMETIMES = (" (asked only where other answers lead to it)", " (dim ond lle mae atebion eraill yn arwain ato)")
FORMS = {
    "date": ("A day, such as 2026-03-31", "Diwrnod, fel 2026-03-31"),
    "money": ("Pounds and pence, such as 12.50", "Punnoedd a cheiniogau, fel 12.50"),
}


def _in(words: tuple[str, str], lang: str) -> str:
    return words[lang == "cy"]


def place_of(definition):
    """Return the question that says where, if the service publishes its places; else None."""
    places = [q for q in definition.questions if q.type == "place"]
    return places[0] if len(places) == 1 and places[0].published and definition.duplicates else None


def can_be_asked(definition) -> bool:
    """Tell whether a report can be made whole by Open311.

    It must be about a published place, cost nothing, need no sign-in, be no urgent referral, and ask nothing needed
    that has no attribute.
    """
    where = place_of(definition)
    if where is None or definition.fee or definition.urgent or definition.sign_in == "needed":
        return False
    return all(q is where or q.optional or q.type in DATATYPES or q.type in PARTS for q in definition.questions)


def attributes(definition, lang: str = "en") -> list[dict]:
    """Return the attributes of a service in the order they are asked, as GET Service Definition gives them."""
    found = []
    for question in definition.questions:
        if question.type in PARTS:
            for part, words in PARTS[question.type].items():
                label = f"{question.label.in_(lang)} {_in(words, lang)}"
                found.append(_attribute(question, f"{question.id}_{part}", "string", label, False, lang))
        elif question.type in DATATYPES:
            needed = not question.optional and question.when is None
            label = question.label.in_(lang)
            found.append(_attribute(question, question.id, DATATYPES[question.type], label, needed, lang))
    return [attribute | {"order": order} for order, attribute in enumerate(found, 1)]


def _attribute(question, code: str, datatype: str, label: str, needed: bool, lang: str) -> dict:
    form = _in(FORMS[question.type], lang) if question.type in FORMS else ""
    helped = question.help.in_(lang) if question.help else ""
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": needed,
        "datatype_description": helped or form,
        "order": 0,
        "description": label + (_in(SOMETIMES, lang) if question.when else ""),
        "values": _values(question, lang),
    }


def _values(question, lang: str) -> list[dict]:
    if question.type == "yes-no":
        named = {"yes": _in(("Yes", "Ie"), lang), "no": _in(("No", "Na"), lang)}
    elif question.type == "declaration":
        named = {"yes": question.words.in_(lang)}
    else:
        named = {code: option.in_(lang) for code, option in getattr(question, "options", {}).items()}
    return [{"key": key, "name": name} for key, name in named.items()]


def answers(definition, given: Mapping[str, list[str]]) -> tuple[dict, list[str]]:
    """Return (answers by question, codes that the service has no attribute for) of what was sent as attributes."""
    found, unknown = {}, []
    parts = {f"{q.id}_{part}": (q.id, part) for q in definition.questions if q.type in PARTS for part in PARTS[q.type]}
    for code, values in given.items():
        values = [value for value in values if value.strip()]
        question = definition.ask.get(code)
        if code in parts and values:
            name, part = parts[code]
            found.setdefault(name, {})[part] = values[0]
        elif question and question.type in DATATYPES and values:
            found[code] = _answer(question, values)
        elif code not in parts and (question is None or question.type not in DATATYPES) and code not in BESIDE:
            unknown.append(code)
    return found, unknown


def _answer(question, values: list[str]):
    if question.type == "many":
        return [one.strip() for value in values for one in value.split(",")]
    return values[0][:10] if question.type == "date" else values[0]


def described(definition, found: dict, text: str) -> tuple[dict, str]:
    """Return (answers, note beside the place): a description goes to the question for it, else beside the place."""
    free = (q for q in definition.questions if q.type == "long-text" and q.when is None and q.id not in found)
    question = next(free, None)
    if text and question and len(text) <= question.most:
        return found | {question.id: text}, ""
    return found, text
