"""What a body that adopts a service may set, and what comes of it."""

from moothall.catalogue.rules.definition import wrong_line
from moothall.catalogue.rules.texts import Text
from moothall.catalogue.rules.wording import BLANK

MOST_WORDS = 2000
"""Characters of a body's own words, where the definition does not say how many."""


def check_parameters(definition, given):
    """Return {name: what is wrong, and what to do} for a body's parameters; empty when all will do.

    Only what the definition leaves open may be set; limits are the definition's.
    """
    problems = {}
    for name, value in given.items():
        if name not in definition.leaves_open:
            open_ = ", ".join(definition.leaves_open) or "nothing"
            problems[name] = f"This service does not leave {name} open. It leaves open: {open_}."
        elif problem := _problem(definition.leaves_open[name], value):
            problems[name] = problem
    for name, parameter in definition.leaves_open.items():
        if parameter.default == "" and name not in given:
            problems[name] = "Give the number that your body answers: nobody can be told another's."
    return problems


def _problem(parameter, value):
    if parameter.type == "yes-no":
        return None if isinstance(value, bool) else "Say true or false."
    if parameter.type == "text":
        return _wrong_words(parameter, value)
    if parameter.type in ("phone", "hours"):
        return (wrong_line(parameter.type, value) if isinstance(value, str) else "Write it as text.") or None
    if not isinstance(value, int) or isinstance(value, bool):
        return "Give a whole number" + (" of pence." if parameter.type == "money" else ".")
    if parameter.least is not None and value < parameter.least:
        return f"Give {parameter.least} or more."
    if parameter.most is not None and value > parameter.most:
        return f"Give {parameter.most} or less."
    return None


def _wrong_words(parameter, value):
    if not isinstance(value, dict) or not all(isinstance(value.get(k, ""), str) for k in ("en", "cy")):
        return "Write it in English (en); in Welsh (cy) too where your body writes Welsh."
    if not value.get("en", "").strip():
        return "Write it in English. Welsh may be left out: Welsh pages then show the English."
    most = parameter.most or MOST_WORDS
    if any(len(words) > most for words in value.values()):
        return f"Write {most} characters or fewer in each language."
    if any(BLANK.search(words) for words in value.values()):
        return "Leave out double braces: nothing is filled in here."
    return None


def settings(definition, given=None):
    """Return every open parameter with the body's value or the default, as plain values."""
    given = given or {}
    return {
        name: given.get(name, p.default.model_dump() if isinstance(p.default, Text) else p.default)
        for name, p in definition.leaves_open.items()
    }
