"""
Measure the steps a second of one worker over the empty jobs a second of the same worker, taken in turn.

    python -m benchmarks.steps [--rounds 6] [--jobs 60]

A step here is all that stands around a function: the receipt, the case and its file, the outputs, the step's end, the
next step, the letter, the fact, the history and the audit entry. The function itself answers at once. An empty job is
procrastinate's own, which does nothing. Each is timed from the first run to the last, so starting a worker counts for
neither. At least 0.25; exits 1 below. Prints one JSON object.
"""

import argparse
import statistics
import sys
import time

import psutil

from benchmarks.ground import memory_mb, say, seconds, server_process, spent, world
from benchmarks.served import submission

LEAST = 0.25
FOUND = {"risk": "high", "reason": "Deep", "defect": "1", "segment": "1", "street": "Mill Lane", "kind": "pothole",
         "cause": "wear", "found_on": "2026-11-20", "mend_within_days": 2}  # fmt: skip
begun: list[float] = []


def answer_at_once() -> None:
    """Let the first step of a pothole be done as soon as it is asked for, and what follows it wait for a person."""
    from moothall.core.steps import Done, Performer, Waiting, registry

    def done(ctx, *, at, by):
        begun.append(time.perf_counter())
        return Done(FOUND)

    def waiting(ctx, *, at, by):
        return Waiting(task="Mend the hole", team="highways-crew")

    for name, run in (("highways.inspect", done), ("highways.repair", waiting)):
        known = registry[name]
        registry[name] = Performer(name, run, known.outputs, known.form, known.title)


def queue_steps(count: int) -> None:
    """Open cases, and keep of their jobs those that perform a step."""
    from django.db import connections

    from moothall.bodies import queries as bodies
    from moothall.casework import actions
    from moothall.core.actor import Actor
    from moothall.core.clock import now
    from moothall.core.scope import Scope, scoped

    said = submission()
    place = bodies.place(said["place"]["lat"], said["place"]["lon"])
    for _ in range(count):
        with scoped(Scope(purpose="bench", actor=Actor("contact"))):
            actions.open_case(
                service_id=said["service"],
                answers=said["answers"] | {"where": place},
                place=place,
                contact=said["contact"],
                channel="web",
                at=now(),
                by=Actor("contact"),
            )
    with connections["owner"].cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where task_name <> 'casework.step'")


def work(database: psutil.Process) -> tuple[float, float]:
    """Let one worker run what is queued; return the jobs a second, and the milliseconds of CPU until all had run."""
    from procrastinate.contrib.django import app

    begun.clear()
    before = seconds(psutil.Process(), database)
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, concurrency=1, delete_jobs="successful", install_signal_handlers=False)
    used = spent(before, seconds(psutil.Process(), database))
    return (len(begun) - 1) / (begun[-1] - begun[0]), used


def main() -> int:
    """Measure; 1 when steps are slower than they may be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--jobs", type=int, default=60)
    given = parser.parse_args()
    with world(durable=True) as place:
        from procrastinate.contrib.django import app

        empty = app.task(name="bench.empty")(lambda: begun.append(time.perf_counter()))
        answer_at_once()
        database = server_process(place)
        rates, cpu = {"steps": [], "empty": []}, {"steps": [], "empty": []}
        for _ in range(given.rounds + 1):
            for kind, queue in (("empty", lambda n: empty.batch_defer(*[{}] * n)), ("steps", queue_steps)):
                queue(given.jobs)
                rate, used = work(database)
                if len(begun) != given.jobs:
                    raise SystemExit(f"{len(begun)} of {given.jobs} {kind} ran")
                rates[kind].append(rate)
                cpu[kind].append(used / given.jobs)
        pairs = zip(rates["steps"][1:], rates["empty"][1:], strict=True)  # the first round warms both
        ratio = statistics.median(one / other for one, other in pairs)
        told = {kind: round(statistics.median(values[1:]), 1) for kind, values in rates.items()}
        say("steps", ratio=round(ratio, 2), least=LEAST, steps_a_second=told["steps"], empty_a_second=told["empty"],
            cpu_ms=round(statistics.median(cpu["steps"][1:]), 2), memory_mb=memory_mb(psutil.Process()))  # fmt: skip
    return 0 if ratio >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
