"""Links hears when a case no longer needs an answer, and answers what is asked of every chapter."""

import datetime as dt
from uuid import UUID

from moothall.casework import queries as casework
from moothall.casework.events import CaseCancelled, CaseHandedOver
from moothall.core import personal, ports, succession
from moothall.core.actor import Actor
from moothall.core.events import on
from moothall.core.scope import current_scope, scoped
from moothall.functions.links import actions, queries


@on(CaseCancelled)
def let_go(event: CaseCancelled, *, at, by) -> None:
    """Forget what was sent for a case that was withdrawn, whichever body sent it, and do not ask again."""
    with scoped(current_scope().narrowed(bodies=(casework.provider(event.case_id),))):
        actions.let_go(case_ids=[event.case_id], at=at, by=by)


@on(CaseHandedOver)
def leave_it_to_others(event: CaseHandedOver, *, at, by) -> None:
    """Forget what was sent for a case that another body goes on with."""
    with scoped(current_scope().narrowed(bodies=(event.from_body_id,))):
        actions.let_go(case_ids=[event.case_id], at=at, by=by)


@ports.subject_access.answer("links_call")
def subject_access(person_ids: list[UUID], *, at: dt.datetime) -> dict[str, list[dict]]:
    """Return what of a person's cases was sent to other systems and is not answered yet."""
    return {"Sent to other systems": queries.held_about([case.pk for case in casework.my_cases(person_ids)])}


@ports.erase.answer("links_call")
def erase(person_ids: list[UUID], body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase what was sent for a person's ended cases; an open one still needs it."""
    ids = [case.pk for case in casework.my_cases(person_ids) if case.closed_at]
    return {"links_call": actions.let_go(case_ids=ids, at=at, by=by)}


personal.declare(
    "links_call", "request", purpose="ask another system to do a step", basis="public task",
    keep="until it is answered, or the case ends",
)  # fmt: skip
personal.free("links_system", "name", "address", why="a computer's name and address")
personal.free("links_system", "steps", "aside", why="names of steps, and of files with what is wrong in which line")


@ports.succession.answer()
def passes_on() -> succession.Chapter:
    """A system that does our work works for the successor, unless another predecessor has one for the same work."""
    first = """not exists (select 1 from links_system o join succ so on so.predecessor = o.body_id
      where so.successor = s.successor and o.function = t.function and o.id < t.id)"""
    moved = "exists (select 1 from links_system y where y.id = t.system_id and y.body_id <> t.body_id)"
    return succession.Chapter(
        fates={
            "links_system": succession.moves("systems that do the work", first),
            "links_call": succession.moves("what they were asked goes with them", moved),
            "links_received": succession.stays("what was received, as it came"),
        },
    )
