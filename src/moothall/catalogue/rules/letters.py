"""Letters: Markdown with a subject as its heading, in English and in Welsh, and words in braces to be filled in."""

import re
from datetime import date, datetime, time

from moothall.catalogue.rules.answers import told
from moothall.catalogue.rules.texts import LANGUAGES
from moothall.catalogue.rules.wording import BLANK, setting_words
from moothall.core.clock import local
from moothall.core.money import pounds
from moothall.ui.rules import time_words

WORDS = {
    "reference": "the case's reference",
    "title": "the service's title",
    "body": "the name of the body",
    "track": "the address where the case can be followed",
    "promise": "the day the promise holds to",
    "opened": "the day it was asked for",
    "place": "where it is",
    "reason": "what the officer or the function wrote",
    "fee": "what it costs",
    "outcome": "how it ended",
    "phone": "the body's telephone number",
    "due": "the day the step just begun is due",
    "review_by": "the last day to ask us to look at a decision again",
    "appeal_by": "the last day to appeal against what we decided on looking again",
    "appeal_to": "who hears such an appeal",
}
_DAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "cy": ["dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn", "dydd Sul"],
}
_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "cy": (
        *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf"),
        *("Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
    ),
}


def read(files):
    """Return {name: {lang: text}} of the letters among a service's files (`folder.read`); empty when there is none."""
    found = {}
    for path in sorted(path for path in files if path.startswith("letters/")):
        stem = path.removeprefix("letters/").removesuffix(".md")
        name, _, lang = stem.rpartition(".")
        text = "\n".join(files[path].splitlines())
        found.setdefault(name or stem, {})[lang if name else "?"] = text.strip() + "\n"
    return found


def subject(text):
    """Return a letter's subject, or None when it does not begin with a heading."""
    first = text.split("\n", 1)[0]
    return first.removeprefix("# ").strip() if first.startswith("# ") else None


def day_words(day, lang="en"):
    """Return a day as people say it: "Tuesday 24 November 2026".

    >>> day_words(date(2026, 11, 24)), day_words(date(2026, 11, 24), "cy")
    ('Tuesday 24 November 2026', 'dydd Mawrth 24 Tachwedd 2026')
    """
    if isinstance(day, datetime):
        day = local(day).date()
    lang = lang if lang in LANGUAGES else "en"
    return f"{_DAYS[lang][day.weekday()]} {day.day} {_MONTHS[lang][day.month - 1]} {day.year}"


def write(definition, letter, lang, values, guarded):
    """Return (subject, Markdown) of a letter with its blanks filled.

    `values` gives the plain words (see WORDS; dates are turned into words), `guarded` what `flow.seen` gives, for
    answers and outputs of steps. A line below the subject whose blanks all come to nothing is left out.
    """
    text = definition.letters[letter].get(lang) or definition.letters[letter]["en"]
    lines = []
    for line in text.splitlines():
        names = [m[1] for m in BLANK.finditer(line)]
        filled = BLANK.sub(lambda m: _word(definition, m[1], lang, values, guarded), line)
        if names and lines and filled == BLANK.sub("", line):
            continue
        lines.append(filled)
    return subject(lines[0]) or "", "\n".join(lines[1:]).strip() + "\n"


def _word(definition, name, lang, values, guarded):
    if name == "title":
        return definition.title.in_(lang)
    if "." not in name:
        value = values.get(name)
    else:
        root, leaf = name.split(".", 1)
        value = (guarded.get(root) or {}).get(leaf)
        if root == "answers" and leaf in definition.ask:
            return told(definition.ask[leaf], value, lang)
        if root == "body" and leaf in definition.leaves_open:
            return setting_words(definition.leaves_open[leaf], value, lang)
        if root == "dates" and value:
            value = date.fromisoformat(value)
        if root in definition.steps:
            value = _output(definition.steps[root], leaf, value, lang)
    return _plain(value, lang)


def _output(step, leaf, value, lang):
    """Return an output in words: the officer's options have names, a day and a time are written out."""
    options = step.using.get("options")
    if isinstance(options, dict) and value in options:
        return options[value].in_(lang)
    if leaf == "amount" and value is not None:
        return pounds(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d", value):
        return time_words(time.fromisoformat(value), lang)
    return value


def _plain(value, lang):
    if isinstance(value, (date, datetime)):
        return day_words(value, lang)
    if isinstance(value, bool):
        return {("en", True): "yes", ("en", False): "no", ("cy", True): "ie"}.get((lang, value), "na")
    return "" if value is None else str(getattr(value, "in_", lambda _: value)(lang))
