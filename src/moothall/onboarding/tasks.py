"""Long files are read and taken in by an operation, batch by batch; after a kill it goes on where it stopped."""

import datetime as dt
from uuid import UUID

from moothall.core import operations
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.onboarding import actions, queries

BATCH = 100
"""Lines taken in by one transaction: as many are gone through again after a kill, and taken once."""


@operations.kind(actions.OPERATION)
def take_in(running: operations.Running, *, at: dt.datetime, by: Actor) -> dict:
    """Read a file, and where it was asked for take it in; as the app, in its body's scope alone."""
    import_id = UUID(running.subject["import"])
    scope = Scope(bodies=(running.body_id,), purpose="taking in a file", actor=by)
    with scoped(scope):
        row = queries.one_import(import_id)
    with running.stage("read", "Reading the file", total=row.lines) as stage, scoped(scope):
        came = actions.read_file(import_id=import_id, tell=stage.advance, at=at, by=by)
    if row.state != "loading":
        return {"lines": came.lines, "good": len(came.good), "wrong": came.wrong}
    with running.stage("take", "Taking in its lines", total=len(came.good)) as stage:
        for batch in _batches(came.good):
            with scoped(scope):
                actions.take_lines(import_id=import_id, items=batch, at=at, by=by)
            stage.advance(len(batch))
    with scoped(scope):
        return actions.end_taking(import_id=import_id, at=at, by=by)


def _batches(items: list) -> list[list]:
    return [items[first : first + BATCH] for first in range(0, len(items), BATCH)]
