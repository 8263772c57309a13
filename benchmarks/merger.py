"""
Measure a reorganisation: a county and its four districts with 200,000 cases become two councils, and are put back.

    python -m benchmarks.merger [--cases 200000] [--minutes 10] [--undo]

The county's cases are made by its own actions, a few of each kind, and then multiplied in the database with homes of
their own: four of five have ended. Prints one JSON object a line: the seconds and rows of each stage, and what differs
between the figures before and after. Exits 1 when a figure differs or it takes longer than the minutes allowed.
"""

import argparse
import json
import sys
import time

import psycopg

from benchmarks.ground import world

SPOT = ("easting", "northing", "lat", "lon")
COPIED = ("step", "task", "payload", "message", "note", "event")
SELECTED = """
select column_name from information_schema.columns where table_schema = 'public' and table_name = %s
and is_generated = 'NEVER' and not (table_name = 'casework_event' and column_name = 'id') order by ordinal_position"""
NEW = "md5({} || ':' || n)::uuid"
HOME = "(select h.{0} from copy_home h where h.rank = (n * 7919 + {1}) %% (select count(*) from copy_home) + 1)"


def multiply(conn: psycopg.Connection, cases: list, copies: int, first: int) -> None:
    """Copy each case with all that belongs to it so many times, each copy at a home of its own where it has a place."""
    number = f"({first} + n * {len(cases)} + row_number() over (partition by n order by t.id))::int"
    change = {
        "id": NEW.format("t.id"), "number": number, "former_number": "''",
        "reference": f"left(t.reference, 4) || lpad({number}::text, 8, '0') || '2'",
        "published_id": "null", "contact_digests": "'{}'::bytea[]", "person_id": "null",
        **{c: f"case when t.{c} is not null then {HOME.format(c, 3)} end" for c in SPOT},
    }  # fmt: skip
    _copy(conn, "casework_case", change, "t.id = any(%s)", cases, copies)
    for part in COPIED:
        own = {"case_id": NEW.format("t.case_id")} | ({} if part == "event" else {"id": NEW.format("t.id")})
        if part == "task":
            own |= {"step_id": "case when t.step_id is not null then " + NEW.format("t.step_id") + " end"}
            own |= {"reference": "left(t.reference, 4) || lpad((n * 1000)::text, 8, '0') || '2'"}
        _copy(conn, f"casework_{part}", own, "t.case_id = any(%s)", cases, copies)
    charge = {"id": NEW.format("t.id"), "case_id": NEW.format("t.case_id"), "step_id": "null",
              "reference": "left(t.reference, 12) || '-' || n"}  # fmt: skip
    _copy(conn, "ledger_charge", charge, "t.case_id = any(%s) and t.state = 'due'", cases, copies)


def _copy(conn, table: str, change: dict, where: str, cases: list, copies: int) -> None:
    columns = [row[0] for row in conn.execute(SELECTED, [table])]
    values = ", ".join(change.get(name, f't."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    text = f"insert into {table} ({names}) select {values} from {table} t, generate_series(1, {copies}) n where {where}"
    conn.execute(text, [cases])


def lived() -> tuple[list, list]:
    """Let residents of each district ask the district and the county; return the ids of open and of ended cases."""
    from tests.world import ASHBY, BORLEY, COVEHAM, DUNMERE, MARCHSHIRE

    from moothall.casework import actions as casework
    from moothall.core import queue
    from moothall.core.scope import scoped
    from moothall.reorganisation.tests import lives

    going, ended = [], []
    for district in (ASHBY, BORLEY, COVEHAM, DUNMERE):
        going += [lives.complained(district).case_id, lives.collection(district).case_id]
        going += [lives.pothole(district).case_id]
        for body, one in ((district, lives.complained(district)), (MARCHSHIRE, lives.pothole(district, 3))):
            with scoped(lives.staff(body)):
                casework.cancel_case(case_id=one.case_id, reason="Done", at=lives.AT, by=lives.RESIDENT)
            ended.append(one.case_id)
    queue.run_pending(at=lives.AT)
    return going, ended


def measured(cases: int, undo: bool) -> dict:
    """Make the county, carry the plan out, and return what there is to say."""
    from tests.world import MARCHSHIRE

    from moothall.core import owner
    from moothall.reorganisation import queries
    from moothall.reorganisation.rules.figures import differences
    from moothall.reorganisation.tests import lives

    began = time.monotonic()
    going, ended = lived()
    with psycopg.connect(**owner.address()) as conn:
        conn.execute(
            "create temp table copy_home as select row_number() over (order by uprn) as rank, "
            "easting, northing, lat, lon from bodies_dwelling; "
            "create unique index on copy_home (rank); analyze copy_home"
        )
        multiply(conn, going, cases // 5 // len(going), 1_000_000)
        multiply(conn, ended, cases * 4 // 5 // len(ended), 5_000_000)
    with psycopg.connect(**owner.address(), autocommit=True) as conn:
        conn.execute("analyze")
        made = conn.execute("select count(*), count(*) filter (where closed_at is null) from casework_case").fetchone()
    print(json.dumps({"made": made[0], "open": made[1], "seconds": round(time.monotonic() - began, 1)}), flush=True)
    plan_id, began = lives.two_unitaries(), time.monotonic()
    done = lives.done(plan_id, body_id=MARCHSHIRE)
    said = {"carried_out_seconds": round(time.monotonic() - began, 1), "error": done.error, "stages": {}}
    with psycopg.connect(**owner.address()) as conn:
        for name, rows, seconds in conn.execute("select name, rows, seconds from reorganisation_stage order by id"):
            said["stages"][name] = {"rows": rows, "seconds": seconds}
        said["journal"] = conn.execute("select count(*) from reorganisation_moved").fetchone()[0]
    figures = queries.plan(plan_id).row.figures
    said["differences"] = differences(figures["before"], figures["after"])
    said["cases"] = figures["after"]["Cases"]
    if undo:
        began = time.monotonic()
        said["undo_error"] = lives.done(plan_id, "undo", body_id=MARCHSHIRE).error
        said["undone_seconds"] = round(time.monotonic() - began, 1)
    return said


def main() -> int:
    """Measure; 1 when it does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--undo", action="store_true", help="put everything back, too")
    given = parser.parse_args()
    with world():
        said = measured(given.cases, given.undo)
    print(json.dumps(said))
    slow = said["carried_out_seconds"] > given.minutes * 60
    return int(bool(said["error"] or said["differences"] or said.get("undo_error") or slow))


if __name__ == "__main__":
    sys.exit(main())
