"""Words with blanks in double braces; and what a body set for itself, as the public reads it."""

import re

from moothall.catalogue.rules import hours
from moothall.catalogue.rules.texts import LANGUAGES, Text
from moothall.core.money import pounds

BLANK = re.compile(r"\{\{\s*([a-z][a-z0-9_.]*)\s*\}\}")
#: The texts of a question that may hold a body's own words.
FILLED = ("help", "why", "words")
_YES_NO = {("en", True): "yes", ("en", False): "no", ("cy", True): "ie", ("cy", False): "na"}


def blanks(text):
    """Return the words to be filled in, each with its line.

    >>> blanks("# Thank you\\n\\nYour reference is {{ reference }}.")
    [('reference', 3)]
    """
    return [(m[1], text.count("\n", 0, m.start()) + 1) for m in BLANK.finditer(text)]


def setting_words(parameter, value, lang="en"):
    """Return a body's setting as people read it: "£50", "yes", or its words in a language (English if it has no other).

    `value` is as an adoption keeps it, or the definition's own default.
    """
    if parameter.type == "money":
        return pounds(value)
    if parameter.type == "yes-no":
        return _YES_NO[lang if lang in LANGUAGES else "en", bool(value)]
    if parameter.type == "hours":
        return hours.in_words(value, lang)
    if parameter.type == "text":
        words = value.model_dump() if isinstance(value, Text) else value
        return words.get(lang) or words["en"]
    return str(value)


def setting_told(parameter, value):
    """Return (label, words) of a body's setting as its officers read it: a text in every language it has."""
    label = parameter.label.removesuffix(", in pence")
    if parameter.type != "text":
        words = setting_words(parameter, value)
        return label, words.capitalize() if parameter.type == "yes-no" else words
    other = (value.cy if isinstance(value, Text) else value.get("cy", "")).strip()
    return label, setting_words(parameter, value) + (f" In Welsh: {other}" if other else "")


def worded(definition, question, settings):
    """Return a question with the adopting body's words in its blanks (`{{ body.put_out }}`); `settings` by name."""
    given = {name: getattr(question, name, None) for name in FILLED}
    told = {name: text for name, text in given.items() if text is not None and BLANK.search(text.en + text.cy)}
    if not told:
        return question
    filled = {name: _filled(definition, text, settings) for name, text in told.items()}
    return question.model_copy(update=filled)


def _filled(definition, text, settings):
    """Return a text with its blanks filled; longer than what may be written in a definition, so not checked again."""
    by_lang = {lang: BLANK.sub(lambda m: _own(definition, m[1], settings, lang), text.in_(lang)) for lang in LANGUAGES}  # noqa: B023
    return Text.model_construct(**by_lang)


def _own(definition, blank, settings, lang):
    name = blank.removeprefix("body.")
    return setting_words(definition.leaves_open[name], settings[name], lang)


def question_blanks(question):
    """Return (text's name, language, blank) of each word to be filled into a question's texts."""
    texts = [(name, text) for name in FILLED if (text := getattr(question, name, None)) is not None]
    return [(name, lang, blank) for name, text in texts for lang in LANGUAGES for blank, _ in blanks(text.in_(lang))]
