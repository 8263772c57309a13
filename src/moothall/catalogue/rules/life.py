"""Life events: what a change of life asks of several services, asked once.

An event names the services that may have to do with it, the questions that several of them ask, and which of their
questions each answer fills. It is data, in `life-events.yaml` beside the services.
"""

from typing import Any

from pydantic import Field, PrivateAttr, ValidationError
from ruamel.yaml import YAML

from moothall.catalogue.rules.answers import check_answer
from moothall.catalogue.rules.definition import Synonyms
from moothall.catalogue.rules.questions import Code, Name, Question
from moothall.catalogue.rules.texts import Part, Text


class BadLifeEvents(Exception):
    """The life events do not hold together; the text says which, and what to write."""


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


def load(path, definitions, whole=True):
    """Return {id: LifeEvent} of a file; `definitions` maps a service's id to its Definition. Raises BadLifeEvents.

    Unless the file must be `whole`, what needs a service that is not there is left out, and an event left with nothing.
    """
    raw = YAML(typ="safe").load(path.read_text()) or {}
    events = {}
    for name, written in raw.items():
        told = written if whole else _only_known(written, definitions)
        if not told["does"]:
            continue
        event = events[name] = _event(name, told)
        if found := faults(event, definitions):
            raise BadLifeEvents("; ".join(f"{name}: {fault}" for fault in found))
    return events


def _only_known(written, definitions):
    does = {name: doing for name, doing in written["does"].items() if doing["service"] in definitions}
    used = {own for doing in does.values() for own in doing["fills"].values()}
    return written | {"does": does, "ask": {name: asked for name, asked in written["ask"].items() if name in used}}


def _event(name, written):
    try:
        event = LifeEvent.model_validate(written)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadLifeEvents(f"{name}: {where}: {first['msg']}") from None
    event._id = name
    return event


def faults(event, definitions):
    """Return what does not hold together, as sentences: unknown services and questions, kinds that do not fit."""
    found = []
    for name, doing in event.does.items():
        definition = definitions.get(doing.service)
        if definition is None:
            found.append(f"does.{name}: there is no service `{doing.service}`")
            continue
        if definition.urgent:
            found.append(f"does.{name}: `{doing.service}` is urgent, and is never asked for together with others")
        for question, own in doing.fills.items():
            if own not in event.ask:
                found.append(f"does.{name}.fills: the event does not ask `{own}`")
            elif question not in definition.ask:
                found.append(f"does.{name}.fills: `{doing.service}` does not ask `{question}`")
            elif not _fits(event.ask[own], definition.ask[question]):
                kind = definition.ask[question].type
                found.append(f"does.{name}.fills: `{question}` of `{doing.service}` is of type {kind}")
        given = [*doing.answers, *(doing.joins.answers if doing.joins else ())]
        found += [
            f"does.{name}: `{doing.service}` does not ask `{question}`"
            for question in given
            if question not in definition.ask
        ]
        if doing.joins and doing.joins.with_ not in event.does:
            found.append(f"does.{name}.joins: there is no `{doing.joins.with_}`")
    used = {own for doing in event.does.values() for own in doing.fills.values()}
    return found + [f"ask.{name}: nothing is filled by it" for name in event.ask if name not in used]


def _fits(asked, filled):
    return asked.type == filled.type or (asked.type == "address" and filled.type in ("text", "long-text"))


def fill(question, answer, lang, today):
    """Return what an answer to an event's question is to a service's own; None where the service would not take it.

    An address fills a question for words with its label and postcode.
    """
    if isinstance(answer, dict) and question.type in ("text", "long-text"):
        answer = ", ".join(str(answer[part]) for part in ("label", "postcode") if answer.get(part))
    value, problem = check_answer(question, answer, lang, today)
    return None if problem else value
