"""Life events: what a change of life asks of several services, asked once.

An event names the services that may have to do with it, the questions that several of them ask, and which of their
questions each answer fills. It is data, in `life-events.yaml` beside the services.
"""

from typing import Any

from pydantic import Field, PrivateAttr, ValidationError

from moothall.catalogue.rules.answers import check_answer
from moothall.catalogue.rules.definition import Synonyms
from moothall.catalogue.rules.load import BadDefinition, Problem, read_yaml
from moothall.catalogue.rules.questions import Code, Name, Question
from moothall.catalogue.rules.texts import Part, Text

FILE = "life-events.yaml"


class Joins(Part):
    """Which other thing this one says already, where both fall to the same body; and what it then answers instead."""

    with_: Name = Field(alias="with")
    answers: dict[Name, Any] = Field(default_factory=dict)


class Doing(Part):
    """One thing that the event may ask for: a service, what it is called here, why, and what is known already.

    `fills` maps questions of the service to questions of the event; `answers` holds what the event itself answers.
    """

    service: Code
    title: Text
    why: Text
    fills: dict[Name, Name] = Field(min_length=1)
    answers: dict[Name, Any] = Field(default_factory=dict)
    joins: Joins | None = None


class LifeEvent(Part):
    """Something that happens in a life, and what it asks of public bodies."""

    title: Text
    summary: Text
    synonyms: Synonyms
    ask: dict[Name, Question] = Field(min_length=1)
    does: dict[Name, Doing] = Field(min_length=1)

    _id: str = PrivateAttr(default="")

    def model_post_init(self, _context):
        """Tell each question its own name."""
        for name, question in self.ask.items():
            question._id = name

    @property
    def id(self):
        """The event's name in addresses."""
        return self._id

    @property
    def questions(self):
        """The questions asked once."""
        return list(self.ask.values())

    def asked_for(self, chosen):
        """Return the questions that at least one of the chosen doings (by name) needs, in order."""
        needed = {name for doing in chosen for name in self.does[doing].fills.values()}
        return [question for question in self.questions if question.id in needed]


def load_life_events(text, definitions, whole=True):
    """Return {id: LifeEvent} of a life-events.yaml; `definitions` maps a service's id to its Definition.

    What does not hold together raises BadDefinition; unless it must be `whole`, it is left out instead, so that a new
    version of one service takes no page away but its own line in an event.
    """
    node, events, problems = read_yaml(text, FILE), {}, []
    for name, given in node.items():
        event, found = _event(name, given, definitions)
        line = {None: node.lc.key(name)[0] + 1}
        line |= {key: given["does"].lc.key(key)[0] + 1 for key in found if key is not None}
        problems += [
            Problem(FILE, line[key], f"`{name}` {what}", "what the service asks") for key, what in found.items()
        ]
        if found and not whole:
            event = _without(name, given, definitions, found)
        if event:
            events[name] = event
    if problems and whole:
        raise BadDefinition(problems)
    return events


def _event(name, given, definitions):
    """Return (the event, what does not hold by doing); (None, {None: what}) for one that cannot be read."""
    try:
        event = LifeEvent.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return None, {None: f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"}
    event._id = name
    return event, faults(event, definitions)


def _without(name, given, definitions, found):
    """Return an event without the doings that do not hold; None where nothing is left of it."""
    does = {key: doing for key, doing in given.get("does", {}).items() if key not in found}
    used = {own for doing in does.values() for own in doing.get("fills", {}).values()}
    asked = {key: question for key, question in given.get("ask", {}).items() if key in used}
    if not does:
        return None
    told = {**given, "does": does, "ask": asked}
    event, left = _event(name, told, definitions)
    if not left:
        return event
    return None if set(left) == {None} else _without(name, told, definitions, left)


def faults(event, definitions):
    """Return what does not hold together, as a sentence by doing; None stands for the event itself."""
    found = {}
    for name, doing in event.does.items():
        if what := _fault(event, doing, definitions.get(doing.service)):
            found[name] = f"{name}: {what}"
    used = {own for doing in event.does.values() for own in doing.fills.values()}
    if idle := [name for name in event.ask if name not in used]:
        found[None] = f"asks `{idle[0]}`, and nothing is filled by it"
    return found


def _fault(event, doing, definition):
    """Return the first thing that does not hold of a doing: unknown services and questions, kinds that do not fit."""
    if definition is None:
        return f"there is no service `{doing.service}`"
    if definition.urgent:
        return f"`{doing.service}` is urgent, and is never asked for together with others"
    for question, own in doing.fills.items():
        if own not in event.ask:
            return f"the event does not ask `{own}`"
        if question in definition.ask and not _fits(event.ask[own], definition.ask[question]):
            return f"`{question}` of `{doing.service}` is of type {definition.ask[question].type}"
    joined = doing.joins.answers if doing.joins else {}
    for question in [*doing.fills, *doing.answers, *joined]:
        if question not in definition.ask:
            return f"`{doing.service}` does not ask `{question}`"
    if doing.joins and doing.joins.with_ not in event.does:
        return f"there is no `{doing.joins.with_}` to join"
    return ""


def _fits(asked, filled):
    return asked.type == filled.type or (asked.type == "address" and filled.type in ("text", "long-text"))


def fill(question, answer, lang, today):
    """Return what an answer to an event's question is to a service's own; None where the service would not take it.

    An address fills a question for words with its label, and with its postcode unless that stands in it.
    """
    if isinstance(answer, dict) and question.type in ("text", "long-text"):
        label, postcode = (str(answer.get(part) or "") for part in ("label", "postcode"))
        answer = ", ".join(part for part in (label, "" if postcode in label else postcode) if part)
    value, problem = check_answer(question, answer, lang, today)
    return None if problem else value
