"""A request that ended, begun again with what is known: which answers it takes over, and whether that can be."""

from moothall.catalogue.rules.answers import check_answer
from moothall.catalogue.rules.guards import GuardError, check, guard

AFRESH = ("file", "declaration")
"""Kinds of questions that are asked anew: a paper of today, and somebody's word."""


def answers(definition, given, guarded, present=None, today=None):
    """Return the answers that a new request begins with, or None where the definition does not let it begin again.

    `given` are the answers of the request that ended, `guarded` what its conditions see; `present` is the definition
    that is asked now, if it is a later one: an answer that will not do any more, `today`, is asked for afresh.
    """
    again, present = definition.again, present or definition
    if again is None or (again.when and not guard(again.when).true(guarded)):
        return None
    known = dict(given) | dict(again.answers)
    for name, source in again.from_.items():
        step, output = source.split(".")
        known[name] = guarded.get(step, {}).get(output)
    return {
        name: known[name]
        for name, question in present.ask.items()
        if known.get(name) is not None
        and name not in again.afresh
        and question.type not in AFRESH
        and check_answer(question, known[name], today=today)[1] is None
    }


def faults(definition, kinds):
    """Yield (path, what is wrong, what to write) for what is said of beginning again."""
    again = definition.again
    if again is None:
        return
    if definition.urgent:
        yield ("again",), "an urgent referral is not begun again with what is known", "the definition without `again`"
    yield from _names(definition, again)
    for name, source in again.from_.items():
        if source not in kinds or source.split(".")[0] not in definition.steps:
            known = ", ".join(f"`{one}`" for one in sorted(kinds) if one.split(".")[0] in definition.steps)
            yield ("again", "from", name), f"no step puts out `{source}`", f"one of {known}"
    if again.when:
        try:
            check(again.when, kinds, bool, "beginning again")
        except GuardError as error:
            yield ("again", "when"), error.what, error.write


def _names(definition, again):
    names = ", ".join(f"`{name}`" for name in definition.ask)
    for name in (*again.answers, *again.from_, *again.afresh):
        if name not in definition.ask:
            yield ("again",), f"there is no question `{name}`", f"one of {names}"
    for name, value in again.answers.items():
        question = definition.ask.get(name)
        if question and (problem := check_answer(question, value)[1]):
            yield ("again", "answers", name), f"`{value}` is no answer to `{name}`: {problem}", "an answer it may have"
