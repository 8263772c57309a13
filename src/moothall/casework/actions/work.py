"""The step engine: what a case's steps do to the case, one transaction at a time."""

import datetime as dt
import secrets
from contextlib import nullcontext

from pydantic import BaseModel

from moothall.bodies import queries as bodies
from moothall.casework import events
from moothall.casework.actions.changes import Changes
from moothall.casework.actions.publishing import Publication
from moothall.casework.models import Attachment, Payload, Step, Task
from moothall.casework.models.work import NO_DUE
from moothall.casework.queries.file import CaseFile
from moothall.casework.queries.letters import letter
from moothall.casework.queries.outputs import checked
from moothall.casework.rules.contents import commitment
from moothall.casework.rules.promise import kept, resumed_due
from moothall.casework.rules.states import ACTIVE, LIVE, follow
from moothall.catalogue import queries as catalogue
from moothall.core import files
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.ids import new_id
from moothall.core.models import File
from moothall.core.scope import EVERY_TEAM, current_scope, scoped
from moothall.core.steps import Done, Outcome, StepContext, StepRefused, Waiting, perform


class Work:
    """A case whose steps are moved on. Gathers changes; `write` puts them in the database.

    `quiet` work writes nothing to the resident, and leaves the body's own steps to whoever asked for it to perform.
    """

    def __init__(self, file: CaseFile, *, at: dt.datetime, by: Actor, quiet: bool = False):
        self.file, self.case, self.at, self.by, self.quiet = file, file.case, at, by, quiet
        self.changes = Changes(file.case, at=at, by=by)
        self._tasked: set[int] = set()
        self.published = Publication(file, self.changes)

    def write(self) -> None:
        """Write what was gathered; work for another body of the case goes into that body's queue."""
        scope = current_scope()
        with nullcontext() if self._tasked <= set(scope.bodies) else scoped(scope.narrowed(case=self.case.pk)):
            self.changes.write()

    def say(self, moment: str, *, reason: str = "", due: dt.datetime | None = None) -> None:
        """Write the resident the letter that the definition names for this moment, if any."""
        if self.quiet:
            return
        message = letter(self.file, moment, at=self.at, by=str(self.by), reason=reason, due=due)
        if message:
            self.changes.send(message)

    def keep(self, kind: str, content: object, event: str, **data) -> Payload:
        """Keep personal values or free text in an erasable payload, and add to the history what commits to them."""
        payload = Payload(
            id=new_id(),
            case_id=self.case.pk,
            body_id=self.case.body_id,
            kind=kind,
            salt=secrets.token_bytes(16),
            data=content if isinstance(content, dict) else {"text": content},
            at=self.at,
        )
        self.changes.add(payload)
        proof = commitment(payload.salt, payload.data)
        self.changes.happened(event, payload=str(payload.pk), commitment=proof, **data)
        return payload

    def attach(self, kept: File, kind: str) -> Attachment:
        """Lay a kept file on the case."""
        attached = Attachment(
            id=new_id(),
            case_id=self.case.pk,
            body_id=self.case.body_id,
            file_id=kept.pk,
            name=kept.name[:120],
            kind=kind,
            at=self.at,
            by=str(self.by),
        )
        self.changes.add(attached)
        if self.case.only_team:
            files.keep_to(case_id=self.case.pk, team=self.case.only_team, at=self.at, by=self.by)
        return attached

    def advance(self) -> None:
        """Begin every step whose time has come; close the case when all that keep it open have ended."""
        guarded = self.file.guarded()
        settled = catalogue.settle(self.file.definition, self.file.states(), guarded)
        for name, state in settled.items():
            self._begin(name, state, guarded)
        if self.case.state in LIVE and catalogue.ended(self.file.definition, self.file.states()):
            self.close()

    def _next_due(self) -> dt.datetime | None:
        """Return the first moment by which a step that begins now must be done; None when none has a clock."""
        guarded, steps = self.file.guarded(), self.file.definition.steps
        begins = catalogue.settle(self.file.definition, self.file.states(), guarded)
        dues = [
            catalogue.due(steps[name], self.at, guarded, self.file.calendar)
            for name, state in begins.items()
            if state == "ready"
        ]
        return min((due for due in dues if due), default=None)

    def goes_on(self, step: Step) -> bool:
        """Return whether a step of this case may still be worked on: aside from it, even after it was closed."""
        if step.round != self.case.round:
            return False
        defined = self.file.definition.steps.get(step.name)
        return self.case.state in LIVE or (self.case.state == "closed" and bool(defined and defined.aside))

    def _begin(self, name: str, state: str, guarded: dict) -> None:
        defined = self.file.definition.steps[name]
        due = self._due(defined, guarded) if state == "ready" else None
        doer = self._doer(defined) if state == "ready" else self.case.provider_id
        step = Step(
            id=new_id(),
            case_id=self.case.pk,
            body_id=doer,
            round=self.case.round,
            name=name,
            performs=defined.performs,
            state=follow("step", "", state),
            ready_at=self.at,
            due_at=due,
            ended_at=None if state == "ready" else self.at,
        )
        self.file.steps[name] = step
        self.changes.add(step)
        if state == "ready":
            self._bring_in(step)
            self.queue(step)
            self.changes.tell(events.StepReady(**self.step_fact(step)))
            self.say(f"{name}.ready", due=due)

    def _due(self, defined, guarded: dict) -> dt.datetime | None:
        """Return by when a step that begins now must be done; in quiet work not after what was promised elsewhere."""
        due, promised = catalogue.due(defined, self.at, guarded, self.file.calendar), self.case.promise_due
        return min(due, promised) if self.quiet and due and promised else due

    def _doer(self, defined) -> int:
        """Return the body whose step it is: the provider's, but for a fee and for a part that is another's duty.

        A fee is taken by whoever answers for the case; a part is done by the body that the law makes responsible for
        that kind of work at the place, if it works on this platform.
        """
        if defined.performs.startswith("payments."):
            return self.case.body_id
        if defined.work and (self.file.place.get("easting") or self.file.place.get("lat")) is not None:
            found = bodies.responsible(defined.work, self.file.place, local(self.at).date()).body_id
            if found and bodies.body(found).partner:
                return found
        return self.case.provider_id

    def _bring_in(self, step: Step) -> None:
        """Let the body whose part begins see the case: its history and files come with it."""
        case, doer = self.case, step.body_id
        if doer not in (case.body_id, case.provider_id):
            self.changes.happened("part-begun", step=step.name, step_id=str(step.pk), to_body=doer)
        if doer in case.seen_by:
            return
        case.seen_by = sorted({*case.seen_by, doer})
        if not case._state.adding:
            self.changes.change(case, "seen_by")
        files.share(case_id=case.pk, with_body=doer, at=self.at, by=self.by)

    def queue(self, step: Step) -> None:
        """Queue the job that performs a step; each attempt that a person asks for has a receipt of its own."""
        if self.quiet and step.body_id == self.case.body_id:
            return
        key = f"step:{step.pk}:{step.attempts}"
        self.changes.job("casework.step", {"body": step.body_id, "key": key, "step_id": str(step.pk)})

    def perform(self, step: Step) -> None:
        """Let the step's function, or the system in its place, do it, and take what it answers."""
        self.take(step, perform(step.performs, self.context(step), at=self.at, by=self.by))

    def context(self, step: Step) -> StepContext:
        """Return what a function is told of a step."""
        defined = self.file.definition.steps.get(step.name)
        using = {key: _told(value) for key, value in defined.using.items()} if defined else {}
        return StepContext(
            case_id=self.case.pk,
            step_id=step.pk,
            body_id=step.body_id,
            service_id=self.case.service_id,
            version_id=self.case.version_id,
            reference=self.case.reference,
            name=step.name,
            answers=self.file.answers,
            place=self.file.place,
            outputs={name: s.outputs for name, s in self.file.steps.items() if s.state == "done"},
            parameters=self.file.parameters | using,
            due_at=step.due_at,
            attempt=step.attempts + 1,
        )

    def take(self, step: Step, outcome: Outcome) -> None:
        """Move a step and its case on by what its function answered."""
        match outcome:
            case Done(outputs=outputs):
                self.done(step, outputs)
            case Waiting():
                self.wait(step, outcome)
            case StepRefused(reason=reason, code=code):
                self.refuse(step, reason, code)
            case _:
                raise TypeError(f"{step.performs} answered {type(outcome).__name__}, not Done, Waiting or StepRefused")

    def done(self, step: Step, outputs: dict) -> None:
        """End a step as done with outputs that fit what its performer declared, and go on."""
        defined = self.file.definition.steps.get(step.name)
        step.outputs = checked(step, defined.using if defined else {}, outputs, at=self.at, by=self.by)
        self._end(step, "done")
        self.changes.tell(events.StepDone(**self.step_fact(step), outputs=step.outputs))
        self.say(f"{step.name}.done", due=self._next_due())
        self.advance()

    def refuse(self, step: Step, reason: str, code: str = "refused") -> None:
        """End a step as refused for a reason that the resident reads, and go on."""
        step.reason = reason[:500]
        self._end(step, "refused", code=code)
        self.changes.tell(events.StepRefused(**self.step_fact(step), code=code))
        self.say(f"{step.name}.refused", reason=reason)
        self.advance()

    def _end(self, step: Step, state: str, **data) -> None:
        step.state, step.ended_at = follow("step", step.state, state), self.at
        self.changes.change(step, "state", "ended_at", "outputs", "reason")
        if step.started_at:  # a step that waited for nobody has no task
            self.close_tasks("done" if state in ("done", "refused") else "cancelled", step_id=step.pk)
        self.changes.happened(f"step-{state}", step=step.name, step_id=str(step.pk), round=step.round, **data)
        defined = self.file.definition.steps.get(step.name)
        if state == "done" and defined and not defined.aside:  # what is done aside is nobody else's business
            self.published.tell("step", step.name)

    def close_tasks(self, state: str, **which) -> None:
        """Take open tasks of this case off the queues of its bodies, whoever ends it."""
        scope, needed = current_scope(), {self.case.body_id, self.case.provider_id}
        needed |= {step.body_id for step in self.file.steps.values()}
        enough = needed <= set(scope.bodies) and not self.case.only_team
        with nullcontext() if enough else scoped(scope.narrowed(bodies=tuple(needed), teams=EVERY_TEAM)):
            Task.objects.filter(case_id=self.case.pk, state="open", **which).update(
                state=state, closed_at=self.at, closed_by=str(self.by)
            )

    def take_off(self, body_id: int) -> list[tuple[str, dt.datetime]]:
        """Take all of a body's open tasks of this case off its queue; return (title, due) of those of no step."""
        seen = tuple({*current_scope().bodies, body_id})
        with scoped(current_scope().narrowed(bodies=seen, teams=EVERY_TEAM)):
            mine = Task.objects.filter(case_id=self.case.pk, body_id=body_id, state="open")
            of_no_step = list(mine.filter(step=None).values_list("title", "due_at"))
            mine.update(state="cancelled", closed_at=self.at, closed_by=str(self.by))
        return of_no_step

    def wait(self, step: Step, waiting: Waiting) -> None:
        """Keep a step waiting: for a person (a task in a team's queue), an external system, or a moment."""
        step.state = follow("step", step.state, "waiting")
        step.started_at, step.external = self.at, waiting.external or ""
        step.due_at = waiting.due or step.due_at
        self.changes.change(step, "state", "started_at", "external", "due_at")
        if waiting.task:
            self.add_task(
                waiting.task, team=waiting.team, due=waiting.due or step.due_at, step=step, detail=waiting.detail
            )
        elif not waiting.external and waiting.due:
            args = {"body": step.body_id, "key": f"wake:{step.pk}:{step.attempts}", "step_id": str(step.pk)}
            self.changes.job("casework.wake", args, waiting.due)
        self.changes.happened("step-waiting", step=step.name, step_id=str(step.pk), external=step.external)
        self.say(f"{step.name}.waiting", due=step.due_at)

    def add_task(
        self,
        title: str,
        *,
        team: str | None,
        due: dt.datetime | None,
        step: Step | None = None,
        body_id: int | None = None,
        detail: dict | None = None,
    ) -> Task:
        """Put work into a body's queue (the step's body, or the accountable one), for a team named by its slug."""
        case = self.case
        body_id = body_id or (step.body_id if step else case.provider_id)
        title = title[:200]
        found = [title, case.reference, case.title, case.place_label, case.street, case.postcode]
        task = Task(
            id=new_id(),
            body_id=body_id,
            team_id=_team_id(body_id, team or case.only_team),
            only_team=case.only_team,
            case_id=case.pk,
            step_id=step.pk if step else None,
            reference=case.reference,
            title=title,
            service_id=case.service_id,
            place_label=case.place_label,
            ward=case.ward,
            easting=case.easting,
            northing=case.northing,
            due_at=due or case.promise_due or NO_DUE,
            opened_at=self.at,
            detail=detail or {},
            search=" ".join([*filter(None, found), *_names(self.file.contact)]),
        )
        self.changes.add(task)
        self._tasked.add(body_id)
        return task

    def close(self, outcome: str | None = None) -> None:
        """Close the case: its outcome and whether the promise was kept are fixed here for good."""
        case = self.case
        self.start_clock()
        case.outcome = outcome or catalogue.outcome(self.file.definition, self.file.guarded())
        case.state, case.closed_at = follow("case", case.state, "closed"), self.at
        case.promise_kept = kept(case.promise_due, self.at)
        if not case._state.adding:
            self.changes.change(case, "state", "outcome", "closed_at", "promise_kept", "promise_due", "paused_at")
        self.published.tell("closed", case.outcome)
        self.changes.happened("closed", outcome=case.outcome, promise_kept=case.promise_kept)
        self.changes.tell(
            events.CaseClosed(
                **self.case_fact(),
                outcome=case.outcome,
                channel=case.channel,
                opened_at=case.opened_at,
                promise_due=case.promise_due,
                promise_kept=case.promise_kept,
            )
        )
        self.say("closed")
        if not self.quiet:
            self.changes.tell_own_people("ended")

    def cancel_work(self) -> None:
        """End what is still active: its steps are cancelled and its tasks leave the queues."""
        for step in self.file.steps.values():
            if step.state in ACTIVE:
                self._end(step, "cancelled")
        self.close_tasks("cancelled")

    def start_clock(self) -> None:
        """Let a paused promise clock run again; what was left of it is left."""
        case = self.case
        if case.paused_at is None:
            return
        if case.promise_due:
            case.promise_due = resumed_due(
                case.promise_due, case.paused_at, self.at, case.promise_within, self.file.calendar
            )
        case.state, case.paused_at = follow("case", case.state, "open"), None

    def case_fact(self) -> dict:
        """Return what every fact about the case tells."""
        return {"body_id": self.case.body_id, "case_id": self.case.pk, "service_id": self.case.service_id}

    def step_fact(self, step: Step) -> dict:
        told = {"step_id": step.pk, "step_name": step.name, "performs": step.performs, "round": step.round}
        return self.case_fact() | {"body_id": step.body_id} | told


def _told(value):
    """Return what a definition tells a performer as plain values."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    return {key: _told(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def _team_id(body_id: int, code: str | None) -> int | None:
    team = bodies.team(body_id, code) if code else None
    return team.id if team else None


def _names(contact: dict) -> list[str]:
    return [str(contact[key]) for key in ("name", "postcode") if contact.get(key)]
