"""Carry a plan out on a copy of the whole database, note what came of it, and throw the copy away."""

import datetime as dt
from contextlib import ExitStack
from dataclasses import replace

import psycopg

from moothall.core import ports
from moothall.core.actor import Actor
from moothall.core.clock import at_noon
from moothall.core.operations import Running
from moothall.core.refusal import Refusal
from moothall.reorganisation.actions.executing import carry_out
from moothall.reorganisation.rules.figures import as_json, differences

KEEP = "update reorganisation_plan set rehearsal = %s::jsonb, rehearsed_at = %s where id = %s"


class NoRoom(Refusal):
    """A copy cannot be made here. Ask whoever runs the platform to let its owner make databases, and try again."""


def rehearse(*, running: Running, plan_id, at: dt.datetime, by: Actor) -> dict:
    """Rehearse a plan as if its vesting day had come; return and keep the figures. Raises NoRoom, FiguresDiffer."""
    answer = next(iter(ports.rehearsal), None)
    if answer is None:
        raise NoRoom
    vesting = running.connection.execute(
        "select vesting from reorganisation_plan where id = %s", [plan_id]
    ).fetchone()[0]  # fmt: skip
    running.connection.commit()
    with ExitStack() as stack:
        with running.stage("copy", "Copying everything"):
            address = stack.enter_context(answer.give(str(running.id)))
        copy = stack.enter_context(psycopg.connect(**address))
        on_the_day = max(at, at_noon(vesting))
        found = carry_out(running=replace(running, connection=copy), plan_id=plan_id, at=on_the_day, by=by)
    wrong = differences(found["figures"]["before"], found["figures"]["after"])
    running.connection.execute(KEEP, [as_json(found | {"differences": wrong}), at, plan_id])
    running.connection.commit()
    return {"seconds": sum(found["stages"].values())}
