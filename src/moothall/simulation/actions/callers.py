"""Those who ring, come and write: each contact recorded as an adviser would, and all of them counted."""

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.scope import Scope, scoped
from moothall.desk import actions as desk
from moothall.scrutiny import actions as scrutiny
from moothall.simulation.actions.crowd import Asked
from moothall.simulation.rules.callers import COSTS, MINUTES, SOURCE, Call, calls_after, minutes_of
from moothall.simulation.rules.year import Request, in_working_hours

if TYPE_CHECKING:
    from moothall.simulation.actions.play import Player


def came(*, player: "Player", request: Request, asked: Asked, case_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Record that somebody asked an adviser, and plan how they are in touch afterwards."""
    body_id = asked.by.body_id or asked.doer
    seed = f"{request.at.isoformat()}/{request.who}"
    if request.channel in MINUTES:
        minutes = minutes_of(request.channel, seed)
        said = {"kind": "request", "outcome": "opened", "case_id": case_id}
        _record(body_id, request.channel, minutes, said, at - dt.timedelta(minutes=minutes), by)
    for call in calls_after(seed):
        about = {"case_id": case_id} if call.about_case else {"service_id": request.service_id}
        when = in_working_hours(at + call.after)
        player.plan(when, partial(_calls, body_id=body_id, call=call, about=about, by=by))


def _calls(*, body_id: int, call: Call, about: dict, at: dt.datetime, by: Actor) -> None:
    _record(body_id, call.channel, call.minutes, about | {"kind": call.kind, "outcome": call.outcome}, at, by)


def _record(body_id: int, channel: str, minutes: int, said: dict, at: dt.datetime, by: Actor) -> None:
    ended_at = at + dt.timedelta(minutes=minutes)
    with scoped(Scope(bodies=(body_id,), case=said.get("case_id"), purpose="simulation", actor=by)):
        desk.record_contact(body_id=body_id, channel=channel, ended_at=ended_at, at=at, by=by, **said)


def price_contacts(*, at: dt.datetime, by: Actor) -> None:
    """Let every partner say what a contact costs it by each channel."""
    for body in bodies.bodies(partner=True, on=at.date()):
        with scoped(Scope(bodies=(body.id,), purpose="simulation", actor=by)):
            for channel, pence in COSTS.items():
                said = {"channel": channel, "pence": pence, "source": SOURCE, "starts": local(at).date()}
                desk.set_unit_cost(body_id=body.id, at=at, by=by, **said)


def count_callers(*, since: dt.date, at: dt.datetime, by: Actor) -> None:
    """Take in what people did by themselves, and count every contact from the first day of a month on."""
    for body in bodies.bodies(partner=True, on=at.date()):
        with scoped(Scope(bodies=(body.id,), purpose="simulation", actor=by)):
            desk.take_in_requests(body_id=body.id, at=at, by=by)
            scrutiny.count_contacts(body_id=body.id, since=since, at=at, by=by)
