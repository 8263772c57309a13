"""
Measure the audit trail at a million entries: writing, sealing, verifying.

    python -m benchmarks.audit [--entries 1000000] [--bodies 10]

Uses a throwaway database server below MOOTHALL_DATA/bench; prints one JSON object a line.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.ground import memory_mb, say, spread

WRITE = """
select audit_record((g %% %s + 1)::smallint, now() + g * interval '1 ms', 'staff:' || g %% 500, 'case.changed',
  'case:' || g %% 90000, '{"from":"open","to":"closed","note":"the hole outside the school was filled"}')
from generate_series(1, %s) g"""
ONE = """select audit_record(1::smallint, now(), 'staff:5', 'case.changed', 'case:7',
  '{"from":"open","to":"closed","note":"the hole outside the school was filled"}')"""
PLAIN = """insert into plain_log (body_id, at, actor, action, object, data) values (1, now(), 'staff:5', 'case.changed',
  'case:7', '{"from":"open","to":"closed","note":"the hole outside the school was filled"}')"""
TABLE = """create table plain_log (id bigserial primary key, body_id smallint, at timestamptz, actor text, action text,
  object text, data text)"""
SINGLES = 3_000


def tell(name: str, count: int, seconds: float, **more) -> None:
    """Print one figure."""
    figure = {"entries": count, "seconds": round(seconds, 2), "per_second": round(count / seconds)}
    say(name, **figure, **more, memory_mb=memory_mb(psutil.Process()))


def cpu() -> float:
    """Return the CPU seconds this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def prepare(folder: Path):
    """Start a server, migrate, and return (server's place, Django's settings)."""
    os.environ |= {"MOOTHALL_DATA": str(folder), "MOOTHALL_AS_OWNER": "1", "MOOTHALL_TESTING": "1"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.site.settings")
    import django

    from moothall.site import database, postgres

    place = postgres.start(folder / "pg", throwaway=True)
    database.ensure()
    django.setup()
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0)
    return place


def write(count: int, bodies: int) -> None:
    """Write single entries in transactions of their own, in turn with plain rows; then the bulk of the million."""
    from django.db import connections, transaction

    took = {ONE: [], PLAIN: []}
    with connections["owner"].cursor() as cursor:
        cursor.execute(TABLE)
        for _ in range(SINGLES):
            for statement in took:
                began = time.perf_counter()
                cursor.execute(statement)
                took[statement].append(1000 * (time.perf_counter() - began))
    ratio = round(statistics.median(took[ONE]) / statistics.median(took[PLAIN]), 2)
    told = {"ratio": ratio, "statements": 1, "baseline": spread(took[PLAIN])} | spread(took[ONE])
    tell("audit_write_single", SINGLES, sum(took[ONE]) / 1000, **told)
    began = time.perf_counter()
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(WRITE, [bodies, count - SINGLES])
    tell("audit_write_bulk", count - SINGLES, time.perf_counter() - began)
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze core_auditentry, core_auditpayload, core_auditunsealed")


def seal(count: int, bodies: int) -> None:
    """Seal everything."""
    from moothall.core import sealing
    from moothall.core.clock import now
    from moothall.core.scope import Scope, scoped

    began = time.perf_counter()
    for body in range(1, bodies + 1):
        with scoped(Scope(bodies=(body,), purpose="bench")):
            while sealing.seal(body_id=body, at=now(), most=10_000):
                pass
    tell("audit_seal", count, time.perf_counter() - began)


def check(count: int, folder: Path) -> bool:
    """Verify everything; return whether it was sound and quick enough."""
    import psycopg
    from django.db import connections

    from moothall.core.verify import verify
    from moothall.site import database

    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze core_auditleaf")
    with psycopg.connect(database.conninfo(connections["owner"].settings_dict)) as conn:
        began, used = time.perf_counter(), cpu()
        verdict = verify(conn, folder)
        took = time.perf_counter() - began
    told = {"cpu_ms": round(1000 * (cpu() - used)), "sound": verdict.sound, "limit_seconds": 60}
    tell("audit_verify", count, took, **told)
    return verdict.sound and verdict.entries == count and took < 60


def main() -> int:
    """Measure; 1 when verification was wrong or took a minute."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--bodies", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="moothall-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        place = prepare(folder)
        from moothall.site import postgres

        try:
            write(given.entries, given.bodies)
            seal(given.entries, given.bodies)
            return 0 if check(given.entries, folder) else 1
        finally:
            postgres.stop(place, force=True)


if __name__ == "__main__":
    sys.exit(main())
