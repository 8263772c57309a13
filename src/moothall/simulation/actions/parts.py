"""Requests that need two bodies: rubbish in the way of traffic, which the county makes safe and a district clears."""

import datetime as dt
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.catalogue import queries as catalogue
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.simulation.actions import hands
from moothall.simulation.queries import stories_with
from moothall.simulation.rules.personas import RESIDENT

SERVICE = "fly-tipping"
BEGAN = ((dt.timedelta(days=1), True), (dt.timedelta(minutes=40), False))
"""How long ago each was reported, and whether the first body has done its part."""


def begin_parts(*, at: dt.datetime, by: Actor) -> int:
    """Report rubbish in the way of traffic near the resident of the stories: one report in the hands of each body."""
    definition = catalogue.current(SERVICE).definition
    part = next(step for step in definition.steps.values() if step.work)
    answers = stories_with(SERVICE, part.id)[0]
    home = bodies.place_of_dwelling(RESIDENT.home)
    for ago, made_safe in BEGAN:
        opened_at = at - ago
        with scoped(Scope(purpose="front door", actor=Actor("contact"))):
            opened = casework.open_case(
                service_id=SERVICE,
                answers=answers | {"where": home},
                place=home,
                contact={"email": RESIDENT.email, "name": RESIDENT.name},
                channel="web",
                at=opened_at,
                by=Actor("contact"),
            )
        queue.run_pending(at=opened_at)
        if made_safe:
            doer = bodies.responsible(part.work, home, opened_at.date()).body_id
            _make_safe(opened.case_id, doer, opened_at + dt.timedelta(hours=2), by)
    return len(BEGAN)


def _make_safe(case_id: UUID, doer: int, at: dt.datetime, by: Actor) -> None:
    with scoped(Scope(bodies=(doer,), purpose="simulation", actor=by)):
        task = next(one for one in cases.open_work(opened_since=at - dt.timedelta(days=1)) if one.case_id == case_id)
    hands.work(task=task, performs=task.step.performs, luck=0.5, at=at, by=by)
    queue.run_pending(at=at)
