"""Reads cases as another system puts them out, as CSV or as JSON lines: open ones, and those that have ended."""

import datetime as dt
import json
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from .lines import BadLine, day, needed

COLUMNS = ("number", "service", "opened")
LONDON = ZoneInfo("Europe/London")
CHANNELS = ("web", "api", "phone", "visit", "email", "post")
REACHED = ("name", "email", "phone", "address", "postcode")
PLACE = ("uprn", "usrn", "lat", "lon")
TRUE, FALSE = ("yes", "y", "true", "1"), ("no", "n", "false", "0")


@dataclass(frozen=True)
class CaseRow:
    """One case; `place` is what names it (a home, a street or a point), `done` {step: its outputs}.

    `closed` and `outcome` are of one that has ended.
    """

    number: str
    service: str
    opened: dt.datetime
    answers: dict
    place: dict
    contact: dict
    channel: str
    language: str
    promised: dt.date | None
    customer: str
    done: dict[str, dict] = field(default_factory=dict)
    closed: dt.datetime | None = None
    outcome: str = ""


def case(given: dict, definition_of) -> CaseRow:
    """Read one case. `definition_of(service id)` gives the service's definition, or None.

    Columns: number, service, opened; closed and outcome of one that has ended; channel, language, promised, customer;
    name, email, phone, address, postcode;
    uprn, usrn or lat and lon, note; done (names of ended steps, or JSON of their outputs); `answer_` and a question's
    name for each answer. In JSON lines `answers`, `place`, `contact` and `done` are objects.
    """
    number = needed(given, "number", "its number in the old system")
    service = needed(given, "service", "the name of the service, such as complaint")
    definition = definition_of(service)
    if definition is None:
        raise BadLine(f"Your body does not offer “{service[:40]}”. Take the service first, or leave this line out.")
    if len(number) > 60:
        raise BadLine("The column number has more than 60 characters.")
    channel = str(given.get("channel") or "phone").lower()
    if channel not in CHANNELS:
        raise BadLine(f"There is no channel “{channel[:20]}”. The channels are: {', '.join(CHANNELS)}.")
    language = str(given.get("language") or "en").lower()
    if language not in ("en", "cy"):
        raise BadLine("The column language holds neither en nor cy.")
    return CaseRow(
        number, service, _moment(given, "opened", "the day it was opened"), _answers(given, definition),
        _place(given), _contact(given), channel, language,
        day(given, "promised"), str(given.get("customer") or "").strip(), _done(given),
        *_ended(given, definition),
    )  # fmt: skip


def _ended(given: dict, definition) -> tuple[dt.datetime | None, str]:
    """Return when a case ended and how, by one of its service's outcomes; a day is taken at its end in London."""
    outcome = str(given.get("outcome") or "").strip()
    if not given.get("closed"):
        if outcome:
            raise BadLine("The column outcome says how it ended, and the column closed does not say when.")
        return None, ""
    if outcome not in definition.outcomes:
        raise BadLine(f"The column outcome says how it ended: {', '.join(definition.outcomes)}.")
    return _moment(given, "closed", "the day it ended", dt.time(23, 59, 59)), outcome


def _moment(given: dict, column: str, what: str, time: dt.time = dt.time(9)) -> dt.datetime:
    """Return a moment with its zone, or a day at a time in London: nine in the morning if nothing else is said."""
    text = needed(given, column, what)
    if "T" in text:
        try:
            found = dt.datetime.fromisoformat(text)
        except ValueError:
            raise BadLine(f"The column {column} holds no moment like 2026-04-30T10:00:00Z.") from None
        return found if found.tzinfo else found.replace(tzinfo=LONDON)
    return dt.datetime.combine(day(given, column), time, LONDON)


def _answers(given: dict, definition) -> dict:
    if isinstance(given.get("answers"), dict):
        return dict(given["answers"])
    found = {}
    for question in definition.questions:
        text = str(given.get(f"answer_{question.id}") or "").strip()
        if text:
            found[question.id] = _value(question, text)
    return found


def _value(question, text: str):
    """Return an answer as the service keeps it; what will not do stays text, and the service says what is wrong."""
    match question.type:
        case "yes-no" | "declaration":
            small = text.lower()
            return True if small in TRUE else False if small in FALSE else text
        case "many":
            return [part.strip() for part in text.split(";") if part.strip()]
        case "number":
            return int(text) if text.lstrip("-").isdigit() else text
        case "date":
            return str(day({"day": text}, "day"))
        case "person" | "organisation":
            return {"name": text}
        case "vehicle":
            return {"registration": text}
        case _:
            return text


def _place(given: dict) -> dict:
    found = given["place"] if isinstance(given.get("place"), dict) else given
    place = {key: found[key] for key in (*PLACE, "note") if found.get(key)}
    for key in ("lat", "lon"):
        if key in place:
            try:
                place[key] = float(place[key])
            except (TypeError, ValueError):
                raise BadLine(f"The column {key} holds no number.") from None
    return place if place.keys() & set(PLACE) else {}


def _contact(given: dict) -> dict:
    found = given["contact"] if isinstance(given.get("contact"), dict) else given
    return {key: str(found[key]).strip() for key in REACHED if found.get(key)}


def _done(given: dict) -> dict[str, dict]:
    """Return the steps that ended there.

    >>> _done({"done": "acknowledge; stage_one"})
    {'acknowledge': {}, 'stage_one': {}}
    >>> _done({"done": '{"pay": {"paid": true}}'})
    {'pay': {'paid': True}}
    """
    said = given.get("done") or ""
    if isinstance(said, str) and said.strip().startswith("{"):
        try:
            said = json.loads(said)
        except ValueError:
            raise BadLine("The column done is no JSON object.") from None
    if isinstance(said, str):
        return {part.strip(): {} for part in said.split(";") if part.strip()}
    if not isinstance(said, dict) or not all(isinstance(outputs, dict) for outputs in said.values()):
        raise BadLine("The column done names steps, or holds an object of their outputs.")
    return said
