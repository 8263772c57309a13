"""A case's life after it was opened: cancelled, reopened, closed by hand, handed over, complained about, related."""

import datetime as dt
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.casework import events
from moothall.casework.actions.opening import Opened, open_case
from moothall.casework.actions.work import Work
from moothall.casework.models import Case, Relation
from moothall.casework.queries.decisions import may_be_reviewed
from moothall.casework.queries.file import case_file
from moothall.casework.rules.states import ACTIVE, follow
from moothall.catalogue import queries as catalogue
from moothall.core import files
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.core.scope import current_scope, scoped
from moothall.people import actions as people
from moothall.people import queries as known
from moothall.sharing import queries as sharing


class NotOnOffer(Refusal):
    """That body does not offer this service, so it cannot take the case. Choose another body."""


class SameBody(Refusal):
    """That body does this work already. To give it to other people there, hand it to another team."""

    status = 422


class StillWorkedOn(Refusal):
    """Work on this case is still going on. Finish or refuse its steps, or cancel the case."""


class TooLateToReview(Refusal):
    """The time in which a decision can be looked at again has ended. Write to us and say why it is late."""


def cancel_case(*, case_id: UUID, reason: str = "", at: dt.datetime, by: Actor) -> None:
    """Withdraw a case: its work stops, no promise is counted as missed by it. Refuses one that has ended."""
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    case = work.case
    work.start_clock()
    case.state, case.closed_at, case.outcome = follow("case", case.state, "cancelled"), at, "cancelled"
    case.save(update_fields=["state", "closed_at", "outcome", "paused_at", "promise_due"])
    work.cancel_work()
    work.published.tell("cancelled")
    work.keep("reason", reason.strip(), "cancelled")
    work.changes.tell(events.CaseCancelled(**work.case_fact()))
    work.say("cancelled", reason=reason)
    work.changes.tell_own_people("ended")
    work.write()


def reopen_case(*, case_id: UUID, reason: str, at: dt.datetime, by: Actor) -> None:
    """Work on an ended case again, in a further round of its steps, with a promise of its own from today.

    What became of the promise before stays in the history, and counted. A decision that has a review is looked at again
    once, and in its time: refuses TooLateToReview to whoever it was about; the body's own people decide for themselves.
    """
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    case = work.case
    if by.kind != "staff" and not may_be_reviewed(work.file, at):
        raise TooLateToReview()
    case.state = follow("case", case.state, "open")
    _give_to_heir(case, local(at).date())
    work.cancel_work()
    case.round, case.closed_at, case.outcome = case.round + 1, None, ""
    work.file.steps = {}
    case.promise_due = catalogue.promised(work.file.definition, at, work.file.guarded(), work.file.calendar)
    case.promise_kept, case.promise_missed_at = None, None
    case.save(
        update_fields=[
            *("state", "round", "closed_at", "outcome", "promise_due", "promise_kept", "promise_missed_at"),
            *("body_id", "provider_id", "seen_by"),
        ]
    )
    work.published.tell("reopened")
    work.keep("reason", reason.strip(), "reopened", round=case.round)
    work.changes.tell(events.CaseReopened(**work.case_fact(), round=case.round))
    work.say("reopened", reason=reason)
    work.advance()
    work.write()


def _give_to_heir(case: Case, on: dt.date) -> None:
    """Let the successor of a body that has ended answer for the case, and do its work.

    What a body did that has left this platform is done by whoever does the service now.
    """
    answers, does = (bodies.stands_for(one, case.seen_by) for one in (case.body_id, case.provider_id))
    if not bodies.body(does).partner:
        adopted = sharing.adoption(answers, case.service_id, on)
        does = adopted.provider_id if adopted else answers
    case.body_id, case.provider_id = answers, does
    case.seen_by = sorted({*case.seen_by, answers, does})


def close_case(*, case_id: UUID, outcome: str, reason: str = "", at: dt.datetime, by: Actor) -> None:
    """Close a case by hand with one of its definition's outcomes, cancelling what is left of its work."""
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    if outcome not in work.file.definition.outcomes:
        raise UnknownOutcome(field="outcome")
    work.cancel_work()
    if reason.strip():
        work.keep("reason", reason.strip(), "closed-by-hand")
    work.close(outcome)
    work.write()


class UnknownOutcome(Refusal):
    """That is not one of the ways this service can end. Choose one from the list."""

    status = 422


