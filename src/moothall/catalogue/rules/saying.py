"""What a definition promises and costs, in a sentence for the public."""

from moothall.catalogue.rules.answers import ranged, variables
from moothall.catalogue.rules.guards import guard
from moothall.catalogue.rules.letters import day_words
from moothall.core.money import pounds

_UNITS = {
    ("en", "working_days"): ("working day", "working days"),
    ("en", "days"): ("day", "days"),
    ("en", "hours"): ("hour", "hours"),
    ("en", "months"): ("month", "months"),
    ("cy", "working_days"): ("diwrnod gwaith", "diwrnod gwaith"),
    ("cy", "days"): ("diwrnod", "diwrnod"),
    ("cy", "hours"): ("awr", "awr"),
    ("cy", "months"): ("mis", "mis"),
}


def amounts(expression, definition, parameters=None):
    """Return (least, most) that a whole number or an expression can come to over all answers."""
    if isinstance(expression, int):
        return expression, expression
    known = variables(definition, {}, parameters)
    values = [guard(expression).value(v) for v in ranged(expression, definition, known)]
    return min(values), max(values)


def promise(definition, parameters=None, lang="en"):
    """Return how long it takes: "Done within 28 days.", or "Done within 15 to 25 working days."."""
    within = definition.promise.done_within
    if within.unit == "by":
        return (
            "Wedi'i wneud erbyn y diwrnod sydd wedi'i bennu." if lang == "cy" else "Done by the day that is set for it."
        )
    least, most = amounts(within.amount, definition, parameters)
    unit = _UNITS[lang, within.unit][most != 1]
    span = f"{least} {unit}" if least == most else f"{least} {'i' if lang == 'cy' else 'to'} {most} {unit}"
    return f"Wedi'i wneud o fewn {span}." if lang == "cy" else f"Done within {span}."


def review(definition, lang="en"):
    """Return how a decision can be disputed: within which time, how soon it is answered, and where one goes then."""
    said = definition.review
    answer = _span(said.done_within, lang)
    if lang == "cy":
        ask = f" o fewn {_span(said.within, lang)}" if said.within else ""
        words = f"Gofynnwch i ni edrych eto{ask}. Mae rhywun arall yn edrych, ac yn ateb o fewn {answer}."
        heard_by = "Cewch apelio i {name}{ask}. Rhoddir ateb o fewn {answer}."
        onward = "Yna cewch apelio i {name} o fewn {span}."
        heard = " Rhoddir ateb o fewn {span}."
    else:
        ask = f" within {_span(said.within, lang)}" if said.within else ""
        words = f"Ask us to look again{ask}. Somebody else looks at it, and answers within {answer}."
        heard_by = "You can appeal to {name}{ask}. You are answered within {answer}."
        onward = "After that you can appeal to {name} within {span}."
        heard = " You are answered within {span}."
    if said.by:
        words = heard_by.format(name=said.by.in_(lang), ask=ask, answer=answer)
    if said.then:
        words += " " + onward.format(name=said.then.name.in_(lang), span=_span(said.then.within, lang))
        if said.then.done_within:
            words += heard.format(span=_span(said.then.done_within, lang))
    return words


def _span(within, lang):
    return f"{within.amount} {_UNITS[lang, within.unit][within.amount != 1]}"


def delayed(name, day, lang="en"):
    """Return how long it takes where whoever does it is full: "Done by Monday 21 December 2026: ..."."""
    said = day_words(day, lang)
    if lang == "cy":
        return f"Wedi'i wneud erbyn {said}: {name} sy'n ei wneud, ac mae'n llawn tan hynny."
    return f"Done by {said}: {name} does it, and is full until then."


def soonest(definition, parameters=None):
    """Return the least that the promise can come to, in its own unit; None where it is a day that an answer gives."""
    within = definition.promise.done_within
    return None if within.unit == "by" else amounts(within.amount, definition, parameters)[0]


def cost(definition, parameters=None, lang="en"):
    """Return what it costs: "Nothing.", or "£40.00 for up to five items".

    Where answers matter it is "From £20.00 ...", or "Nothing, or up to £30.00, ..." where it may be free.
    """
    if definition.fee is None:
        return "Dim." if lang == "cy" else "Nothing."
    least, most = amounts(definition.fee.pence, definition, parameters)
    if least == most == 0:
        return "Dim." if lang == "cy" else "Nothing."
    amount = pounds(least)
    if least == 0:
        amount = f"Dim, neu hyd at {pounds(most)}," if lang == "cy" else f"Nothing, or up to {pounds(most)},"
    elif least != most:
        amount = f"O {amount}" if lang == "cy" else f"From {amount}"
    return f"{amount} {'am' if lang == 'cy' else 'for'} {definition.fee.per.in_(lang)}"


LAWFUL_BASES = {
    "public task": "tasg gyhoeddus",
    "legal obligation": "rhwymedigaeth gyfreithiol",
    "contract": "contract",
    "consent": "cydsyniad",
    "vital interests": "buddiannau hanfodol",
}


def lawful_basis(definition, lang="en"):
    """Return the lawful basis (UK GDPR article 6) by its name in a language."""
    basis = definition.basis.lawful_basis
    return LAWFUL_BASES[basis] if lang == "cy" else basis
