"""Long files are read and taken in by an operation, batch by batch; after a kill it goes on where it stopped."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from uuid import UUID

from django.db import connection

from moothall.core import operations
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.onboarding import actions, queries
from moothall.onboarding.rules import lines

BATCH = 100
"""Streets, addresses or files of one transaction; as many are gone through again after a kill, and taken once."""


@operations.kind(actions.OPERATION)
def take_in(running: operations.Running, *, at: dt.datetime, by: Actor) -> dict:
    """Read a file, or take it in where that was asked for; as the app, in its body's scope alone."""
    import_id = UUID(running.subject["import"])
    scope = Scope(bodies=(running.body_id,), purpose="taking in a file", actor=by)
    with scoped(scope):
        row = queries.one_import(import_id)
    if row.state == "loading" and row.kind in actions.LINES:
        with running.stage("take", "Taking in its lines", total=row.lines) as stage:
            _take_many(row, scope, stage, at, by)
    else:
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


def _take_many(row, scope: Scope, stage: operations.Stage, at: dt.datetime, by: Actor) -> None:
    """Take in cases or customers: while one batch is written, in order, another thread checks the next."""
    with ThreadPoolExecutor(1) as ahead, closing(_checked(row, scope, at, by)) as batches:
        following = ahead.submit(next, batches, None)
        try:
            while judged := following.result():
                following = ahead.submit(next, batches, None)
                with scoped(scope):
                    actions.take_many(import_id=row.pk, judged=judged, at=at, by=by)
                stage.advance(len(judged))
        finally:
            ahead.submit(lambda: connection.close()).result()  # its own, not ours


def _checked(row, scope: Scope, at: dt.datetime, by: Actor) -> Iterator[list[actions.Judged]]:
    """Yield the lines that are still to be taken in, each batch checked in a transaction of its own."""
    with scoped(scope):
        reader, content = actions.LINES[row.kind](row, at, by), queries.content_of(row)
    for batch in lines.in_batches(lines.read(content.decode(), actions.COLUMNS[row.kind]), actions.SOME):
        for line in batch:
            if line.number <= row.done:
                reader.numbers.pass_by(line)
        left = [line for line in batch if line.number > row.done]
        if left:
            with scoped(scope):
                judged = actions.check_lines(reader=reader, lines=left, at=at, by=by)
            yield judged
