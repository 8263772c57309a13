"""What a body that adopts a service may set, and what comes of it."""

from moothall.catalogue.rules.texts import Text


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
    return problems


def _problem(parameter, value):
    if parameter.type == "yes-no":
        return None if isinstance(value, bool) else "Say true or false."
    if parameter.type == "text":
        whole = isinstance(value, dict) and all(
            isinstance(value.get(k), str) and value[k].strip() for k in ("en", "cy")
        )
        return None if whole else "Write it in English (en) and in Welsh (cy)."
    if not isinstance(value, int) or isinstance(value, bool):
        return "Give a whole number" + (" of pence." if parameter.type == "money" else ".")
    if parameter.least is not None and value < parameter.least:
        return f"Give {parameter.least} or more."
    if parameter.most is not None and value > parameter.most:
        return f"Give {parameter.most} or less."
    return None


def settings(definition, given=None):
    """Return every open parameter with the body's value or the default, as plain values."""
    given = given or {}
    return {
        name: given.get(name, p.default.model_dump() if isinstance(p.default, Text) else p.default)
        for name, p in definition.leaves_open.items()
    }
