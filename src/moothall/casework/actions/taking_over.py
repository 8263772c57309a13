"""Take a case over from another system: its number, its day and what is left of its clock come along.

One that ended there comes as history: it is read, found, tracked and kept as long as the service says. It is in no
queue, no published figure and on no statement, because its work was not done here.
"""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from moothall.bodies import queries as bodies
from moothall.casework.actions.opening import (
    BEGIN,
    AnswersWrong,
    ContactNeeded,
    NotOffered,
    Opened,
    _completed,
    _only_team,
    _opened,
    _placed,
)
from moothall.casework.actions.work import Work
from moothall.casework.models import Case, Step
from moothall.casework.queries.file import CaseFile, case_file
from moothall.casework.queries.outputs import OutputsWrong, as_declared
from moothall.casework.rules.contact import digests
from moothall.casework.rules.promise import kept
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.ids import new_id
from moothall.core.reference import make_reference
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, rescope
from moothall.sharing import queries as sharing

REACHED = {"email", "phone", "address"}
MOST_STEPS = 20
"""Steps one after the other that may end by themselves while a case is taken over; no service has as many."""


class NotYetOpened(Refusal):
    """That case was opened after now. Correct the day it was opened."""

    status = 422


class UnknownStep(Refusal):
    """The service has no such step. Name one of its own."""

    status = 422


class OutcomeWrong(Refusal):
    """Say how that case ended, by one of the service's own outcomes."""

    status = 422


class EndedWhen(Refusal):
    """That case ended before it was opened, or after now. Correct the day."""

    status = 422


class StillToPay(Refusal):
    """A fee is still to be paid there. Let it be paid in the old system first, and say that this step is done."""

    status = 422


class ElsewhereResponsible(Refusal):
    """Another body does that at that place. Leave this case out, and give it to that body."""

    status = 422


@dataclass(frozen=True)
class Brought:
    """A case as another system has it. `number` is what it was called there; `done` gives the outputs of ended steps.

    `promise_due` is what was promised there; without it the service's own promise runs from the day it was opened.
    `closed_at` and `outcome`, one of the service's own, are of a case that ended there.
    """

    system: str
    number: str
    service_id: str
    opened_at: dt.datetime
    answers: dict
    place: dict | None = None
    contact: dict = field(default_factory=dict)
    channel: str = "phone"
    language: str = "en"
    promise_due: dt.datetime | None = None
    done: dict[str, dict] = field(default_factory=dict)
    person_id: UUID | None = None
    closed_at: dt.datetime | None = None
    outcome: str = ""


def check_brought(*, body_id: int, case: Brought, at: dt.datetime, by: Actor) -> CaseFile:
    """Return the file that a brought case would have, or refuse as `take_over` would; nothing is written.

    Raises NotOffered, AnswersWrong, ContactNeeded, NotYetOpened, EndedWhen, OutcomeWrong, UnknownStep, OutputsWrong,
    StillToPay, ElsewhereResponsible. Of a case that has ended neither a contact nor a payment is asked.
    """
    adoption = sharing.adoption(body_id, case.service_id, local(at).date())
    if adoption is None:
        raise NotOffered(service=case.service_id)
    if case.opened_at > at:
        raise NotYetOpened(field="opened")
    definition = catalogue.definition(adoption.version_id)
    day = local(case.opened_at).date()
    clean, problems = catalogue.check_answers(definition, case.answers, case.language, day, adoption.parameters)
    if problems:
        raise AnswersWrong(problems=problems, field=next(iter(problems)))
    if case.closed_at:
        _check_ended(definition, case, at)
    elif definition.contact.needed and not (case.person_id or case.contact.keys() & REACHED):
        raise ContactNeeded(field="contact")
    file = _file(body_id, adoption, definition, case, clean, at)
    _check_place(body_id, definition, file.place)
    for name, outputs in case.done.items():
        if name not in definition.steps:
            raise UnknownStep(f"The service has no step “{name[:40]}”. Its steps: {', '.join(definition.steps)}.")
        file.steps[name] = _ended(file, name, outputs, at)
    if not case.closed_at:
        _check_paid(file)
    return file


def _check_ended(definition, case: Brought, at: dt.datetime) -> None:
    if not case.opened_at <= case.closed_at <= at:
        raise EndedWhen(field="closed")
    if case.outcome not in definition.outcomes:
        raise OutcomeWrong(f"Say how that case ended: {', '.join(definition.outcomes)}.", field="outcome")


