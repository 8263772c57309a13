"""One step in another system's hands: asked, asked again, answered once."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from moothall.casework import actions as casework
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.queue import defer
from moothall.core.refusal import Refusal
from moothall.core.steps import StepContext
from moothall.functions.links import queries, rules
from moothall.functions.links.models import Call, Received, System

#: How long after we last heard of an accepted step we ask how it goes: a lost call-back costs no more than this.
CHASE_AFTER = dt.timedelta(minutes=5)


class NothingToRetry(Refusal):
    """There is nothing to try again: it is under way or answered. Refresh the page to see where it stands."""


class UnknownCall(Refusal):
    """We did not ask you for that. Check the id of the request."""

    status = 404


class AnswerUnclear(Refusal):
    """Send state accepted, done (with outputs) or refused (with a reason)."""

    status = 422


def open_call(*, system: System, performs: str, ctx: StepContext, at: dt.datetime, by: Actor) -> Call:
    """Hand a step to another system: one call, however often it is asked, and the job that sends it."""
    call, made = Call.objects.get_or_create(
        body_id=ctx.body_id, step_id=ctx.step_id,
        defaults={"system": system, "case_id": ctx.case_id, "reference": ctx.reference, "performs": performs,
                  "request": queries.request_of(ctx), "opened_at": at, "due_at": ctx.due_at, "next_at": at,
                  "their_reference": _goes_on(system, ctx, performs)},
    )  # fmt: skip
    if made or call.state == "failed":
        _again(call, at, at)
    return call


def _goes_on(system, ctx, performs) -> str:
    """Return their number of the case's request, where this step is part of what was asked already."""
    if system.protocol != "open311":
        return ""
    return queries.earlier_reference(system, case_id=ctx.case_id, performs=performs)


def _again(call, when, at):
    call.state, call.next_at = "waiting", when
    call.save(update_fields=["state", "next_at"])
    key = f"links.send:{call.pk}:{call.attempts}"
    defer("links.send", body=call.body_id, key=key, schedule=when if when > at else None, call_id=str(call.pk))


def begin(*, call_id: UUID, at: dt.datetime, by: Actor) -> bool:
    """Note that an attempt begins, before it is made; return whether it is the first.

    Were it noted afterwards, a worker killed in between would not know that the other system may have it already.
    """
    call = Call.objects.select_for_update().get(pk=call_id)
    Call.objects.filter(pk=call_id).update(attempts=call.attempts + 1)
    return call.attempts == 0


def send(*, call_id: UUID, answer: rules.Answer, at: dt.datetime, by: Actor) -> Call:
    """Take what the other system answered to an attempt: move the step on, plan the next attempt, or call a person.

    The asking itself is `queries.ask`: it waits on another machine, so it happens outside any transaction.
    """
    call = Call.objects.select_for_update().get(pk=call_id)
    if call.state != "waiting":
        return call
    if answer.state in ("again", "unknown"):
        following = rules.next_attempt(call.attempts, at)
        call.error = answer.reason[:500]
        call.save(update_fields=["error"])
        if following:
            _again(call, following, at)
        else:
            _fail(call, answer.reason, at, by)
    elif answer.state == "broken":
        _fail(call, answer.reason, at, by)
    else:
        _take(call, answer, at, by)
    return call


def hear(*, system: System, message_id: str, said: Mapping, at: dt.datetime, by: Actor) -> str:
    """Take a signed call-back and return the call's state; the same message again, or a second answer, changes nothing.

    Raises UnknownCall, AnswerUnclear, or casework's refusal when the outputs do not fit the step.
    """
    try:
        answer, call_id = rules.read_said(said), UUID(str(said.get("id")))
    except (ValueError, TypeError) as fault:
        raise AnswerUnclear(f"{fault}. Send state accepted, done (with outputs) or refused (with a reason).") from fault
    call = Call.objects.select_for_update().filter(pk=call_id, system=system).first()
    if call is None:
        raise UnknownCall()
    _, new = Received.objects.get_or_create(
        body_id=system.body_id, system=system, message_id=message_id[:100], defaults={"at": at}
    )
    if not new or call.state in ("done", "refused"):
        Call.objects.filter(pk=call.pk).update(repeats=call.repeats + 1)
        return call.state
    _take(call, answer, at, by)
    return call.state


