"""The promise clock: paused while we wait for somebody else, and noticed when it runs out."""

import datetime as dt
from uuid import UUID

from moothall.casework import events
from moothall.casework.actions.work import Work
from moothall.casework.models import Case
from moothall.casework.queries.file import case_file
from moothall.casework.rules.states import follow
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal


class NoPromise(Refusal):
    """Nothing was promised by a day here, so there is no clock to pause."""


class ReasonForPause(Refusal):
    """Say what we are waiting for; the resident reads it."""

    status = 422


def pause_promise(*, case_id: UUID, reason: str, at: dt.datetime, by: Actor) -> None:
    """Stop the promise clock while we wait for the resident or for somebody else; `reason` says for what."""
    if not reason.strip():
        raise ReasonForPause(field="reason")
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    case = work.case
    if case.promise_due is None:
        raise NoPromise()
    case.state, case.paused_at = follow("case", case.state, "paused"), at
    case.save(update_fields=["state", "paused_at"])
    work.keep("reason", reason.strip(), "paused")
    work.changes.tell(events.PromisePaused(**work.case_fact()))
    work.write()


def resume_promise(*, case_id: UUID, at: dt.datetime, by: Actor) -> dt.datetime:
    """Let the clock run again and return the new due moment: what was left when it stopped is left now."""
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    case = work.case
    follow("case", case.state, "open")
    work.start_clock()
    case.save(update_fields=["state", "paused_at", "promise_due"])
    work.changes.happened("resumed", promise_due=case.promise_due.isoformat())
    work.changes.tell(events.PromiseResumed(**work.case_fact(), promise_due=case.promise_due))
    work.write()
    return case.promise_due


def notice_missed(*, body_id: int, at: dt.datetime, by: Actor, limit: int = 500) -> int:
    """Tell of each open case of a body whose promise ran out unnoticed; return how many there were."""
    rows = Case.objects.filter(body_id=body_id, state="open", promise_missed_at=None, promise_due__lt=at)
    ids = list(rows.order_by("promise_due").values_list("pk", flat=True)[:limit])
    for case_id in ids:
        _miss(case_id, at, by)
    return len(ids)


def _miss(case_id: UUID, at: dt.datetime, by: Actor) -> None:
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    case = work.case
    if case.state != "open" or case.promise_missed_at or not case.promise_due or case.promise_due >= at:
        return
    case.promise_missed_at = at
    case.save(update_fields=["promise_missed_at"])
    work.changes.happened("promise-missed", promise_due=case.promise_due.isoformat())
    work.changes.tell(events.PromiseMissed(**work.case_fact(), promise_due=case.promise_due))
    work.say("late")
    work.changes.tell_own_people("late")
    work.write()
