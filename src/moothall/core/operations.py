"""
Long work asked for from a page: run in stages by a process of its own, seen with its progress, resumed after a kill.

The app's role reads one body at a time, so what concerns whole tables (an archive, a merger, a large import) cannot be
its work. An operation is asked for in the caller's transaction; its job starts `moothall operate ID`, which reaches the
tables as their owner. It says itself which rows it may touch. Django's usual connection stays the app's, in scope.
"""

import datetime as dt
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from uuid import UUID

import psycopg
from django.db import connection

from moothall.core import owner, queue
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.ids import new_id
from moothall.core.models import Operation
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped

log = logging.getLogger(__name__)
OFTEN = 0.5
UNFINISHED = "select operation_id from core_operations_unfinished() where body_id = %s"
BODIES = "select distinct body_id from core_operations_unfinished()"
BROKE = "Something went wrong that we did not expect ({}). What was done so far is kept; start it again."


class UnknownOperation(Refusal):
    """There is no such work of your body. Go back to the list."""

    status = 404


class NotStopped(Refusal):
    """That work has not stopped. Wait until it has."""


@dataclass(frozen=True)
class OperationFact:
    """An operation as a page shows it. `stages` are dicts of name, words, done, total (0: not known) and state."""

    id: UUID
    body_id: int
    kind: str
    subject: dict
    state: str
    stages: list[dict]
    result: dict
    error: str
    asked_at: dt.datetime
    asked_by: str
    ended_at: dt.datetime | None

    @property
    def ended(self) -> bool:
        """Tell whether nothing more will happen by itself."""
        return self.state in (Operation.State.DONE, Operation.State.FAILED)


@dataclass
class Stage:
    """A stage that is going on. Its progress is written at most twice a second."""

    running: "Running"
    entry: dict
    written: float = 0.0

    def advance(self, by: int = 1) -> None:
        """Count `by` pieces of it as done."""
        self.entry["done"] += by
        if time.monotonic() - self.written > OFTEN:
            self.written = time.monotonic()
            self.running.write()


@dataclass
class Running:
    """What the function that does the work is given."""

    id: UUID
    body_id: int
    subject: dict
    stages: list[dict]
    connection: psycopg.Connection
    _progress: psycopg.Connection

    def done(self, name: str) -> bool:
        """Tell whether a stage was finished, perhaps by an earlier process that was killed after it."""
        return any(one["name"] == name and one["state"] == "done" for one in self.stages)

    @contextmanager
    def stage(self, name: str, words: str, total: int = 0) -> Iterator[Stage]:
        """Go through one stage: shown while it goes on, done when the block ends and is committed.

        `total` is how many pieces it has, 0 when that is not known. What the block wrote by `connection` is committed
        before the stage is called done.
        """
        entry = next((one for one in self.stages if one["name"] == name), None)
        if entry is None:
            entry = {"name": name}
            self.stages.append(entry)
        entry |= {"words": words, "done": 0, "total": total, "state": "running"}
        self.write()
        yield Stage(self, entry)
        self.connection.commit()
        entry |= {"state": "done", "done": total or entry["done"]}
        self.write()

    def write(self) -> None:
        """Write how far it is, by a connection of its own."""
        self._progress.execute(
            "update core_operation set stages = %s::jsonb where id = %s", [json.dumps(self.stages), self.id]
        )


kinds: dict[str, Callable] = {}


def kind(name: str) -> Callable:
    """Register the decorated function, `(running, *, at, by) -> dict`, as what does operations of this kind.

    It may be begun again after a kill: it asks `running.done(stage)` for what need not be done twice.
    """

    def register(run: Callable) -> Callable:
        kinds[name] = run
        return run

    return register


def ask(name: str, *, body_id: int, subject: dict, at: dt.datetime, by: Actor) -> UUID:
    """Ask for an operation in the caller's transaction, and return its id. LookupError for an unknown kind."""
    if name not in kinds:
        raise LookupError(f"no operation is called {name}")
    asked = Operation(pk=new_id(), body_id=body_id, kind=name, subject=subject, asked_at=at, asked_by=str(by))
    asked.save(force_insert=True)
    _start(asked.pk, body_id, at)
    return asked.pk


def again(operation_id: UUID, *, at: dt.datetime, by: Actor) -> None:
    """Start a failed operation again, where it stopped. Raises UnknownOperation, NotStopped."""
    stopped = get(operation_id)
    if stopped.state != Operation.State.FAILED:
        raise NotStopped
    with connection.cursor() as cursor:
        cursor.execute("select core_operation_again(%s)", [operation_id])
    _start(operation_id, stopped.body_id, at)