def hear_status(*, system: System, message_id: str, reference: str, told: Mapping, at: dt.datetime, by: Actor) -> str:
    """Take an update that a system linked by Open311 sends of one of its requests; return the state of our call.

    The same update again changes nothing. Refuses UnknownCall.
    """
    known = queries.waiting_for(system, reference) if system.protocol == "open311" and reference else []
    if not known:
        raise UnknownCall("We know no request of yours with that number. Send the one that you gave us.")
    call = Call.objects.select_for_update().get(pk=known[0])
    _, new = Received.objects.get_or_create(
        body_id=system.body_id, system=system, message_id=message_id[:100], defaults={"at": at}
    )
    if not new or call.state in ("done", "refused"):
        Call.objects.filter(pk=call.pk).update(repeats=call.repeats + 1)
        return call.state
    today = local(at).date()
    answer = rules.open311.meaning(system.terms, call.performs, told, reference=reference, today=today)
    _take(call, answer, at, by)
    return call.state


def chase(*, call_id: UUID, answer: rules.Answer, at: dt.datetime, by: Actor) -> Call:
    """Take what the other system said when we asked how an accepted step goes; one it has lost is sent again."""
    call = Call.objects.select_for_update().get(pk=call_id)
    if call.state != "accepted":
        return call
    if answer.state == "unknown":
        call.error = "The other system had accepted it and lost it, so it was sent again."
        call.save(update_fields=["error"])
        _again(call, at, at)
    elif answer.state in ("done", "refused"):
        _take(call, answer, at, by)
    else:
        call.next_at, call.their_reference = at + CHASE_AFTER, answer.reference[:60] or call.their_reference
        call.save(update_fields=["next_at", "their_reference"])
    return call


def retry(*, call_id: UUID, at: dt.datetime, by: Actor) -> Call:
    """Ask again for a call that failed; a person decides that. Raises NothingToRetry."""
    call = Call.objects.select_for_update().filter(pk=call_id).first()
    if call is None or call.state != "failed":
        raise NothingToRetry()
    audit.record(action="link.retried", object=f"call:{call.pk}", body_id=call.body_id, at=at, by=by)
    casework.retry_step(step_id=call.step_id, at=at, by=by)
    return call


def let_go(*, case_ids: list[UUID], at: dt.datetime, by: Actor) -> int:
    """End the open calls of ended cases and erase what was sent; return how many. Late answers change nothing."""
    rows = Call.objects.filter(case_id__in=case_ids, state__in=["waiting", "accepted", "failed"])
    return rows.update(state="refused", request={}, ended_at=at, next_at=None, error="The case was withdrawn.")


def _take(call, answer, at, by):
    """Move the call, and the step it stands for, to what the other system said."""
    if not rules.may_follow(call.state, answer.state):
        return
    call.state, call.heard_at, call.error = answer.state, at, ""
    call.their_reference = answer.reference[:60] or call.their_reference
    if answer.state == "accepted":
        call.next_at = at + CHASE_AFTER
    else:
        call.ended_at, call.next_at, call.request = at, None, {}
    call.save()
    if answer.state == "accepted":
        return
    try:
        with transaction.atomic():
            _settle(call, answer, at, by)
    except casework.OutputsWrong as refusal:
        _fail(call, f"The other system's outputs do not fit the step: {refusal.details}", at, by)
    except Refusal:
        return  # the case was cancelled, or a person settled the step by hand


def _settle(call, answer, at, by):
    if answer.state == "done":
        casework.finish_step(step_id=call.step_id, outputs=dict(answer.outputs), at=at, by=by)
    else:
        casework.refuse_step(step_id=call.step_id, reason=answer.reason, code="external", at=at, by=by)


def _fail(call, error, at, by):
    call.state, call.error, call.next_at, call.ended_at = "failed", error[:500], None, None
    call.save(update_fields=["state", "error", "next_at", "ended_at"])
    casework.fail_step(step_id=call.step_id, error=call.error, attempt=call.attempts, last=True, at=at, by=by)
