"""What is booked for a case moves to another day, and all that hangs on that day moves with it."""

import datetime as dt
from uuid import UUID

from moothall.booking import actions as booking
from moothall.booking import queries as places
from moothall.casework import events
from moothall.casework.actions.work import Work
from moothall.casework.models import Step, Task
from moothall.casework.queries.file import case_file
from moothall.casework.queries.letters import letter
from moothall.casework.queries.outputs import as_declared
from moothall.casework.queries.people import resident_address
from moothall.casework.rules.money_back import change_by
from moothall.casework.rules.states import ACTIVE, LIVE
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import end_of
from moothall.core.refusal import Refusal
from moothall.core.scope import EVERY_TEAM, current_scope, scoped
from moothall.ui.rules import date_words

CHOOSE, CONFIRM = "booking.choose", "booking.confirm"


class TooLateToChange(Refusal):
    """It is too late to change this here. Ring us: we may still be able to help."""


class NoQuickWay(Refusal):
    """We tell people of a free day by email or text message, and have neither for this request. Ring us."""


def move_day(*, case_id: UUID, slot_id: int, wanted: bool = True, at: dt.datetime, by: Actor) -> None:
    """Give a case another slot than the one it holds or has booked; the old one is kept if the new one is taken.

    What was put out of the day, the steps that wait for it, their tasks and jobs go along, and the resident has the
    letter of the booking again. `wanted` says that the resident asked for it: then a promise that ended before the new
    day ends with that day. Refuses booking's SlotTaken, SlotClosed, NoSuchSlot and NothingBooked; and TooLateToChange
    to anybody but staff, after 5pm of the working day before. The same slot again changes nothing.
    """
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    mine = places.of_case(case_id)
    if mine is None or work.case.state not in LIVE:
        raise booking.NothingBooked()
    before = places.when(mine.id)
    if by.kind != "staff" and at > change_by(before["day"], work.file.calendar):
        raise TooLateToChange()
    moved = booking.reschedule(case_id=case_id, kind=mine.kind, slot_id=slot_id, at=at, by=by)
    if moved.id == mine.id:
        return
    now = places.when(moved.id)
    told = [step for step in work.file.steps.values() if _tells_day(work, step, mine.kind)]
    for step in told:
        step.outputs = as_declared(step.performs, now)
        work.changes.change(step, "outputs")
    for step in work.file.steps.values():
        _go_along(work, step, now["day"])
    if wanted:
        _promise_later(work, now["day"])
    days = {"before": before["day"].isoformat(), "day": now["day"].isoformat(), "time": now["time"]}
    work.changes.happened("day-moved", **days, wanted=wanted)
    for step in told:
        if step.performs == CONFIRM:
            work.say(f"{step.name}.done")
    work.write()


def _tells_day(work: Work, step: Step, kind: str) -> bool:
    """Return whether a step put out the day of what is booked of this kind."""
    if step.state != "done" or step.performs not in (CHOOSE, CONFIRM):
        return False
    return (work.file.definition.steps[step.name].using.get("slots") or work.case.service_id) == kind


def _go_along(work: Work, step: Step, day: dt.date) -> None:
    """Put off (or bring forward) a step that has begun, if it is due by the day of the booking."""
    defined = work.file.definition.steps.get(step.name)
    if step.state not in ACTIVE or defined is None:
        return
    due = catalogue.due(defined, step.ready_at, work.file.guarded(), work.file.calendar)
    if due is None or due == step.due_at or not _by_a_day(defined):
        return
    step.due_at = due
    work.changes.change(step, "due_at")
    if defined.wait and step.state == "waiting":
        args = {"body": step.body_id, "key": f"wake:{step.pk}:{step.attempts}:{due:%Y%m%d}", "step_id": str(step.pk)}
        work.changes.job("casework.wake", args, due)
    with scoped(current_scope().narrowed(bodies=(*current_scope().bodies, step.body_id), teams=EVERY_TEAM)):
        Task.objects.filter(step_id=step.pk, state="open").update(due_at=due)
    if step.external:
        title = f"Tell whoever does this outside: the day is now {date_words(day, 'en')}"
        work.add_task(title, team=None, due=work.at + dt.timedelta(hours=4), body_id=step.body_id)
    work.changes.tell(events.StepMoved(**work.step_fact(step), day=day, due_at=due))