def _start(operation_id: UUID, body_id: int, at: dt.datetime) -> None:
    queue.defer("core.operate", body=body_id, key=f"operation:{operation_id}:{at:%s}", operation_id=str(operation_id))


def get(operation_id: UUID) -> OperationFact:
    """Return an operation of a body in scope. Raises UnknownOperation."""
    found = Operation.objects.filter(pk=operation_id).first()
    if found is None:
        raise UnknownOperation
    return _fact(found)


def of(body_id: int, name: str) -> list[OperationFact]:
    """Return a body's operations of one kind, newest first, at most fifty."""
    return [_fact(one) for one in Operation.objects.filter(body_id=body_id, kind=name).order_by("-asked_at")[:50]]


def _fact(found: Operation) -> OperationFact:
    return OperationFact(**{name: getattr(found, name) for name in OperationFact.__dataclass_fields__})


def run(operation_id: UUID) -> bool:
    """Run an operation here, as the owner; return False when there is nothing to do or another process is at it.

    A Refusal, or whatever else goes wrong, is kept with the operation, which then waits to be started again.
    """
    with psycopg.connect(**owner.address(), autocommit=True) as progress, _alone(operation_id, progress) as alone:
        if not alone:
            return False
        begin = "update core_operation set state = 'running', error = '' where id = %s and state not in "
        asked = progress.execute(
            begin + "('done', 'failed') returning body_id, kind, subject, stages, asked_by", [operation_id]
        ).fetchone()
        if asked is None:
            return False
        state, result, error = _run(operation_id, asked, progress)
        end = "update core_operation set state = %s, result = %s::jsonb, error = %s, ended_at = %s where id = %s"
        progress.execute(end, [state, json.dumps(result), error[:500], now(), operation_id])
    return True


@contextmanager
def _alone(operation_id: UUID, progress: psycopg.Connection) -> Iterator[bool]:
    """Yield whether nobody else is at an operation; nobody can begin it meanwhile.

    It is given back in words: a server that is busy may notice only later that a connection has ended.
    """
    key = [str(operation_id)]
    alone = progress.execute("select pg_try_advisory_lock(hashtextextended(%s, 1))", key).fetchone()[0]
    try:
        yield alone
    finally:
        if alone:
            with suppress(psycopg.Error):
                progress.execute("select pg_advisory_unlock(hashtextextended(%s, 1))", key)


def _run(operation_id: UUID, asked: tuple, progress: psycopg.Connection) -> tuple[str, dict, str]:
    body_id, name, subject, stages, asked_by = asked
    with psycopg.connect(**owner.address()) as connection:
        running = Running(operation_id, body_id, subject, stages, connection, progress)
        try:
            return (
                Operation.State.DONE,
                kinds[name](running, at=now(), by=replace(Actor.parse(asked_by), body_id=body_id)) or {},
                "",
            )
        except Refusal as refusal:
            connection.rollback()
            return Operation.State.FAILED, {}, refusal.message
        except Exception as error:
            log.exception("operation failed", extra={"operation": name, "id": str(operation_id)})
            connection.rollback()
            return Operation.State.FAILED, {}, BROKE.format(type(error).__name__)


@queue.task("core.operate", deadline=dt.timedelta(hours=6), whole=False)
def operate(*, body: int, operation_id: str, at: dt.datetime, by: Actor) -> None:
    """Run an operation: here when this process may act as the owner, else in one that may."""
    if owner.here():
        run(UUID(operation_id))
        return
    env = {**os.environ, "MOOTHALL_CHILD": "1", "MOOTHALL_AS_OWNER": "1", "PGOPTIONS": ""}
    subprocess.run([sys.executable, "-m", "moothall.site", "operate", operation_id], env=env, check=True)


def _bodies_with_work() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(BODIES)
        return tuple(row[0] for row in cursor.fetchall())


@queue.task("core.resume_operations", deadline=dt.timedelta(hours=6), whole=False)
def resume(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Go on with a body's operations whose process was killed; one that another process is at is left to it."""
    with scoped(Scope(bodies=(body,), purpose="operations", actor=by)), connection.cursor() as cursor:
        cursor.execute(UNFINISHED, [body])
        found = [str(row[0]) for row in cursor.fetchall()]
    for operation_id in found:
        operate(body=body, operation_id=operation_id, at=at, by=by)


queue.every("* * * * *", "core.resume_operations", where=_bodies_with_work)
