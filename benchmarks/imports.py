"""
Measure taking in cases of another system over a bare COPY of the same file, CPU of all that works for it together.

Nine in ten have ended, as in a register of some years; one in ten is open and goes into a team's queue. The file is
read whole first, as from the page, then taken in; both by the same rules as a resident's request. The bare COPY puts
the same lines into one table with no rule, no number, no history and no row security.

    python -m benchmarks.imports [--cases 20000]

At most two minutes for 100,000 cases on two cores: 2.4 ms of CPU a case, taken in and checked; exits 1 beyond. The time
by the clock is shown with how busy the machine was. Prints one JSON object.
"""

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Callable

import psutil
import psycopg

from benchmarks.ground import say, seconds, server_process, world

LIMIT_MS = 2.4
"""Two minutes of two cores over 100,000 cases."""
BODY = 9
DAY = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)


PAPERS = {
    "own-decision": {"decided_by": "Cabinet", "decided_on": "2026-03-02", "reference": "C/26/4"},
    "staff": {"moves": False},
}


def file(cases: int) -> str:
    """Return complaints as JSON lines."""
    return "\n".join(json.dumps(_case(number)) for number in range(cases)) + "\n"


def _case(number: int) -> dict:
    opened = (DAY - dt.timedelta(days=60 + number % 900)).date()
    answers = {"about": "delay", "had_answer": False, "happened": f"Visit {number} was late, and nobody rang.",
               "put_right": "Be on time.", "for_other": False}  # fmt: skip
    contact = {"name": f"Ann Example {number}", "email": f"ann{number}@example.org", "phone": f"01632 {number:06}"}
    case = {"number": f"C-{number}", "service": "complaint", "opened": str(opened), "answers": answers,
            "contact": contact}  # fmt: skip
    if number % 10:
        case |= {"closed": str(opened + dt.timedelta(days=20)), "outcome": "upheld"}
    return case


def measured(work: Callable, place) -> tuple[float, float]:
    """Return seconds of CPU, of this process and the database, and seconds by the clock that some work took."""
    ours, server = psutil.Process(), server_process(place)

    def used() -> float:
        ended = sum(server.cpu_times()[2:4])
        return sum(ours.cpu_times()[:2]) + sum(seconds(server).values()) + ended

    before, began = used(), time.perf_counter()
    work()
    return used() - before, time.perf_counter() - began


def bare(place, text: str) -> None:
    """Copy the lines into one table, and no more."""
    lines = [line.replace("\\", "\\\\") for line in text.splitlines()]
    with psycopg.connect(place.conninfo()) as connection:
        connection.execute("create table bare (id bigint generated always as identity primary key, given jsonb)")
        with connection.cursor().copy("copy bare (given) from stdin") as copy:
            copy.write("\n".join(lines) + "\n")


def main() -> int:
    """Measure; 1 when a case costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    cases = parser.parse_args().cases
    text = file(cases)
    with world(durable=True) as place:
        from moothall.core.actor import Actor
        from moothall.core.scope import Scope, scoped
        from moothall.onboarding import actions, queries

        by = Actor.system("bench", BODY)
        told, scope = {"at": DAY, "by": by}, Scope(bodies=(BODY,), purpose="bench", actor=by)
        with scoped(scope):
            actions.begin(body_id=BODY, **told)
            actions.take_pack(body_id=BODY, code="district", papers=PAPERS, **told)
            about = {"kind": "cases", "system": "Old CRM", "title": "old.json"}
            row = actions.bring_file(body_id=BODY, content=text, **about, **told)
        read, read_s = measured(lambda: operated(scope, row.pk), place)
        with scoped(scope):
            actions.begin_taking(import_id=row.pk, **told)
        taken, taken_s = measured(lambda: operated(scope, row.pk), place)
        floor, _ = measured(lambda: bare(place, text), place)
        with scoped(scope):
            row = queries.one_import(row.pk)
        each = 1000 * taken / cases
        baseline = {"cpu_ms": round(1000 * floor / cases, 3)}
        clock = {"seconds_for_100_000": round(1e5 * taken_s / cases), "and_to_read_first": round(1e5 * read_s / cases)}
        first = {"read_first_cpu_ms": round(1000 * read / cases, 2)}
        about = {"cases": row.taken, "cpu_ms": round(each, 2), "limit": LIMIT_MS, "ratio": round(taken / floor, 1)}
        say("imports", **about, **first, baseline=baseline, **clock)
        return 0 if row.taken == cases and each <= LIMIT_MS else 1


def operated(scope, import_id) -> None:
    """Do what is asked for with the file, in this process; fail where it failed."""
    from moothall.core import operations
    from moothall.core.scope import scoped
    from moothall.onboarding import queries

    with scoped(scope):
        operation_id = queries.one_import(import_id).operation_id
    operations.run(operation_id)
    with scoped(scope):
        error = operations.get(operation_id).error
    if error:
        raise SystemExit(error)


if __name__ == "__main__":
    sys.exit(main())
