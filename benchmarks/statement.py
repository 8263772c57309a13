"""
Measure a statement that is drawn up from a million cases in the database, beside the same written by hand.

    python -m benchmarks.statement [--cases 1000000]

Borley has finished a quarter of the cases in each of four services of Ashby's: priced by the case, by the unit, by
bands, and a sum for the year. The statement is drawn up by the provider's own action, in the provider's scope, under
row security; then its total, VAT and lines are added up in the database: not a penny may be lost. By hand is what one
would write for just this, in the same database: one query a service, numpy, and the lines put into a table with the
same columns, keys and indexes. Prints one JSON object. Exits 1 when a penny drifts, below 0.3 of the rate by hand, or
above the memory allowed.
"""

import argparse
import datetime as dt
import json
import resource
import sys
import time

import numpy as np
import psycopg

from benchmarks.ground import world
from benchmarks.merger import SELECTED
from benchmarks.settlement import BANDS, _shared

LEAST = 0.3
MOST_MB = 2_500
SERVICES = {
    "complaint": {"method": "per-case", "pence": 421},
    "missed-bin": {"method": "per-unit", "pence": 95, "unit": "lifts"},
    "bulky-waste": {"method": "by-band", "bands": BANDS},
    "fly-tipping": {"method": "fixed", "pence": 123_456_789},
}
FIXED_DAYS = 91
"""Days from 1 April to 30 June."""
READ = """
select c.id, c.reference, (c.closed_at at time zone 'Europe/London')::date,
  coalesce((select sum((s.outputs->>'lifts')::int) from casework_step s
            where s.case_id = c.id and s.state = 'done' and s.outputs ? 'lifts'), 1)
from casework_case c
where c.body_id = 2 and c.provider_id = 3 and c.service_id = %s and c.state = 'closed'
  and c.closed_at >= '2026-04-01 00:00 Europe/London' and c.closed_at < '2026-07-01 00:00 Europe/London'
  and exists (select 1 from casework_step w where w.case_id = c.id and w.state = 'done' and w.body_id = 3
              and w.performs not in ('casework.explain', 'casework.wait'))
order by c.closed_at, c.id"""
PUT = """
insert into by_hand (id, body_id, provider_id, statement_id, section_id, number, case_id, reference, day, units, pence,
  vat_pence, state)
select gen_random_uuid(), 2, 3, %s, %s, number, case_id, reference, day, units, pence, vat, 'stands'
from unnest(%s::int[], %s::uuid[], %s::text[], %s::date[], %s::int[], %s::bigint[], %s::bigint[])
  as given(number, case_id, reference, day, units, pence, vat)"""
BATCH = 20_000


