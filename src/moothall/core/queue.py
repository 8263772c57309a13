"""Jobs that commit with the data (procrastinate), made safe to run twice, late or after a kill.

Each job carries its body and a key. Running it is one transaction whose first statement inserts a receipt for the
key; a receipt that is there already ends the job, so a retry, a zombie or a reconciler does nothing twice.
"""

import datetime as dt
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import close_old_connections, connection, transaction
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app

from moothall.core import events, ports
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped

log = logging.getLogger(__name__)
DISPATCH = "core.dispatch"
EVERY = ".every"
#: Jobs as rows of a JSON array: one or a hundred are the same statement, planned once.
JOBS = "select job from jsonb_populate_recordset(null::procrastinate_job_to_defer_v1, %s::jsonb) as job"
FINISH = "select procrastinate_finish_job_v1(id, 'succeeded', true) from unnest(%s::bigint[]) as id"
DEFER = f"select procrastinate_defer_jobs_v1(array({JOBS}))"
WAITS = (1, 5, 30, 120, 600, 3600, 4 * 3600)


class GrowingWaits(BaseRetryStrategy):
    """Try again after 1 s, 5 s, 30 s, 2 min, 10 min, 1 h, 4 h; then it stays failed until a person retries."""

    def get_retry_decision(self, *, exception: BaseException, job) -> RetryDecision | None:
        if job.attempts >= len(WAITS):
            return None
        return RetryDecision(retry_in={"seconds": WAITS[job.attempts]})


@dataclass(frozen=True)
class Task:
    """A registered kind of job. `deadline` is how long one run may take before the reconciler steps in."""

    name: str
    run: Callable
    deadline: dt.timedelta
    whole: bool
    on_failure: Callable | None


tasks: dict[str, Task] = {}


def task(
    name: str,
    *,
    deadline: dt.timedelta = dt.timedelta(seconds=60),
    on_failure: Callable | None = None,
    whole: bool = True,
) -> Callable:
    """Register the decorated function, `(*, body, at, by, **ids)`, as a kind of job.

    It runs in one transaction with its body's scope, after its receipt. `on_failure(*, body, error, attempt, last,
    at, by, **ids)` is told in a transaction of its own. `whole=False` leaves transactions to the function itself.
    """

    def register(run: Callable) -> Callable:
        tasks[name] = Task(name, run, deadline, whole, on_failure)

        def perform(context: JobContext, **args):
            close_old_connections()
            _attempt(name, args, at=now(), attempt=context.job.attempts)

        app.task(name=name, pass_context=True, retry=GrowingWaits())(perform)
        return run

    return register


def defer(
    name: str, *, body: int | None, key: str, schedule: dt.datetime | None = None, lock: str | None = None, **ids
) -> None:
    """Queue one job in the caller's transaction. `key` names what it does in the domain: it is done once.

    `lock` is per case, never per body or queue (10,000 jobs behind one lock bring fetching to a crawl).
    """
    defer_many([(name, {"body": body, "key": key, **ids}, schedule, lock)])


def defer_many(jobs: list[tuple[str, dict, dt.datetime | None, str | None]]) -> None:
    """Queue several jobs, each (name, args with body and key, schedule, lock), in one statement."""
    if not jobs:
        return
    with connection.cursor() as cursor:
        cursor.execute(DEFER, [json.dumps([job_row(*job) for job in jobs], default=str)])


def job_row(name: str, args: dict, schedule: dt.datetime | None, lock: str | None, priority: int = 0) -> dict:
    """Return a job as procrastinate takes it, higher priority first; LookupError for a task nobody registered."""
    if name not in tasks:
        raise LookupError(f"no task is called {name}")
    return {
        "queue_name": "default",
        "task_name": name,
        "priority": priority,
        "lock": lock,
        "queueing_lock": None,
        "args": args,
        "scheduled_at": schedule,
    }


