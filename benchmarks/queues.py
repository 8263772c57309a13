"""
Measure the officer's queue at a million pieces of work in 20 bodies over a thousand, taken in turn.

    python -m benchmarks.queues [--many 1000000] [--rounds 10]

queue_growth: a page of 25 rows by each list and filter, at most twice the time of the small one. queue_search: text
search in it, 95th percentile at most 100 ms. row_security: the page with row security over an explicit filter by a role
that is free of it, at most 1.1. Exits 1 beyond. Prints one JSON object a line.
"""

import argparse
import statistics
import sys
import time

import psycopg

from benchmarks.ground import say, spread, world

BODY, TEAMS, PER_VISIT = 103, (103, 123), 5
FILL = """
insert into casework_task (id, body_id, team_id, case_id, reference, title, service_id, place_label, ward, due_at,
  assigned_to, state, opened_at, closed_by, detail, search)
select gen_random_uuid(), 100 + g %% 20, 100 + g %% 200, gen_random_uuid(),
  'MAR-' || lpad((g / 1000 %% 10000)::text, 4, '0') || '-' || lpad((g %% 1000)::text, 3, '0') || 'X',
  'Inspect the defect',
  (array['report-pothole', 'street-light', 'missed-bin', 'fly-tipping'])[1 + (g / 20) %% 4],
  'outside ' || g %% 300 || ' Street ' || g %% 5000 || ', Ashby', 'Ward ' || (g / 200) %% 40,
  '2026-11-20'::timestamptz + (g %% 90 - 20) * interval '1 day', case when (g / 20) %% 3 = 0 then (g / 60) %% 50 end,
  case when (g / 20) %% 5 < 2 then 'open' else 'done' end, '2026-11-01', '', '{}',
  to_tsvector('simple', 'Inspect the defect outside ' || g %% 300 || ' Street' || g %% 5000 || ' Ashby Person'
    || g %% 40000)
from generate_series(1, %s) g"""
VISITS = {
    "all": {"show": "all"},
    "mine": {"show": "mine", "account": 7},
    "team": {"show": "team", "teams": TEAMS},
    "late": {"filters": {"late": True}},
    "unassigned": {"filters": {"unassigned": True}},
    "service": {"filters": {"service": "street-light"}},
    "ward": {"filters": {"ward": "Ward 0"}},
}
FREE = {"secured": "default", "free": "owner"}
WORDS = ("street103", "inspect defect", "person1203", "ashby street1203", "zebra", "outside ashby")


def fill(place, name: str, count: int) -> None:
    """Put work into a database, without the cases that lists never look at."""
    with psycopg.connect(place.conninfo(name), autocommit=True) as admin:
        admin.execute("set session_replication_role = replica")
        admin.execute(FILL, [count])
        admin.execute("vacuum analyze casework_task")


def visit(**asked) -> float:
    """Return the milliseconds that one page takes, in a scope of its own."""
    from moothall.casework import queries
    from moothall.core.actor import Actor
    from moothall.core.clock import now
    from moothall.core.scope import Scope, scoped

    at, began = now(), time.perf_counter()
    with scoped(Scope(bodies=(BODY,), purpose="bench", actor=Actor("staff", "7", BODY))):
        queries.queue(bodies=(BODY,), at=at, **asked)
    return 1000 * (time.perf_counter() - began)


def use(name: str, alias: str = "default") -> None:
    """Point Django at a database."""
    from django.db import connections

    connections[alias].close()
    connections[alias].settings_dict["NAME"] = name


def growth(rounds: int) -> bool:
    """Measure each list, small and large in turn."""
    took = {(size, name): [] for size in ("small", "large") for name in VISITS}
    for _ in range(rounds):
        for size in ("small", "large"):
            use(size)
            visit()
            for name, asked in VISITS.items():
                took[size, name] += [visit(**asked) for _ in range(PER_VISIT)]
    ratios = []
    for name in VISITS:
        small, large = took["small", name], took["large", name]
        ratios.append(statistics.median(large) / statistics.median(small))
        say("queue_growth", list=name, ratio=round(ratios[-1], 2), limit=2, small=spread(small), **spread(large))
    return max(ratios) <= 2


def search(rounds: int) -> bool:
    """Measure text search in the large queue."""
    use("large")
    visit()
    times = [visit(text=words) for _ in range(rounds) for words in WORDS]
    say("queue_search", limit_p95_ms=100, **spread(times))
    return spread(times)["p95_ms"] <= 100


def security(rounds: int) -> bool:
    """Measure a page under row security and, as the owner, by its own filter alone; in turn."""
    from django.db import connections

    roles = {which: connections[alias].settings_dict["USER"] for which, alias in FREE.items()}
    times = {which: [] for which in roles}
    for _ in range(rounds):
        for which, role in roles.items():
            connections["default"].settings_dict["USER"] = role
            use("large")
            visit()
            times[which] += [visit() for _ in range(20)]
    ratio = statistics.median(times["secured"]) / statistics.median(times["free"])
    say("row_security", ratio=round(ratio, 2), limit=1.1, free=spread(times["free"]), **spread(times["secured"]))
    return ratio <= 1.1


def main() -> int:
    """Measure; 1 when a figure is beyond its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    with world() as place:
        from django.db import connections

        for connection in connections.all():
            connection.close()
        with psycopg.connect(place.conninfo(), autocommit=True) as admin:
            for name in ("small", "large"):
                admin.execute(f"create database {name} template moothall owner moothall_owner")
        fill(place, "small", 1000)
        fill(place, "large", given.many)
        return 0 if all([growth(given.rounds), search(given.rounds), security(given.rounds)]) else 1


if __name__ == "__main__":
    sys.exit(main())
