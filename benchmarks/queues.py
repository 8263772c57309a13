"""
Measure the officer's queue page at a million pieces of work in 20 bodies over a thousand, taken in turn.

    python -m benchmarks.queues [--many 1000000] [--rounds 8]

Each is the whole page, asked for as staff: session, scope, list, template. queue_growth: 25 rows by each list and
filter, at most twice the CPU of web and database at the small size, and at most 10 statements. queue_search: text
search in it, 95th percentile at most 100 ms. row_security: the page's CPU with row security over the same page by a
role that is free of it and filters by body alone, at most 1.1. Exits 1 beyond. Prints one JSON object a line.
"""

import argparse
import sys

import psutil
import psycopg

from benchmarks.ground import Taken, compare, in_turn, memory_mb, say, server_process, spread, statements, world

BODY, PER_VISIT, MOST_STATEMENTS = 1, 6, 10
FILL = """
insert into casework_task (id, body_id, team_id, case_id, reference, title, service_id, place_label, ward, due_at,
  assigned_to, state, opened_at, closed_by, only_team, detail, search)
select gen_random_uuid(), case when g %% 20 = 3 then %(body)s else 100 + g %% 20 end,
  case when g %% 200 = 3 then %(team)s else 1000000 + g %% 200 end, gen_random_uuid(),
  'MAR-' || lpad((g / 1000 %% 10000)::text, 4, '0') || '-' || lpad((g %% 1000)::text, 3, '0') || 'X',
  'Inspect the defect',
  (array['report-pothole', 'street-light', 'missed-bin', 'fly-tipping'])[1 + (g / 20) %% 4],
  'outside ' || g %% 300 || ' Street ' || g %% 5000 || ', Ashby', 'Ward ' || (g / 200) %% 40,
  '2026-11-20'::timestamptz + (g %% 90 - 20) * interval '1 day',
  case when (g / 20) %% 150 = 21 then %(account)s when (g / 20) %% 3 = 0 then 1000000 + (g / 60) %% 50 end,
  case when (g / 20) %% 5 < 2 then 'open' else 'done' end, '2026-11-01'::timestamptz + g %% 9000 * interval '1 minute',
  '', '', '{}', to_tsvector('simple', 'Inspect the defect outside ' || g %% 300 || ' Street' || g %% 5000
    || ' Ashby Person' || g %% 40000)
from generate_series(1, %(count)s) g"""
VISITS = {
    "all": "show=all",
    "mine": "show=mine",
    "team": "show=team",
    "late": "show=all&late=yes",
    "unassigned": "show=all&unassigned=yes",
    "service": "show=all&service=street-light",
    "ward": "show=all&ward=Ward+0",
    "newest": "show=all&order=newest",
}
FREE = {"secured": "default", "free": "owner"}
WORDS = ("street103", "inspect defect", "person1203", "ashby street1203", "zebra", "outside ashby")


def officer():
    """Return a client signed in as an officer with a team, and the officer's account and team."""
    from django.test import Client
    from tests.world import as_staff

    from moothall.bodies import queries as bodies
    from moothall.core.clock import now
    from moothall.core.scope import Scope, scoped

    with scoped(Scope(bodies=(BODY,), purpose="bench")):
        one = bodies.staff(BODY, now().date(), "officer").exclude(team_id=None).first()
    return as_staff(Client(), BODY, "officer"), one.account_id, one.team_id


def fill(place, name: str, count: int, account: int, team: int) -> None:
    """Put work into a database, without the cases that lists never look at."""
    with psycopg.connect(place.conninfo(name), autocommit=True) as admin:
        admin.execute("set session_replication_role = replica")
        admin.execute(FILL, {"body": BODY, "account": account, "team": team, "count": count})
        admin.execute("vacuum analyze casework_task")


def page(client, query: str) -> bytes:
    """Return the queue page as staff get it."""
    answer = client.get(f"/staff/queue/?{query}")
    if answer.status_code != 200:
        raise SystemExit(f"{query}: {answer.status_code}")
    return answer.content


def use(name: str, alias: str = "default") -> None:
    """Point Django at a database."""
    from django.db import connections

    from moothall.core import kept

    connections[alias].close()
    connections[alias].settings_dict["NAME"] = name
    kept.forget_all()


def growth(client, used_by: tuple, rounds: int) -> bool:
    """Measure each list, small and large in turn."""
    taken = {(name, size): Taken() for name in VISITS for size in ("small", "large")}
    for _ in range(rounds):
        for size in ("small", "large"):
            use(size)
            ask = {name: lambda query=query: page(client, query) for name, query in VISITS.items()}
            for name, found in in_turn(ask, dict.fromkeys(ask, used_by), rounds=1, each=PER_VISIT, warm=2).items():
                taken[name, size].times.extend(found.times)
                taken[name, size].cpu.extend(found.cpu)
    kept = []
    for name, query in VISITS.items():
        count = statements(lambda query=query: page(client, query))
        told = {"list": name, "statements": count, "memory_mb": memory_mb(psutil.Process())}
        kept.append(
            compare("queue_growth", taken[name, "large"], taken[name, "small"], limit=2, **told)
            and count <= MOST_STATEMENTS
        )
    return all(kept)


def search(client, used_by: tuple, rounds: int) -> bool:
    """Measure text search in the large queue, in the turn of its words."""
    use("large")
    ask = {words: lambda words=words: page(client, f"show=all&q={words.replace(' ', '+')}") for words in WORDS}
    taken = in_turn(ask, dict.fromkeys(ask, used_by), rounds=2 * rounds, each=1, warm=3).values()
    told = spread([time for one in taken for time in one.times])
    cpu = {f"cpu_{name}": value for name, value in spread([used for one in taken for used in one.cpu]).items()}
    count = statements(lambda: page(client, "show=all&q=street103"))
    say("queue_search", limit_p95_ms=100, **told, **cpu, statements=count, memory_mb=memory_mb(psutil.Process()))
    return told["p95_ms"] <= 100


def security(client, used_by: tuple, rounds: int) -> bool:
    """Measure the page under row security and, as the owner, by its own filter alone; in turn."""
    from django.db import connections

    roles = {which: connections[alias].settings_dict["USER"] for which, alias in FREE.items()}
    taken = {which: Taken() for which in roles}
    for _ in range(2 * rounds):
        for which, role in roles.items():
            connections["default"].settings_dict["USER"] = role
            use("large")
            found = in_turn({which: lambda: page(client, "show=all")}, {which: used_by}, rounds=1, each=20, warm=8)
            taken[which].times.extend(found[which].times)
            taken[which].cpu.extend(found[which].cpu)
    connections["default"].settings_dict["USER"] = roles["secured"]
    use("large")
    told = {"memory_mb": memory_mb(psutil.Process())}
    return compare("row_security", taken["secured"], taken["free"], limit=1.1, **told)


def main() -> int:
    """Measure; 1 when a figure is beyond its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=8)
    given = parser.parse_args()
    with world() as place:
        from django.db import connections

        client, account, team = officer()
        for connection in connections.all():
            connection.close()
        with psycopg.connect(place.conninfo(), autocommit=True) as admin:
            for name in ("small", "large"):
                admin.execute(f"create database {name} template moothall owner moothall_owner")
        fill(place, "small", 1000, account, team)
        fill(place, "large", given.many, account, team)
        used_by = (psutil.Process(), server_process(place))
        kept = [
            growth(client, used_by, given.rounds),
            search(client, used_by, given.rounds),
            security(client, used_by, given.rounds),
        ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
