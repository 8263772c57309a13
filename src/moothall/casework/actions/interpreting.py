"""An interpreter for a booked day: who meets somebody has a task to book one, to move them, or to cancel them."""

import datetime as dt
from uuid import UUID

from moothall.booking import queries as places
from moothall.casework.actions.work import Work
from moothall.casework.models import Task
from moothall.casework.queries.file import CaseFile, case_file
from moothall.casework.queries.letters import slot_words
from moothall.casework.queries.needs import needs_of
from moothall.casework.rules.states import LIVE
from moothall.core.actor import Actor
from moothall.core.scope import EVERY_TEAM, current_scope, scoped
from moothall.people import queries as people

CONFIRM = "booking.confirm"
BOOKED_WITHIN = 2
"""Working days within which an interpreter is asked for: they are few, and booked up weeks ahead."""


def book_interpreter(*, case_id: UUID, booking_id: UUID, at: dt.datetime, by: Actor) -> bool:
    """Put into the queue of whoever meets the resident that an interpreter is to be booked; return whether it was.

    Nothing is done for a day on which nobody is met, as when large items are fetched. After a change of day the task is
    for the new one; where one was booked already, it is to move them.
    """
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    mine, team = places.of_case(case_id), _meets(work.file)
    interpreter = people.need_of_kind(needs_of(work.file), "interpreter")
    if work.case.state not in LIVE or mine is None or mine.id != booking_id or not interpreter or not team:
        return False
    before = _told(case_id, mine.body_id)
    if any(task.detail["booking"] == str(booking_id) for task in before):
        return False
    _drop([task for task in before if task.state == "open"], at, by)
    starts, ends = places.times(booking_id)
    verb = "Move" if any(task.state == "done" for task in before) else "Book"
    who = people.needs_in_words([f"interpreter:{interpreter}"])[0]
    soon = min(work.file.calendar.due(at, working_days=BOOKED_WITHIN), starts)
    work.add_task(
        f"{verb} an interpreter, {slot_words(starts, ends, 'en')}: {who}", team=team, due=soon, body_id=mine.body_id,
        detail={"interpreter": interpreter, "booking": str(booking_id)},
    )  # fmt: skip
    work.write()
    return True


def cancel_interpreter(*, case_id: UUID, body_id: int, at: dt.datetime, by: Actor) -> bool:
    """Drop the task to book an interpreter for a day that was given up; put it to who booked one to cancel them."""
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    if places.of_case(case_id) is not None:
        return False
    before = _told(case_id, body_id)
    _drop([task for task in before if task.state == "open"], at, by)
    done = [task for task in before if task.state == "done" and task.detail["booking"]]
    if not done or any(not task.detail["booking"] for task in before):
        return False
    due = work.file.calendar.due(at, working_days=BOOKED_WITHIN)
    last = done[-1].detail["interpreter"]
    work.add_task(
        f"Cancel the interpreter: the day was given up ({people.needs_in_words([f'interpreter:{last}'])[0]})",
        team=_meets(work.file), due=due, body_id=body_id, detail={"interpreter": last, "booking": ""},
    )  # fmt: skip
    work.write()
    return True


def _meets(file: CaseFile) -> str:
    """Return the team that meets the resident on a booked day; empty where nobody does, or they only come and go."""
    steps = file.definition.steps
    confirmed = {name: step for name, step in steps.items() if step.performs == CONFIRM and step.using.get("team")}
    followed = (step for step in steps.values() if step.human)
    names = [name for step in followed for name in step.after if name in confirmed]
    return confirmed[names[0]].using["team"] if names else ""


def _told(case_id: UUID, body_id: int) -> list[Task]:
    """Return a body's tasks about the interpreter for a case, first one first."""
    with _of(body_id):
        tasks = Task.objects.filter(case_id=case_id, body_id=body_id, detail__has_key="interpreter")
        return list(tasks.exclude(state="cancelled").order_by("opened_at", "id"))


def _drop(tasks: list[Task], at: dt.datetime, by: Actor) -> None:
    for task in tasks:
        with _of(task.body_id):
            Task.objects.filter(pk=task.pk, state="open").update(state="cancelled", closed_at=at, closed_by=str(by))


def _of(body_id: int):
    return scoped(current_scope().narrowed(bodies=(*current_scope().bodies, body_id), teams=EVERY_TEAM))
