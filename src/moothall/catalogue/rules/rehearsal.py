"""A service tried out as a resident would be asked, with nothing kept: what is asked, said, charged and done."""

import re
from dataclasses import dataclass

from moothall.catalogue.rules import flow, letters
from moothall.catalogue.rules.answers import check_answers, fee, told, visible_questions
from moothall.catalogue.rules.draw import step_clock
from moothall.catalogue.rules.in_words import Said
from moothall.catalogue.rules.in_words import said as in_words
from moothall.catalogue.rules.opening import settings
from moothall.catalogue.rules.wording import setting_words
from moothall.core.clock import local
from moothall.core.money import pounds

OWN = re.compile(r"\(body\.(\w+)\)")


@dataclass(frozen=True)
class Rehearsed:
    """What would come of a request: problems by question; else fee in pence, the promised moment, and the rest.

    `asked` is (question, answer) in words; `steps` (title, who performs it, when it is due or how soon, when it begins:
    "at once" with the request, or else on what condition or after which steps); `letters` (moment, condition, subject,
    text). Conditions are `Said`.
    """

    problems: dict
    asked: list
    fee: int = 0
    promise: object = None
    steps: list = ()
    letters: list = ()


def rehearse(definition, answers, parameters, words, *, at, calendar, lang="en"):
    """Return what would come of a request made at a moment with these answers and a body's settings.

    `words` fills the letters' plain blanks: body, phone, place and so on.
    """
    today = local(at).date()
    clean, problems = check_answers(definition, answers, lang, today, parameters)
    asked = [
        (q.label.in_(lang), told(q, clean.get(q.id), lang)) for q in visible_questions(definition, clean, parameters)
    ]
    if problems:
        return Rehearsed(problems, asked)
    case = {"channel": "web", "opened": today.isoformat()}
    guarded = flow.seen(definition, clean, {}, {}, parameters, case)
    pence = fee(definition, clean, parameters)
    promise = flow.promised(definition, at, guarded, calendar)
    begun = {name for name, state in flow.settle(definition, {}, guarded).items() if state == "ready"}
    said = {
        "title": definition.title.in_(lang),
        "fee": pounds(pence) if pence else "",
        "promise": promise,
        "opened": at,
    }
    return Rehearsed(
        {},
        asked,
        pence,
        promise,
        [
            (title, who, _with_own(definition, soon, parameters), begins)
            for title, who, soon, begins in (
                _step(definition, step, name in begun, at, guarded, calendar, lang)
                for name, step in definition.steps.items()
            )
        ],
        [_letter(definition, message, lang, said | words, guarded) for message in definition.messages],
    )


def _step(definition, step, begins, at, guarded, calendar, lang):
    due = flow.due(step, at, guarded, calendar) if begins else None
    soon = letters.day_words(due, lang) if due else step_clock(step)
    when = in_words(step.when, definition, lang, "if ") if step.when else Said(f"after {', '.join(step.after)}")
    return step.title.in_(lang), step.performs, soon, Said("at once") if begins else when


def _with_own(definition, soon, parameters):
    """Return a clock in words with what the body set in the place of its name."""
    own = settings(definition, parameters)
    return OWN.sub(lambda m: setting_words(definition.leaves_open[m[1]], own[m[1]]), soon)


def _letter(definition, message, lang, words, guarded):
    subject, text = letters.write(definition, message.letter, lang, words, guarded)
    return message.at, in_words(message.when, definition, lang, "Only if ") if message.when else "", subject, text