def prepared(cases: int) -> None:
    """Let one case be worked on, and multiply it: as many in each service, over the days of a quarter."""
    from tests import work_done

    from moothall.core import owner

    work_done.provided()
    for service_id, rule in SERVICES.items():
        work_done.agreed(rule, service_id=service_id)
    (case_id,) = work_done.worked(1)
    with psycopg.connect(**owner.address(), autocommit=True) as conn:
        for place, service_id in enumerate(SERVICES):
            _multiply(conn, case_id, service_id, cases // 4, place * (cases // 4))
        conn.execute("vacuum analyze casework_case, casework_step")


def _multiply(conn: psycopg.Connection, case_id, service_id: str, copies: int, first: int) -> None:
    new = f"md5('{service_id}' || n)::uuid"
    case = {
        "id": new, "service_id": f"'{service_id}'", "number": f"{first} + n + 1000",
        "reference": f"'ASH-' || lpad(({first} + n)::text, 7, '0') || 'X'", "contact_digests": "'{}'::bytea[]",
        "published_id": "null", "person_id": "null", "former_number": "''",
        "opened_at": "'2026-04-01 09:00 Europe/London'::timestamptz + (n %% 91) * interval '1 day'",
        "closed_at": "'2026-04-01 10:00 Europe/London'::timestamptz + (n %% 91) * interval '1 day'",
    }  # fmt: skip
    _copy(conn, "casework_case", case, "t.id = %s", case_id, copies)
    outputs = "t.outputs || jsonb_build_object('lifts', n %% 7 + 1)"
    step = {"id": "md5(t.id::text || ':' || n || '" + service_id + "')::uuid", "case_id": new, "outputs": outputs}
    _copy(conn, "casework_step", step, "t.case_id = %s and t.state = 'done'", case_id, copies)


def _copy(conn: psycopg.Connection, table: str, change: dict, where: str, case_id, copies: int) -> None:
    columns = [row[0] for row in conn.execute(SELECTED, [table])]
    values = ", ".join(change.get(name, f't."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    conn.execute(
        f"insert into {table} ({names}) select {values} from {table} t, generate_series(1, {copies}) n where {where}",
        [case_id],
    )


def ours():
    """Draw the statement up and return it."""
    from tests.work_done import drawn

    return drawn()


def by_hand() -> tuple[int, int]:
    """Do the same with queries and numpy; return net and VAT in pence."""
    from moothall.core import owner

    net = []
    with psycopg.connect(**owner.address()) as conn:
        conn.execute("create table by_hand (like settlement_line including all)")
        rows = [conn.execute(READ, [service_id]).fetchall() for service_id in SERVICES]
        for (service_id, rule), found in zip(SERVICES.items(), rows, strict=True):
            units = np.array([row[3] for row in found], dtype=np.int64)
            net.append(_priced(service_id, rule, units))
        total = sum(int(one.sum()) for one in net)
        tax = _shared(total * 2000 // 10_000, np.concatenate(net))
        number = 0
        for found, pence in zip(rows, net, strict=True):
            for start in range(0, len(found), BATCH):
                part, end = found[start : start + BATCH], number + len(found[start : start + BATCH])
                ids, references, days, units = zip(*part, strict=True)
                conn.execute(PUT, [
                    NOBODY, NOBODY, list(range(number + 1, end + 1)), list(ids), list(references), list(days),
                    list(units), pence[start : start + BATCH].tolist(), tax[number:end].tolist(),
                ])  # fmt: skip
                number = end
    return total, int(tax.sum())


NOBODY = "00000000-0000-0000-0000-000000000000"


def _priced(service_id: str, rule: dict, units: np.ndarray) -> np.ndarray:
    ranks = np.arange(1, len(units) + 1)
    match service_id:
        case "complaint":
            return np.full(len(units), rule["pence"])
        case "missed-bin":
            return units * rule["pence"]
        case "bulky-waste":
            return np.where(ranks <= 50_000, 500, np.where(ranks <= 150_000, 400, 300))
        case _:
            return _shared(rule["pence"] * FIXED_DAYS // 365, units)


def timed(function) -> tuple[float, float, object]:
    """Return (seconds, CPU seconds of this process, result)."""
    start, used = time.perf_counter(), time.process_time()
    result = function()
    return time.perf_counter() - start, time.process_time() - used, result


def added_up(statement_id) -> tuple:
    """Return (lines, their pence, their VAT, the sections' pence, the sections' VAT) as the database adds them up."""
    from moothall.core import owner

    with psycopg.connect(**owner.address()) as conn:
        lines = conn.execute(
            "select count(*), sum(pence), sum(vat_pence) from settlement_line where statement_id = %s", [statement_id]
        ).fetchone()
        sections = conn.execute(
            "select sum(pence), sum(vat_pence) from settlement_section where statement_id = %s", [statement_id]
        ).fetchone()
    return (*lines, *sections)


def measured(cases: int) -> dict:
    """Make the cases, draw the statement up both ways, and return what there is to say."""
    with world():
        start = time.perf_counter()
        prepared(cases)
        made = time.perf_counter() - start
        seconds, used, row = timed(ours)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        lines, net, tax, of_sections, tax_of_sections = added_up(row.pk)
        hand, hand_used, (hand_net, _hand_tax) = timed(by_hand)
        drift = abs(int(net) - row.pence) + abs(int(tax) - row.vat_pence) + abs(int(of_sections) - row.pence)
        drift += abs(int(tax_of_sections) - row.vat_pence)
    return {
        "lines": lines, "drift_pence": drift, "differs_from_hand_pence": abs(hand_net - row.pence),
        "seconds": round(seconds, 1), "cpu_s": round(used, 1), "lines_per_s": round(lines / seconds),
        "by_hand_s": round(hand, 1), "by_hand_cpu_s": round(hand_used, 1), "rate_of_by_hand": round(hand / seconds, 2),
        "memory_mb": memory, "cases_made_in_s": round(made, 1), "on": dt.date.today().isoformat(),
    }  # fmt: skip


def main() -> int:
    """Print the figures; 0 when they keep their limits."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=1_000_000)
    asked = parser.parse_args()
    figures = measured(asked.cases)
    print(json.dumps(figures))
    whole = figures["lines"] == asked.cases // 4 * 4 + 1 and not figures["drift_pence"]
    kept = whole and not figures["differs_from_hand_pence"] and figures["rate_of_by_hand"] >= LEAST
    return 0 if kept and figures["memory_mb"] <= MOST_MB else 1


if __name__ == "__main__":
    sys.exit(main())
