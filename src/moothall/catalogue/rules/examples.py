"""Worked examples: answers go in; steps, days, messages and the outcome come out, as an officer could check by hand."""

from datetime import datetime
from typing import Any

from pydantic import Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from moothall.catalogue.rules import flow
from moothall.catalogue.rules import folder as folder_of
from moothall.catalogue.rules.answers import check_answers, fee
from moothall.catalogue.rules.texts import Part
from moothall.core.clock import LONDON, local


class Happening(Part):
    """One thing that happens: a step ends and puts something out, or is refused with a reason.

    Or, with `reopened`, whoever asked has the ended case looked at again: its steps begin afresh.
    """

    step: str | None = None
    reopened: datetime | None = None
    at: datetime | None = None
    gives: dict[str, Any] = Field(default_factory=dict)
    refused: str | None = None

    @model_validator(mode="after")
    def _one_thing(self):
        if (self.step is None) == (self.reopened is None):
            raise ValueError("either `step` or `reopened`")
        return self


class Example(Part):
    """One story. `then` is compared with what `play` returns, name by name."""

    name: str
    opened: datetime
    answers: dict[str, Any]
    channel: str = "web"
    body: dict[str, Any] = Field(default_factory=dict)
    happens: tuple[Happening, ...] = ()
    then: dict[str, Any] = Field(min_length=1)


class BadExamples(ValueError):
    """Worked examples that cannot be read; the text says where and why."""


def read(folder):
    """Return the examples of a service's folder; raises BadExamples."""
    return parse(folder_of.read(folder))


def parse(files):
    """Return the examples among a service's files ({path: text}), none where there is no such file.

    Raises BadExamples.
    """
    try:
        told = YAML(typ="safe").load(files.get(folder_of.EXAMPLES, ""))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadExamples(f"line {mark.line + 1 if mark else 1}: {(error.problem or 'not YAML')}") from None
    except (YAMLError, RecursionError, ValueError) as error:
        raise BadExamples(str(error).split("\n")[0]) from None
    if not isinstance(told or [], list):
        raise BadExamples("write a list of examples, each beginning with `- name:`")
    try:
        return [Example.model_validate(one) for one in told or []]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadExamples(f"{'.'.join(str(p) for p in first['loc'])}: {first['msg']}") from None


def play(definition, example, calendar):
    """Return what comes of an example.

    A dict with `problems` and nothing more when the answers will not do; otherwise `fee` (pence), `promise` (the day),
    `asked` (questions in order), `steps` ({name: state, with `due` where there is a clock}), `waiting` (steps begun
    and not ended), `messages` (letters in order) and `outcome` (None while the case is open); where a decision can be
    disputed, until when: `review_by`, `appeal_by`. A case that is looked at again tells of its last round, but of all
    messages.
    """
    opened = _london(example.opened)
    today = opened.date()
    clean, problems = check_answers(definition, example.answers, "en", today, example.body)
    if problems:
        return {"problems": problems}
    return _Story(definition, example, clean, opened, calendar).told()


def differences(definition, example, calendar):
    """Return what an example expects and what came instead, as sentences; empty when it holds."""
    came = plain(play(definition, example, calendar))
    return [
        f"{name}: expected {expected}, came {came.get(name)}"
        for name, expected in plain(example.then).items()
        if came.get(name) != expected
    ]


def plain(value):
    """Return days and moments as text, so that what YAML reads and what is computed can be compared."""
    if isinstance(value, datetime):
        return local(value).strftime("%Y-%m-%d %H:%M") if value.tzinfo else value.strftime("%Y-%m-%d %H:%M")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, (list, tuple)) else value


def _london(moment):
    return moment.replace(tzinfo=LONDON) if moment.tzinfo is None else local(moment)


class _Story:
    """One case played through in memory."""

    def __init__(self, definition, example, answers, opened, calendar):
        self.definition, self.example, self.answers = definition, example, answers
        self.calendar, self.opened = calendar, opened
        self.states, self.outputs, self.dues, self.messages, self.again = {}, {}, {}, [], 0
        self.outcome, self.promise = None, flow.promised(definition, opened, self.seen(), calendar)
        self.late, self.disputable = False, {}
        self.begin(opened)
        self.send("acknowledged")
        for happening in example.happens:
            self.happen(happening)

    def seen(self):
        again = {"reopened": self.again > 0, "appealed": self.again > 1}
        case = {"channel": self.example.channel, "opened": self.opened.date().isoformat()} | again
        return flow.seen(self.definition, self.answers, self.outputs, self.states, self.example.body, case, self.dues)

    def send(self, moment):
        letter = flow.message(self.definition, moment, self.seen())
        if letter:
            self.messages.append(letter)

    def begin(self, at):
        settled = flow.settle(self.definition, self.states, self.seen())
        self.states |= settled
        for name, state in settled.items():
            step = self.definition.steps[name]
            if state == "ready" and (due := flow.due(step, at, self.seen(), self.calendar)):
                self.dues[name] = due
        return [name for name, state in settled.items() if state == "ready"]

    def reopen(self, at):
        if self.outcome is None:
            raise ValueError(f"{self.example.name}: the case is open, so it cannot be opened again")
        if any(moment and at > moment for moment in self.disputable.values()):
            raise ValueError(f"{self.example.name}: the time to ask for a review had ended")
        self.states, self.outputs, self.dues, self.again = {}, {}, {}, self.again + 1
        self.outcome, self.late, self.disputable = None, False, {}
        self.promise = flow.promised(self.definition, at, self.seen(), self.calendar)
        self.send("reopened")
        self.begin(at)

    def happen(self, happening):
        if happening.reopened:
            self.reopen(_london(happening.reopened))
            return
        name = happening.step
        if self.states.get(name) != "ready":
            raise ValueError(f"{self.example.name}: `{name}` is {self.states.get(name, 'not begun')}, so it cannot end")
        at = _london(happening.at) if happening.at else self.dues[name]
        if at > self.promise and not self.late and self.outcome is None:
            self.late = True
            self.send("late")
        self.states[name] = "refused" if happening.refused else "done"
        self.outputs[name] = plain(happening.gives)
        begun = self.begin(at)
        self.send(f"{name}.{self.states[name]}")
        for other in begun:
            self.send(f"{other}.ready")
        if self.outcome is None and flow.ended(self.definition, self.states):
            self.outcome = flow.outcome(self.definition, self.seen())
            self.disputable = flow.review_days(self.definition, at, self.seen(), self.calendar)
            self.send("closed")

    def told(self):
        days = {name: local(due).date() for name, due in self.dues.items()}
        return {
            "fee": fee(self.definition, self.answers, self.example.body),
            "promise": local(self.promise).date(),
            "asked": list(self.answers),
            "steps": dict(self.states),
            "due": days,
            "messages": self.messages,
            "outcome": self.outcome,
            "kept": self.outcome is not None and not self.late,
        } | {name: local(moment).date() for name, moment in self.disputable.items() if moment}