def claim(key: str, at: dt.datetime) -> bool:
    """Insert the receipt of a key; return whether it was new. Must be the first statement of its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into core_receipt (key, at) values (%s, %s) on conflict do nothing returning true", [key, at]
        )
        return cursor.fetchone() is not None


def lineage(body: int) -> tuple[int, ...]:
    """Return whose rows a body sees, itself first."""
    return next((tuple(answer.give(body)) for answer in ports.lineage), (body,))


def job_scope(name: str, body: int | None) -> Scope:
    """Return the scope of a job: its body with those it took the place of (or that took its), its name as purpose."""
    bodies = () if body is None else lineage(body)
    return Scope(bodies=bodies, purpose=name, actor=Actor.system(name, body))


def _attempt(name: str, args: dict, *, at: dt.datetime, attempt: int) -> None:
    try:
        perform(name, args, at=at)
    except Exception as error:
        kind, ids = tasks[name], {k: v for k, v in args.items() if k not in ("body", "key")}
        last = attempt >= len(WAITS)
        log.warning("job failed", extra={"job": name, "attempt": attempt, "error": type(error).__name__})
        if kind.on_failure:
            scope = job_scope(name, args["body"])
            with scoped(scope):
                kind.on_failure(
                    body=args["body"], error=error, attempt=attempt + 1, last=last, at=at, by=scope.actor, **ids
                )
        raise


def perform(name: str, args: dict, *, at: dt.datetime) -> bool:
    """Run one job once: in its scope, after its receipt; return whether there was anything left to do."""
    kind, scope = tasks[name], job_scope(name, args["body"])
    ids = {k: v for k, v in args.items() if k not in ("body", "key")}
    if not kind.whole:
        kind.run(body=args["body"], at=at, by=scope.actor, **ids)
        return True
    with scoped(scope):
        if not claim(args["key"], at):
            return False
        kind.run(body=args["body"], at=at, by=scope.actor, **ids)
        return True


@task(DISPATCH, whole=False)
def dispatch(*, body: int, fact_id: int, at: dt.datetime, by: Actor) -> None:
    """Tell every handler of a fact, each in its own transaction and receipt; fail at the end if one of them failed."""
    with scoped(job_scope(DISPATCH, body)), connection.cursor() as cursor:
        cursor.execute("select name, payload, at, by from core_fact where id = %s", [fact_id])
        name, payload, happened, told_by = cursor.fetchone()
    event = events.event_type(name).load(json.loads(payload) if isinstance(payload, str) else payload)
    failures = []
    for handler in events.handlers_of(name):
        who = f"{handler.__module__}.{handler.__qualname__}"
        try:
            with scoped(job_scope(who, body)):
                if claim(f"fact:{fact_id}:{who}", at):
                    handler(event, at=happened, by=Actor.parse(told_by))
        except Exception as error:
            log.exception("handler failed", extra={"handler": who, "fact": fact_id})
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"{len(failures)} handlers of {name} failed", failures)


def every(cron: str, name: str, *, where: Callable[[], tuple[int, ...]] | None = None) -> None:
    """Queue a registered job at each tick of a cron line: once per partner, or per body that `where` names then.

    A tick that fails is tried again; its jobs have the tick's keys, so one that was told twice is done once.
    """

    def fan_out(timestamp: int) -> None:
        close_old_connections()
        fan(name, str(timestamp), bodies=where() if where else None)

    app.periodic(cron=cron)(app.task(name=f"{name}{EVERY}", pass_context=False, retry=GrowingWaits())(fan_out))


def fan(name: str, tick: str, *, bodies: tuple[int, ...] | None = None) -> None:
    """Queue one job of this name for every partner, or for some; `tick` keeps one tick's jobs apart from the next's."""
    with scoped(Scope(purpose="fan out", actor=Actor.system("core.fan"))):
        if bodies is None:
            bodies = tuple({body for answer in ports.body_ids for body in answer.give()})
        defer_many([(name, {"body": body, "key": f"{name}:{body}:{tick}"}, None, None) for body in sorted(bodies)])


def run_pending(*, at: dt.datetime, bodies: tuple[int, ...] | None = None, limit: int = 1_000_000) -> int:
    """Run queued jobs, of all bodies or of some, in this process, as if it were `at`, until none is due.

    Returns how many ran.
    For tests and for playing a year: a live system runs `moothall worker`. Failures are retried by the same
    growing waits, measured from `at`.
    """
    done = 0
    while done < limit:
        jobs = _fetch(at, bodies, min(50, limit - done))
        if not jobs:
            break
        ended = [job[0] for job in jobs if _run_fetched(*job, at)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(FINISH, [ended])
        done += len(jobs)
    return done


def _fetch(at: dt.datetime, bodies: tuple[int, ...] | None, limit: int) -> list[tuple]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_jobs set status = 'doing' where id in (select id from procrastinate_jobs "
            "where status = 'todo' and (scheduled_at is null or scheduled_at <= %s) "
            "and (%s::int[] is null or (args->>'body')::int = any(%s)) "
            "order by priority desc, id limit %s for update skip locked) "
            "returning id, task_name, args, attempts, priority",
            [at, bodies and list(bodies), list(bodies or ()), limit],
        )
        rows = cursor.fetchall()
    first = sorted(rows, key=lambda row: (-row[4], row[0]))
    return [(i, n, json.loads(a) if isinstance(a, str) else a, t) for i, n, a, t, _ in first]


def _run_fetched(job_id: int, name: str, args: dict, attempts: int, at: dt.datetime) -> bool:
    """Run a job and return whether it ended well; one that did not is queued again, or given up after the last."""
    try:
        _attempt(name, args, at=at, attempt=attempts)
        return True
    except Exception:
        if attempts >= len(WAITS):
            statement, params = "select procrastinate_finish_job_v1(%s, 'failed', false)", [job_id]
        else:
            again = at + dt.timedelta(seconds=WAITS[attempts])
            statement, params = "select procrastinate_retry_job_v2(%s, %s, null, null, null)", [job_id, again]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)
    return False


STUCK = """select j.id, j.task_name, j.args, max(e.at) from procrastinate_jobs j
join procrastinate_events e on e.job_id = j.id and e.type = 'started'
where j.status = 'doing' group by j.id"""


def reconcile(*, at: dt.datetime) -> dict[str, int]:
    """Settle jobs that are `doing` past their deadline: finished where their receipt exists, else queued again.

    Called every few seconds from outside the queue; an advisory lock keeps it to one at a time.
    Returns {"finished": n, "retried": n}.
    """
    counts = {"finished": 0, "retried": 0}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext('moothall.reconcile'))")
        if not cursor.fetchone()[0]:
            return counts
        cursor.execute(STUCK)
        for job_id, name, args, started in cursor.fetchall():
            args = json.loads(args) if isinstance(args, str) else args
            kind = tasks.get(name.removesuffix(EVERY))
            if at - started < (kind.deadline if kind else dt.timedelta(minutes=10)):
                continue
            cursor.execute("select 1 from core_receipt where key = %s", [args.get("key", "")])
            if cursor.fetchone():
                cursor.execute("select procrastinate_finish_job_v1(%s, 'succeeded', true)", [job_id])
                counts["finished"] += 1
            else:
                cursor.execute("select procrastinate_retry_job_v2(%s, %s, null, null, null)", [job_id, at])
                counts["retried"] += 1
    return counts


FAILED = """select id, task_name, (args->>'body')::int, attempts, scheduled_at from procrastinate_jobs
where status = 'failed' and (args->>'body')::int = any(%s::int[]) order by id limit 50"""


@dataclass(frozen=True)
class FailedJob:
    """A job that was given up after its last attempt: it stays until a person tries it again or drops it."""

    id: int
    name: str
    body_id: int
    attempts: int
    scheduled_at: dt.datetime | None


def failed_jobs(*, bodies: tuple[int, ...]) -> list[FailedJob]:
    """Return the jobs of these bodies that failed for good, oldest first, at most fifty."""
    with connection.cursor() as cursor:
        cursor.execute(FAILED, [list(bodies)])
        return [FailedJob(*row) for row in cursor.fetchall()]


def retry_job(job_id: int, *, bodies: tuple[int, ...], at: dt.datetime) -> bool:
    """Queue a failed job of one of these bodies again; return False when there is none (somebody was quicker)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select task_name, args from procrastinate_jobs where id = %s and status = 'failed' "
            "and (args->>'body')::int = any(%s::int[]) for update",
            [job_id, list(bodies)],
        )
        row = cursor.fetchone()
        if row is None:
            return False
        args = json.loads(row[1]) if isinstance(row[1], str) else row[1]
        cursor.execute("update procrastinate_jobs set status = 'cancelled' where id = %s", [job_id])
        defer_many([(row[0], args, at, None)])
    return True
