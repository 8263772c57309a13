"""Answers: which questions are asked, in which order, and whether what was given will do.

Answers are plain JSON values by question: a place or an address is a dict, `many` a list of codes, money whole
pence, a day "2026-03-31", a file a list of the ids it was kept under.
"""

import itertools
from datetime import date

from moothall.catalogue.rules.checks import CHECKS, Wrong, say
from moothall.catalogue.rules.days import coming
from moothall.catalogue.rules.guards import filled, guard
from moothall.catalogue.rules.opening import settings
from moothall.catalogue.rules.wording import worded
from moothall.ui.rules import date_words


def variables(definition, answers, parameters=None, case=None):
    """Return what conditions see: answers, the adopting body's parameters (defaults where unset), the case, days."""
    body = settings(definition, parameters) | dict(parameters or {})
    case = dict(case or {})
    known = {"answers": dict(answers), "body": body, "case": case, "dates": coming(definition, case.get("opened"))}
    return filled(definition.kinds, known)


def visible_questions(definition, answers, parameters=None):
    """Return the questions that these answers lead to, in order, in the adopting body's words where it has any.

    Answers to questions not asked do not count.
    """
    shown, counted, own = [], {}, settings(definition, parameters)
    for question in definition.questions:
        if question.when is None or guard(question.when).true(variables(definition, counted, parameters)):
            shown.append(worded(definition, question, own))
            if question.id in answers:
                counted[question.id] = answers[question.id]
    return shown


def needs(definition, parameters=None):
    """Return what to have ready for a body's service, as texts: what it does not ask for is left out."""
    known = variables(definition, {}, parameters)
    return [need for need in definition.needs if need.when is None or guard(need.when).true(known)]


def next_question(definition, answers, after=None, parameters=None):
    """Return the question to ask after the one named (the first when None), or None when all have been asked."""
    shown = visible_questions(definition, answers, parameters)
    names = [q.id for q in shown]
    place = names.index(after) + 1 if after in names else 0
    return shown[place] if place < len(shown) else None


def previous_question(definition, answers, before, parameters=None):
    """Return the question asked before the one named, or None when that is the first."""
    names = [q.id for q in visible_questions(definition, answers, parameters)]
    place = names.index(before) if before in names else len(names)
    return definition.ask[names[place - 1]] if place else None


def check_answer(question, value, lang="en", today=None):
    """Return (clean value or None, message or None) for one answer.

    `today` is the local date, needed where a question limits days.
    """
    if _empty(value):
        if question.optional or (question.type == "many" and question.least == 0):
            return None, None
        return None, question.missing.in_(lang) if question.missing else say(f"missing {question.type}", lang)
    try:
        return CHECKS[question.type](question, value, lang, today), None
    except Wrong as wrong:
        return None, str(wrong)


def check_answers(definition, answers, lang="en", today=None, parameters=None):
    """Return (clean, problems): the answers in their kept form, and a message per question that will not do.

    Only questions that are asked are kept; the names of things that are not questions are refused. A `stop` is a
    problem too: it says that another service is meant.

    >>> # see the worked examples of each service
    """
    clean, problems = {}, {}
    for name in answers:
        if name not in definition.ask:
            problems[name] = say("unknown", lang)
    for question in definition.questions:
        if question.when is not None and not guard(question.when).true(variables(definition, clean, parameters)):
            continue
        value, problem = check_answer(question, answers.get(question.id), lang, today)
        if problem is None and value is not None:
            clean[question.id] = value
            stop = stopped(definition, question, clean, parameters)
            problem = stop.say.in_(lang) if stop else None
        if problem is not None:
            problems[question.id] = problem
    return clean, problems


def stopped(definition, question, answers, parameters=None):
    """Return the Stop that an answer runs into (it says where to go instead), or None."""
    if not question.stop:
        return None
    known = variables(definition, answers, parameters)
    return next((s for s in question.stop if guard(s.when).true(known)), None)


def fee(definition, answers, parameters=None):
    """Return what it costs in pence; 0 when it is free."""
    if definition.fee is None:
        return 0
    pence = definition.fee.pence
    return pence if isinstance(pence, int) else guard(pence).value(variables(definition, answers, parameters))


def told(question, value, lang="en"):
    """Return an answer as words, for check-your-answers, letters and the desk."""
    if _empty(value):
        return ""
    tell = {
        "choice": lambda: question.options[value].in_(lang) if value in question.options else str(value),
        "many": lambda: ", ".join(question.options[v].in_(lang) for v in value if v in question.options),
        "yes-no": lambda: say("yes" if value else "no", lang),
        "declaration": lambda: say("agreed", lang),
        "money": lambda: f"£{value // 100:,}.{value % 100:02d}",
        "place": lambda: _place(value),
        "address": lambda: _place(value),
        "person": lambda: ", ".join(str(v) for v in value.values() if v),
        "organisation": lambda: ", ".join(str(v) for v in value.values() if v),
        "vehicle": lambda: ", ".join(str(v) for v in value.values() if v),
        "file": lambda: say("files", lang).format(n=len(value)),
        "date": lambda: date_words(date.fromisoformat(str(value)), lang),
    }.get(question.type)
    return tell() if tell else str(value)


def _place(value):
    words = value.get("label") or value.get("street") or value.get("postcode")
    if not words and value.get("lat") is not None:
        words = f"{value['lat']:.5f}, {value['lon']:.5f}"
    return ", ".join(w for w in (words, value.get("note")) if w)


def _empty(value):
    return value is None or value == "" or value == [] or value == {} or (isinstance(value, str) and not value.strip())


def ranged(expression, definition, known):
    """Return the variables under which an expression over answers may come to its least and most (at most 500)."""
    used = [n.split(".")[1] for n in guard(expression).paths if n.startswith("answers.")]
    combinations = itertools.product(*(_range(definition.ask[name]) for name in used))
    return [
        {**known, "answers": {**known["answers"], **dict(zip(used, values, strict=True))}}
        for values in itertools.islice(combinations, 500)
    ]


def _range(question):
    """Return the values among which the least and the most lie."""
    if question.type in ("number", "money"):
        return [question.least or 0, *([question.most] if question.most is not None else [])]
    if question.type == "choice":
        return list(question.options)
    if question.type == "many":
        return [[o] for o in question.options]
    return question.kind.samples()