def _by_a_day(defined) -> bool:
    """Return whether a step's clock is a day that an earlier step put out, and not a time from its own beginning."""
    return bool(defined.wait and defined.wait.until) or bool(defined.within and defined.within.unit == "by")


def _promise_later(work: Work, day: dt.date) -> None:
    case, ends = work.case, end_of(day)
    running = case.promise_due and case.paused_at is None and case.promise_missed_at is None
    if running and case.promise_due < ends:
        case.promise_due = ends
        work.changes.change(case, "promise_due")


def change_day(
    *, case_id: UUID, performs: str, outputs: dict, before: dt.date, day: dt.date, at: dt.datetime, by: Actor
) -> bool:
    """Let a day that a performer's step put out be another one, also of a case that has ended; return whether it was.

    `outputs` are those of its outputs that change. Steps that wait for the day go along with their jobs; those whose
    time was over before stay ended. The resident is not written to: whoever changes the day tells them.
    """
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    told = [step for step in work.file.steps.values() if step.state == "done" and step.performs == performs]
    for step in told:
        step.outputs = as_declared(performs, step.outputs | outputs)
        work.changes.change(step, "outputs")
    for step in work.file.steps.values():
        _go_along(work, step, day)
    if told:
        work.changes.happened("day-moved", before=before.isoformat(), day=day.isoformat(), time="", wanted=False)
        work.write()
    return bool(told)


def remind_of_day(*, case_id: UUID, booking_id: UUID, at: dt.datetime, by: Actor) -> bool:
    """Remind whoever booked a day of it, by e-mail or text message; return whether they were.

    Nothing is written to who gave no such address, did not want to hear, or has another day meanwhile: a letter would
    come too late, and the letter of the booking says it all.
    """
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    mine, to = places.of_case(case_id), resident_address(work.file)
    if work.case.state not in LIVE or mine is None or mine.id != booking_id or to is None or to.channel == "letter":
        return False
    work.changes.send(letter(work.file, "reminded", at=at, by=str(by), when=places.times(booking_id)))
    work.changes.happened("day-reminded", channel=to.channel)
    work.write()
    return True


def wait_for_day(
    *, case_id: UUID, diary_of: int, kind: str, ahead: int | None = None, at: dt.datetime, by: Actor
) -> None:
    """Put a case into the waiting list of a body's diary: for any day, or for an earlier one than it has.

    Refuses NoQuickWay where whoever asked cannot be told in time, booking's NoList where there is none.
    """
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    to = resident_address(work.file)
    if work.case.state not in LIVE:
        raise booking.NothingBooked()
    if to is None or to.channel == "letter":
        raise NoQuickWay()
    if places.wish(case_id, kind) is None:
        booking.wait(case_id=case_id, body_id=diary_of, kind=kind, ahead=ahead, at=at, by=by)
        work.changes.happened("waiting-for-day")
        work.write()


def wait_no_more(*, case_id: UUID, kind: str, decline: bool = False, at: dt.datetime, by: Actor) -> None:
    """Leave the waiting list; or only `decline` the day that is offered now, and wait on behind the others."""
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    if decline:
        said = booking.decline(case_id=case_id, kind=kind, at=at, by=by)
    else:
        said = places.wish(case_id, kind) is not None
        booking.stop_waiting(case_id=case_id, kind=kind, at=at, by=by)
    if said:
        work.changes.happened("day-declined" if decline else "waiting-no-more")
        work.write()


def tell_of_offer(*, case_id: UUID, booking_id: UUID, until: dt.datetime, at: dt.datetime, by: Actor) -> bool:
    """Tell who waits for a day that one came free and is kept for them; return whether they were told."""
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    when = places.times(booking_id)
    if work.case.state not in LIVE or when is None:
        return False
    work.changes.send(letter(work.file, "offered", at=at, by=str(by), when=when, due=until))
    work.changes.happened("day-offered")
    work.write()
    return True
