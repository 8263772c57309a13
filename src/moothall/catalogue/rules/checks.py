"""How each type of answer is checked and put into the form that is kept."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from pydantic_core import SchemaError, SchemaValidator, ValidationError, core_schema

from moothall.catalogue.rules.kinds import PLACE_PARTS
from moothall.ui.rules import date_words

HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that nobody sees: control codes, halves of characters, and those that turn what follows around."""
LARGEST = 10**12
"""No number or amount that a service asks for is as large as this."""
LONGEST_PART = 300
POINT = ("lat", "lon", "easting", "northing")
KEPT_FILE = re.compile(r"[\w-]{1,64}")

SAYINGS = {
    "yes": ("Yes", "Ie"),
    "no": ("No", "Na"),
    "agreed": ("Agreed", "Cytunwyd"),
    "files": ("{n} attached", "{n} wedi'u hatodi"),
    "unknown": (
        "This service does not ask that. Leave it out.",
        "Nid yw'r gwasanaeth hwn yn gofyn hynny. Gadewch ef allan.",
    ),
    "missing place": (
        "Say where it is: give a street, or pick a point on the map",
        "Dywedwch ble mae: rhowch stryd, neu dewiswch bwynt ar y map",
    ),
    "missing address": ("Find and choose your address", "Chwiliwch am eich cyfeiriad a'i ddewis"),
    "missing choice": ("Choose one answer", "Dewiswch un ateb"),
    "missing many": ("Choose at least one", "Dewiswch o leiaf un"),
    "missing text": ("Write an answer", "Ysgrifennwch ateb"),
    "missing long-text": ("Write an answer", "Ysgrifennwch ateb"),
    "missing number": ("Write a number", "Ysgrifennwch rif"),
    "missing money": ("Write an amount, such as 12.50", "Ysgrifennwch swm, fel 12.50"),
    "missing date": ("Give the day, month and year", "Rhowch y diwrnod, y mis a'r flwyddyn"),
    "missing yes-no": ("Choose yes or no", "Dewiswch ie neu na"),
    "missing file": ("Choose a file", "Dewiswch ffeil"),
    "missing person": ("Write the name", "Ysgrifennwch yr enw"),
    "missing organisation": ("Write the name of the organisation", "Ysgrifennwch enw'r sefydliad"),
    "missing vehicle": (
        "Give the registration number, or the make and colour",
        "Rhowch y rhif cofrestru, neu'r gwneuthuriad a'r lliw",
    ),
    "missing declaration": ("Tick the box to agree before you go on", "Ticiwch y blwch i gytuno cyn mynd ymlaen"),
    "not an option": ("Choose one of the answers shown", "Dewiswch un o'r atebion a ddangosir"),
    "at most": ("Choose {n} or fewer", "Dewiswch {n} neu lai"),
    "at least": ("Choose {n} or more", "Dewiswch {n} neu fwy"),
    "too long": ("Write {n} characters or fewer", "Ysgrifennwch {n} nod neu lai"),
    "not a number": ("Write a number in figures, such as 3", "Ysgrifennwch rif mewn ffigurau, fel 3"),
    "whole": ("Write a whole number, such as 3", "Ysgrifennwch rif cyfan, fel 3"),
    "no less": ("Write a number that is {n} or more", "Ysgrifennwch rif sy'n {n} neu fwy"),
    "no more": ("Write a number that is {n} or less", "Ysgrifennwch rif sy'n {n} neu lai"),
    "not money": (
        "Write an amount in pounds and pence, such as 12.50",
        "Ysgrifennwch swm mewn punnoedd a cheiniogau, fel 12.50",
    ),
    "not a day": ("Give a real date, such as 27 3 2026", "Rhowch ddyddiad go iawn, fel 27 3 2026"),
    "too early": ("Give a date on or after {n}", "Rhowch ddyddiad ar neu ar ôl {n}"),
    "too late": ("Give a date on or before {n}", "Rhowch ddyddiad ar neu cyn {n}"),
    "not an e-mail": (
        "Write an e-mail address like name@example.com",
        "Ysgrifennwch gyfeiriad e-bost fel enw@example.com",
    ),
    "not a phone": ("Write a phone number, such as 01632 960 001", "Ysgrifennwch rif ffôn, fel 01632 960 001"),
    "files at most": ("Choose {n} or fewer files", "Dewiswch {n} ffeil neu lai"),
}