def hand_over(*, case_id: UUID, body_id: int, reason: str, at: dt.datetime, by: Actor) -> None:
    """Let another body that offers the service do what is left of the work.

    It starts on the active steps afresh; who is accountable to the resident stays, and so does a part that is a third
    body's duty. Refuses NotOnOffer, SameBody.
    """
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    case, before = work.case, work.case.provider_id
    if body_id == before:
        raise SameBody(field="body")
    offered = {row.provider_id for row in sharing.adoptions(at.date(), service_id=case.service_id)}
    offered |= {row.body_id for row in sharing.adoptions(at.date(), service_id=case.service_id)}
    offered.add(case.body_id)  # whoever answers for it may always take it back
    if body_id not in offered or (case.only_team and bodies.team(body_id, case.only_team) is None):
        raise NotOnOffer(field="body")
    messages = work.take_off(before)
    case.provider_id, case.seen_by = body_id, sorted({*case.seen_by, body_id})
    case.save(update_fields=["provider_id", "seen_by"])
    for step in work.file.steps.values():
        if step.state in ACTIVE and step.body_id == before and not step.performs.startswith("payments."):
            _start_afresh(work, step, body_id)
    for title, due in messages:
        work.add_task(title, team=None, due=due, body_id=body_id)
    files.share(case_id=case.pk, with_body=body_id, at=at, by=by)
    work.keep("reason", reason.strip(), "handed-over", from_body=before, to_body=body_id)
    work.changes.tell(events.CaseHandedOver(**work.case_fact(), from_body_id=before, to_body_id=body_id))
    work.write()


def take_parts_back(*, case_id: UUID, of_body: int | None = None, at: dt.datetime, by: Actor) -> int:
    """Let whoever does the case do the parts that are begun elsewhere too: all of them, or those of one body.

    For a body that leaves: the law still names it, and it no longer works here. Returns how many parts.
    """
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    case = work.case
    parts = [
        step for step in work.file.steps.values()
        if step.state in ACTIVE and step.body_id not in (case.body_id, case.provider_id)
        and of_body in (None, step.body_id)
    ]  # fmt: skip
    for step in parts:
        before = step.body_id
        work.take_off(before)
        _start_afresh(work, step, case.provider_id)
        work.changes.happened("part-taken-back", step=step.name, step_id=str(step.pk), from_body=before)
        told = {"from_body_id": before, "to_body_id": case.provider_id}
        work.changes.tell(events.CaseHandedOver(**work.case_fact(), **told))
    work.write()
    return len(parts)


def _start_afresh(work: Work, step, body_id: int) -> None:
    if step.state != "ready":
        step.state = follow("step", step.state, "ready")
    step.body_id, step.external, step.error, step.attempts = body_id, "", "", step.attempts + 1
    step.save(update_fields=["state", "body_id", "external", "error", "attempts"])
    work.queue(step)


def complain(
    *,
    case_id: UUID,
    answers: dict,
    contact: dict,
    channel: str = "web",
    idempotency: str | None = None,
    at: dt.datetime,
    by: Actor,
) -> Opened:
    """Open a complaint about how a case was dealt with, to its accountable body, and relate the two."""
    about = Case.objects.filter(pk=case_id).first()
    if about is None:
        raise NotYours()
    with scoped(current_scope()):
        opened = open_case(
            service_id="complaint",
            answers={"reference": about.reference} | answers,
            contact=contact,
            body_id=about.body_id,
            channel=channel,
            person_id=about.person_id,
            idempotency=idempotency,
            language=about.language,
            at=at,
            by=by,
        )
    relate(case_id=case_id, other_id=opened.case_id, kind="complaint", at=at, by=by)
    return opened


def relate(*, case_id: UUID, other_id: UUID, kind: str = "related", at: dt.datetime, by: Actor) -> None:
    """Write down that another case has to do with this one: a complaint about it, a duplicate, or just related."""
    work = Work(case_file(case_id), at=at, by=by)
    Relation.objects.bulk_create(
        [Relation(case_id=case_id, other_id=other_id, body_id=work.case.body_id, kind=kind, at=at, by=str(by))],
        ignore_conflicts=True,
    )
    work.changes.happened("related", other=str(other_id), relation=kind)
    work.write()


def link_person(*, case_id: UUID, person_id: UUID | None, at: dt.datetime, by: Actor) -> None:
    """Say whose case this is, or that it is nobody's we know (None); the history keeps who was named before.

    What they said with it that they need is noted of them from then on, where the scope acts for the accountable body.
    """
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    before, work.case.person_id = work.case.person_id, person_id
    work.case.save(update_fields=["person_id"])
    told = {"person": str(person_id) if person_id else None, "before": str(before) if before else None}
    work.changes.happened("person-linked", **told)
    work.write()
    needs = known.needs_in(work.file.contact.get("needs", ""))
    if person_id and needs and work.case.body_id in current_scope().bodies:
        people.add_needs(person_id=person_id, body_id=work.case.body_id, needs=needs, at=at, by=by)
