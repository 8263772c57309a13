"""Carry a plan out on a copy of the whole database, undo it there, note what came of it, and throw the copy away."""

import datetime as dt
import time
from contextlib import ExitStack
from dataclasses import replace

import psycopg

from moothall.core import ports
from moothall.core.actor import Actor
from moothall.core.clock import at_noon
from moothall.core.operations import Running
from moothall.core.refusal import Refusal
from moothall.reorganisation.actions.executing import Executor, carry_out, undo
from moothall.reorganisation.queries import rows
from moothall.reorganisation.rules.figures import as_json, differences

KEEP = "update reorganisation_plan set rehearsal = %s::jsonb, rehearsed_at = %s where id = %s"


class NoRoom(Refusal):
    """A copy cannot be made here. Ask whoever runs the platform to let its owner make databases, and try again."""


def rehearse(*, running: Running, plan_id, at: dt.datetime, by: Actor) -> dict:
    """Rehearse a plan, and its undoing, as if its vesting day had come; return and keep the figures.

    The figures are counted before, after, and once more when everything was put back; then every row of the copy is
    compared with what it was. Raises NoRoom, FiguresDiffer.
    """
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
        there = replace(running, connection=copy)
        with running.stage("fingerprints", "Taking the fingerprint of every row"):
            count = rows.remember(copy)
        found = carry_out(running=there, plan_id=plan_id, at=on_the_day, by=by)
        began = time.monotonic()
        undo(running=there, plan_id=plan_id, at=on_the_day, by=by)
        undone = round(time.monotonic() - began, 3)
        back = Executor(copy, plan_id, at=on_the_day, by=by).figures()
        with running.stage("rows", "Comparing every row with what it was"):
            compared = rows.compared(copy, count)
    figures = found["figures"] | {"back": back}
    seen = {"figures": figures, "stages": found["stages"], "undone_in": undone,
            "differences": differences(figures["before"], figures["after"]),
            "not_put_back": differences(figures["before"], back), "rows": compared.as_dict()}  # fmt: skip
    running.connection.execute(KEEP, [as_json(seen), at, plan_id])
    running.connection.commit()
    return {"seconds": sum(found["stages"].values()), "undone_in": undone}