def _file(body_id: int, adoption, definition, brought: Brought, answers: dict, at: dt.datetime) -> CaseFile:
    place = _completed(brought.place) or {}
    provider_id = body_id if brought.closed_at else adoption.provider_id  # what is over, no provider of today did
    only_team = _only_team(definition, provider_id)
    case = Case(
        id=new_id(), body_id=body_id, service_id=brought.service_id, version_id=adoption.version_id,
        provider_id=provider_id, seen_by=sorted({body_id, provider_id}), channel=brought.channel,
        language=brought.language, title=definition.title.en, opened_at=brought.opened_at, person_id=brought.person_id,
        contact_digests=digests(settings.SECRET_KEY, brought.contact, urgent=bool(only_team)), only_team=only_team,
        former_system=brought.system,
        former_number=brought.number, taken_at=at, **_placed(place),
    )  # fmt: skip
    file = CaseFile(case, answers=answers, contact=brought.contact, note=place.get("note") or "")
    within = definition.promise.done_within
    case.promise_within = {within.unit: within.amount}
    case.promise_due = brought.promise_due or catalogue.promised(
        definition, brought.opened_at, file.guarded(), file.calendar
    )
    if brought.closed_at:
        case.state, case.closed_at, case.outcome = "closed", brought.closed_at, brought.outcome
        case.promise_kept = kept(case.promise_due, brought.closed_at)
    elif case.promise_due and case.promise_due < at:
        case.promise_missed_at = case.promise_due  # known there: the resident is not told of it again
    return file


def _check_place(body_id: int, definition, place: dict) -> None:
    if place.get("easting") is None:
        return
    found = bodies.responsible(definition.work, place)
    if bodies.does(definition.work, bodies.body(body_id).kind) and found.body_id not in (None, body_id):
        raise ElsewhereResponsible(f"{found.name} does that at that place. Leave this case out, and give it to them.")


def _ended(file: CaseFile, name: str, outputs: dict, at: dt.datetime) -> Step:
    """Return a step that ended in the other system: its history there is not ours to tell."""
    case, performs = file.case, file.definition.steps[name].performs
    try:
        outputs = as_declared(performs, outputs)
    except OutputsWrong as wrong:
        raise OutputsWrong(
            f"What the step {name} put out will not do: {', '.join(wrong.details['problems'])}.", **wrong.details
        ) from None
    return Step(
        id=new_id(), case_id=case.pk, body_id=case.body_id, round=1, name=name, performs=performs, state="done",
        ready_at=case.opened_at, ended_at=at, outputs=outputs,
    )  # fmt: skip


def _check_paid(file: CaseFile) -> None:
    """Refuse a case whose next step would ask for money that was paid, or is asked for, elsewhere."""
    begins = catalogue.settle(file.definition, file.states(), file.guarded())
    for name, state in begins.items():
        if state == "ready" and file.definition.steps[name].performs.startswith("payments."):
            raise StillToPay(
                f"The fee is still to be paid: step {name}. Let it be paid there first, then say it is done."
            )


def take_over(*, body_id: int, case: Brought, at: dt.datetime, by: Actor) -> tuple[Opened, bool]:
    """Keep here a case that another system kept, and return it, with whether it is new.

    The same number of the same system is taken over once; again, nothing changes. Its answers are checked as those of
    a request made on the day it was opened, its steps go on from those that ended there, and what can be done by
    itself is done at once. Nobody is written to. Refuses as `check_brought`.
    """
    known = Case.objects.filter(body_id=body_id, former_system=case.system, former_number=case.number).first()
    if known:
        return Opened(known.pk, known.reference, known.promise_due, body_id), False
    file = check_brought(body_id=body_id, case=case, at=at, by=by)
    row = file.case
    row.number, _, _ = rescope(current_scope().narrowed(case=row.pk), BEGIN, (body_id, str(by), "", b"", row.pk, at))
    _kept_here(file, at, by).write()
    if not case.closed_at:
        _go_on(row.pk, at, by)
    return Opened(row.pk, row.reference, row.promise_due, body_id), True


def _kept_here(file: CaseFile, at: dt.datetime, by: Actor) -> Work:
    """Return what keeps a case here that has its number: what was asked, which steps ended there, which begin now."""
    row = file.case
    row.reference = make_reference(file.body.code, row.number)
    work = Work(file, at=at, by=by, quiet=True)
    work.changes.add(row)
    said = {"answers": file.answers, "contact": file.contact, "note": file.note}
    facts = {"service": row.service_id, "version": str(row.version_id), "channel": row.channel}
    work.keep("submission", said, "opened", at=row.opened_at, **facts)
    work.changes.happened("taken-over", system=row.former_system, number=row.former_number)
    for step in file.steps.values():
        work.changes.add(step)
    if row.closed_at:
        work.changes.happened("closed", at=row.closed_at, outcome=row.outcome, promise_kept=row.promise_kept)
    else:
        work.published.begin(row.opened_at)
        work.changes.tell(_opened(row))
        work.advance()
    return work


def _go_on(case_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Perform what is ready, here and now, so that nothing is left to a job that would write to the resident."""
    for _ in range(MOST_STEPS):
        work = Work(case_file(case_id, lock=True), at=at, by=by, quiet=True)
        if not _perform_next(work):
            return
        work.write()


def _perform_next(work: Work) -> bool:
    """Perform the first step that is ready and our own, and return whether there was one."""
    ready = [step for step in work.file.steps.values() if step.state == "ready" and step.body_id == work.case.body_id]
    if not ready or not work.goes_on(ready[0]):
        return False
    work.perform(ready[0])
    return True