class Wrong(Exception):
    """An answer that will not do; the text says what to do."""


def say(what, lang, n=None):
    """Return one of our sayings in a language, with its number filled in."""
    english, welsh = SAYINGS[what]
    words = welsh if lang == "cy" else english
    return words if n is None else words.format(n=n)


def _wrong(what, lang, n=None):
    return Wrong(say(what, lang, n))


def visible(text):
    """Return a text without the characters that nobody sees; line breaks and tabs stay.

    >>> visible("by the\\x00 post\\u202e box")
    'by the post box'
    """
    return HIDDEN.sub("", text)


def _plain(question, value, lang):
    """Return what was written as visible text; a list, an object or yes and no are not writing."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise _wrong(f"missing {question.type}", lang)
    words = visible(str(value)).strip()
    if not words:
        raise _wrong(f"missing {question.type}", lang)
    return words


def _place(question, value, lang, today):
    if not isinstance(value, dict):
        raise _wrong(f"missing {question.type}", lang)
    place = {part: _place_part(part, value[part]) for part in PLACE_PARTS if part in value}
    point = place.get("lat"), place.get("lon")
    numbers = None not in point
    if numbers and not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise _wrong(f"missing {question.type}", lang)
    found = place.get("uprn") if question.type == "address" else (numbers or place.get("street") or place.get("usrn"))
    if not found:
        raise _wrong(f"missing {question.type}", lang)
    return place


def _place_part(part, value):
    """Return one part of a place, or None for what is no such part."""
    if part in POINT:
        number = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < LARGEST
        return value if number else None
    return visible(value)[:LONGEST_PART] if isinstance(value, str) else None


def _choice(question, value, lang, today):
    if not isinstance(value, str) or value not in question.options:
        raise _wrong("not an option", lang)
    return value


def _many(question, value, lang, today):
    chosen = [value] if isinstance(value, str) else value
    if not isinstance(chosen, (list, tuple)) or not all(isinstance(v, str) and v in question.options for v in chosen):
        raise _wrong("not an option", lang)
    kept = [v for v in question.options if v in chosen]
    if len(kept) < question.least:
        raise _wrong("at least", lang, question.least)
    if question.most and len(kept) > question.most:
        raise _wrong("at most", lang, question.most)
    return kept


def _text(question, value, lang, today):
    words = re.sub(r"\s+", " ", _plain(question, value, lang))
    if len(words) > question.most:
        raise _wrong("too long", lang, question.most)
    if question.pattern:
        try:
            matcher(question.pattern.matches).validate_python(words)
        except ValidationError:
            raise Wrong(question.pattern.say.in_(lang)) from None
    return words


@lru_cache(maxsize=500)
def matcher(pattern):
    """Return what judges a whole answer by a service's pattern, capitals or not; raises ValueError.

    Staff write patterns and anybody answers, so an answer is read once, by regular expressions that never go back
    (https://docs.rs/regex): `(a+)+b` takes no longer than `a+b`. What cannot be read so is refused.
    """
    whole = core_schema.str_schema(pattern=rf"(?i)\A(?:{pattern})\z", regex_engine="rust-regex")
    try:
        return SchemaValidator(whole)
    except SchemaError as error:
        raise ValueError(str(error).rpartition("rror: ")[2].rstrip(".")) from None


def _long_text(question, value, lang, today):
    words = _plain(question, value, lang).replace("\r\n", "\n")
    if len(words) > question.most:
        raise _wrong("too long", lang, question.most)
    return words


def _number(question, value, lang, today):
    try:
        number = Decimal(_figures(value).replace(",", "").strip())
    except (InvalidOperation, ValueError):
        raise _wrong("not a number", lang) from None
    if not number.is_finite() or abs(number) >= LARGEST:
        raise _wrong("not a number", lang)
    if round(number, question.decimals) != number:
        raise _wrong("whole", lang)
    _within(question, number, lang)
    return int(number) if number == number.to_integral_value() else float(number)


def _figures(value):
    """Return a number as it was written, or raise ValueError: longer than this nobody writes one."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(value)
    if isinstance(value, int):
        value = max(-LARGEST, min(LARGEST, value))
    if len(str(value)) > len(str(LARGEST)) * 2:
        raise ValueError(value)
    return str(value)


def _within(question, number, lang):
    if question.least is not None and number < question.least:
        raise _wrong("no less", lang, question.least)
    if question.most is not None and number > question.most:
        raise _wrong("no more", lang, question.most)


def _money(question, value, lang, today):
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise _wrong("not money", lang)
    if isinstance(value, int) and abs(value) < LARGEST:
        pence = value
    elif match := re.fullmatch(r"£?\s*(\d{1,9})(?:\.(\d{2}))?", str(value).replace(",", "").strip()):
        pence = int(match[1]) * 100 + int(match[2] or 0)
    else:
        raise _wrong("not money", lang)
    _within(question, pence, lang)
    return pence


def limit(day, today):
    """Return the date that `2026-03-31`, `today` or `today-14` means."""
    if isinstance(day, date):
        return day
    return today + timedelta(days=int(day[5:] or 0))


def _date(question, value, lang, today):
    try:
        day = value if isinstance(value, date) else date.fromisoformat(_figures(value).strip())
    except ValueError:
        raise _wrong("not a day", lang) from None
    if question.earliest is not None and day < limit(question.earliest, today):
        raise _wrong("too early", lang, date_words(limit(question.earliest, today), lang))
    if question.latest is not None and day > limit(question.latest, today):
        raise _wrong("too late", lang, date_words(limit(question.latest, today), lang))
    return day.isoformat()


def _yes_no(question, value, lang, today):
    meaning = {"true": True, "yes": True, "ie": True, "false": False, "no": False, "na": False}
    known = value if isinstance(value, bool) else meaning.get(value.lower() if isinstance(value, str) else "")
    if known is None:
        raise _wrong("missing yes-no", lang)
    return known


def _file(question, value, lang, today):
    files = list(value) if isinstance(value, (list, tuple)) else [value]
    if len(files) > question.most:
        raise _wrong("files at most", lang, question.most)
    if not all(isinstance(file, str) and KEPT_FILE.fullmatch(file) for file in files):
        raise _wrong("missing file", lang)
    return files


def _parts(value, names):
    if isinstance(value, str):
        value = {names[0]: value}
    if not isinstance(value, dict):
        return dict.fromkeys(names)
    written = {n: value.get(n) for n in names}
    return {n: (visible(v).strip()[:200].strip() or None) if isinstance(v, str) else None for n, v in written.items()}


def _person(question, value, lang, today):
    person = _parts(value, ("name", *question.parts))
    if not person["name"]:
        raise _wrong("missing person", lang)
    if person.get("email") and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", person["email"]):
        raise _wrong("not an e-mail", lang)
    if person.get("phone") and not re.fullmatch(r"\+?[\d\s()-]{7,20}", person["phone"]):
        raise _wrong("not a phone", lang)
    if person.get("born"):
        try:
            date.fromisoformat(person["born"])
        except ValueError:
            raise _wrong("not a day", lang) from None
    return person


def _organisation(question, value, lang, today):
    organisation = _parts(value, ("name", "number"))
    if not organisation["name"]:
        raise _wrong("missing organisation", lang)
    return organisation


def _vehicle(question, value, lang, today):
    vehicle = _parts(value, ("registration", "make", "colour"))
    if not (vehicle["registration"] or vehicle["make"]):
        raise _wrong("missing vehicle", lang)
    vehicle["registration"] = (vehicle["registration"] or "").upper() or None
    return vehicle


def _declaration(question, value, lang, today):
    if value is not True and not (isinstance(value, str) and value.lower() in ("true", "yes", "on", "ie")):
        raise _wrong("missing declaration", lang)
    return True


CHECKS = {
    "place": _place,
    "address": _place,
    "choice": _choice,
    "many": _many,
    "text": _text,
    "long-text": _long_text,
    "number": _number,
    "money": _money,
    "date": _date,
    "yes-no": _yes_no,
    "file": _file,
    "person": _person,
    "organisation": _organisation,
    "vehicle": _vehicle,
    "declaration": _declaration,
}
