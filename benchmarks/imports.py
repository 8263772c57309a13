"""
Measure taking in cases and customers of another system, CPU of all that works for it together: cases over a bare COPY
of the same file, customers over taking in the same lines one by one.

Nine in ten have ended, as in a register of some years; one in ten is open and goes into a team's queue. The file is
read whole first, as from the page, then taken in; both by the same rules as a resident's request. The bare COPY puts
the same lines into one table with no rule, no number, no history and no row security.

Customers come with all that can be said of one: born, e-mail, phone and an address. One by one, each line goes through
the door by which one person is collected, a hundred to a transaction, as all did before they went together.

    python -m benchmarks.imports [--cases 20000] [--customers 20000] [--one-by-one 1000]

At most two minutes for 100,000 of either on two cores: 2.4 ms of CPU each, taken in and checked; exits 1 beyond, and
where customers together are not three times as cheap as one by one. The time by the clock is shown as it was on a
machine as busy as it was. Prints two JSON objects.
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
TIMES = 3
"""How many times as cheap customers have to be together than one by one."""
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


def customers(count: int) -> str:
    """Return customers as JSON lines."""
    return "\n".join(json.dumps(_customer(number)) for number in range(count)) + "\n"


def _customer(number: int) -> dict:
    born = dt.date(1930, 1, 1) + dt.timedelta(days=number * 7 % 28_000)
    return {"number": f"P-{number}", "name": f"Ann Example {number}", "born": str(born),
            "email": f"ann{number}@post.example", "phone": f"01632 {number:06}", "address": f"{number} High Street",
            "postcode": "ZM9 9ZZ"}  # fmt: skip


def main() -> int:
    """Measure; 1 when a case or a customer costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--one-by-one", type=int, default=1_000)
    asked = parser.parse_args()
    with world(durable=True) as place:
        from moothall.core.actor import Actor
        from moothall.core.scope import Scope, scoped
        from moothall.onboarding import actions

        by = Actor.system("bench", BODY)
        scope = Scope(bodies=(BODY,), purpose="bench", actor=by)
        with scoped(scope):
            actions.begin(body_id=BODY, at=DAY, by=by)
            actions.take_pack(body_id=BODY, code="district", papers=PAPERS, at=DAY, by=by)
        passed = [measure_cases(place, scope, asked.cases), measure_customers(place, scope, asked)]
        return 0 if all(passed) else 1


def measure_cases(place, scope, count: int) -> bool:
    """Measure cases over a bare COPY; tell whether all came, and for no more than they may cost."""
    text = file(count)
    row, said, each = taken_in(place, scope, "cases", text, count)
    floor, _ = measured(lambda: bare(place, text), place)
    baseline = {"cpu_ms": round(1000 * floor / count, 3)}
    say("imports", cases=row.taken, **said, ratio=round(each * count / 1000 / floor, 1), baseline=baseline)
    return row.taken == count and each <= LIMIT_MS


def measure_customers(place, scope, asked) -> bool:
    """Measure customers over those taken one by one; tell whether all came, and for no more than they may cost."""
    row, said, each = taken_in(place, scope, "customers", customers(asked.customers), asked.customers)
    alone, _ = measured(lambda: one_by_one(scope, asked.one_by_one), place)
    alone = 1000 * alone / asked.one_by_one
    times = round(alone / each, 1)
    say("imports.customers", customers=row.taken, **said, times_as_cheap=times, baseline={"cpu_ms": round(alone, 2)})
    return row.taken == asked.customers and each <= LIMIT_MS and times >= TIMES


def taken_in(place, scope, kind: str, text: str, count: int) -> tuple:
    """Take a file in as the page does; return its row, what it took in words and milliseconds of CPU of one line."""
    from moothall.core.scope import scoped
    from moothall.onboarding import actions, queries

    about, told = {"kind": kind, "system": "Old CRM", "title": f"{kind}.json"}, {"at": DAY, "by": scope.actor}
    with scoped(scope):
        row = actions.bring_file(body_id=BODY, content=text, **about, **told)
    read, read_s = measured(lambda: operated(scope, row.pk), place)
    with scoped(scope):
        actions.begin_taking(import_id=row.pk, **told)
    taken, taken_s = measured(lambda: operated(scope, row.pk), place)
    with scoped(scope):
        row = queries.one_import(row.pk)
    each = 1000 * taken / count
    said = {
        "cpu_ms": round(each, 2), "limit": LIMIT_MS, "read_first_cpu_ms": round(1000 * read / count, 2),
        "seconds_for_100_000": round(1e5 * taken_s / count), "and_to_read_first": round(1e5 * read_s / count),
    }  # fmt: skip
    return row, said, each


def one_by_one(scope, count: int) -> None:
    """Take customers in by the door of one, a hundred to a transaction, each undone by itself if it is refused."""
    from django.db import transaction

    from moothall.core.scope import scoped
    from moothall.onboarding.rules.customers import customer
    from moothall.people import actions as people

    for first in range(0, count, 100):
        with scoped(scope):
            for number in range(first, min(first + 100, count)):
                said = vars(customer(_customer(number)))
                brought = people.Brought(system="Another CRM", **said)
                with transaction.atomic():
                    people.take_in(body_id=BODY, brought=brought, at=DAY, by=scope.actor)


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
