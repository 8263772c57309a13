"""What must hold when all is healed: each check returns what does not, in words; nothing is a good answer.

The connection must see every row. Each check knows only the database and what those outside remember.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import psycopg

from moothall.core.verify import verify
from moothall.ledger.queries import PROVE

CARDS = "1050"
MOST = 5


def cases(conn: psycopg.Connection, told: Mapping[str, set[str]], before: set[str]) -> list[str]:
    """Every acknowledged case exists exactly once, and there is none that nobody was told of.

    `told` are the references that were answered for each key, `before` those that were there at the start.
    """
    held = Counter(row[0] for row in conn.execute("select reference from casework_case"))
    wrong = [
        f"key {key} was answered with several cases: {sorted(refs)}" for key, refs in told.items() if len(refs) > 1
    ]
    known = set().union(*told.values()) if told else set()
    wrong += [f"lost case: {ref} was acknowledged and is not there" for ref in sorted(known - held.keys())]
    wrong += [f"doubled case: {ref} is there {n} times" for ref, n in held.items() if n > 1]
    wrong += [f"doubled case: nobody was told of {ref}" for ref in sorted(held.keys() - known - before)]
    return wrong


UNSEEN = """
select c.reference, s.name, s.state from casework_step s join casework_case c on c.id = s.case_id
where c.state in ('open', 'paused') and (s.state in ('ready', 'running') or s.state = 'waiting'
  and not exists (select from casework_task t where t.step_id = s.id and t.state = 'open')
  and not exists (select from links_call l where l.step_id = s.id and l.state = 'failed')
  and not exists (select from procrastinate_jobs j where j.status = 'todo' and j.scheduled_at > now()
    and (j.args->>'step_id' = s.id::text or j.args->>'case_id' = s.case_id::text))
  and not exists (select from ledger_charge g where g.step_id = s.id and g.state = 'due')
  and not exists (select from waste_missedreport m join waste_incident i on i.id = m.incident_id
    where m.return_step = s.id)
  and not exists (select from highways_report r join highways_report o on o.defect_id = r.defect_id
    join casework_task t on t.state = 'open' and t.step_id in (o.inspect_step, o.repair_step, o.check_step)
    where s.id in (r.inspect_step, r.repair_step, r.check_step)))
union all
select c.reference, 'no step', c.state from casework_case c where c.state = 'open'
  and not exists (select from casework_step s where s.case_id = c.id
    and s.state in ('ready', 'running', 'waiting', 'failed'))"""
TWICE = """
select 'ended', c.reference, e.data->>'step' from casework_event e join casework_case c on c.id = e.case_id
where e.kind in ('step-done', 'step-refused') group by c.reference, e.data->>'step', e.data->>'step_id'
having count(*) > 1
union all
select 'told as done', f.payload->>'case_id', f.payload->>'step_name' from core_fact f
where f.name = 'casework.StepDone' group by f.payload->>'step_id', f.payload->>'case_id', f.payload->>'step_name'
having count(*) > 1"""


def steps(conn: psycopg.Connection) -> list[str]:
    """Every step ended once, or waits where somebody sees it: a task, a charge, a moment, a failure."""
    wrong = [f"stuck step: {ref} {name} is {state} and nobody sees it" for ref, name, state in conn.execute(UNSEEN)]
    return wrong + [f"doubled step: {ref} {name} was {what} twice" for what, ref, name in conn.execute(TWICE)]


WRITTEN_TWICE = """
select c.reference, o.template from core_outgoing o join casework_case c on c.id = o.case_id
group by c.reference, o.template having count(*) > 1"""
UNWRITTEN = """
select c.reference, m.letter from casework_message m join casework_case c on c.id = m.case_id
where m.direction = 'out' and m.letter <> '' and c.contact_digests <> '{}' and not exists (
  select from core_outgoing o where o.case_id = c.id and o.template = c.service_id || '.' || m.letter)"""


def letters(conn: psycopg.Connection, taken: Iterable[str]) -> list[str]:
    """Every letter was written once and taken once; `taken` are our references as the carrier remembers them."""
    taken = Counter(taken)
    wrong = [f"doubled letter: {one} was taken {n} times" for one, n in taken.items() if n > 1]
    wrong += [f"doubled letter: {ref} was written {template} twice" for ref, template in conn.execute(WRITTEN_TWICE)]
    wrong += [f"lost letter: {ref} was never sent {letter}" for ref, letter in conn.execute(UNWRITTEN)]
    rows = {str(i): state for i, state in conn.execute("select id, state from core_outgoing where carrier <> 'outbox'")}
    wrong += [f"lost letter: {i} is {state}, and was not taken" for i, state in rows.items() if i not in taken]
    wrong += [f"stuck letter: {i} was taken and is {s} here" for i, s in rows.items() if i in taken and s != "sent"]
    return wrong + [f"stray letter: {one} was taken and is not in our book" for one in taken if one not in rows]


PAID = """
select p.reference, p.state, g.state from ledger_payment p join ledger_charge g on g.id = p.charge_id
where p.how = 'card'"""
PAID_TWICE = """
select g.reference, count(*) from ledger_charge g join ledger_payment p on p.charge_id = g.id and p.state = 'paid'
group by g.reference having count(*) > 1"""
CHARGED_TWICE = """
select c.reference, count(*) from ledger_charge g join casework_case c on c.id = g.case_id
where g.state <> 'cancelled' group by c.reference having count(*) > 1"""
STATE_OF_CHARGES = """
select g.reference, g.state from ledger_charge g
where (g.state = 'paid') <> exists (select from ledger_payment p where p.charge_id = g.id and p.state = 'paid')"""


def payments(conn: psycopg.Connection, taken: Iterable[Mapping]) -> list[str]:
    """Every charge was raised once and paid at most once, and provider and books agree to the penny.

    `taken` are the provider's payments: {"reference", "status", "amount", "refunds": [{"amount"}]}.
    """
    taken = list(taken)
    good = [one for one in taken if one["status"] == "success"]
    kept = Counter()
    for one in good:
        kept[one["reference"].rpartition("-")[0]] += not one["refunds"]
    wrong = [f"paid twice: {charge} took money {n} times and kept it" for charge, n in kept.items() if n > 1]
    wrong += [f"paid twice: {ref} has {n} payments" for ref, n in conn.execute(PAID_TWICE)]
    wrong += [f"charged twice: {ref} has {n} charges" for ref, n in conn.execute(CHARGED_TWICE)]
    wrong += [
        f"charge {ref} is {state}, and its payments say otherwise" for ref, state in conn.execute(STATE_OF_CHARGES)
    ]
    ours = {ref: state for ref, state, _ in conn.execute(PAID)}
    there = {one["reference"] for one in good}
    wrong += [f"lost payment: {ref} took money and is {ours.get(ref)} here" for ref in sorted(there)
              if ours.get(ref) not in ("paid", "surplus")]  # fmt: skip
    wrong += [f"stray payment: {ref} is {state} here and took no money" for ref, state in ours.items()
              if state in ("paid", "surplus") and ref not in there]  # fmt: skip
    held = sum(one["amount"] - sum(back["amount"] for back in one["refunds"]) for one in good)
    return wrong + _cards(conn, held)


HELD = """
select coalesce(sum(l.pence), 0) from ledger_leg l join ledger_account a on a.id = l.account_id
join ledger_journal j on j.id = l.journal_id where a.code = %s and j.kind in ('payment', 'refund-paid')"""


def _cards(conn, held: int) -> list[str]:
    """Compare what the books hold in card payments with what the provider took and did not give back."""
    (here,) = conn.execute(HELD, [CARDS]).fetchone()
    return [] if here == held else [f"the books hold {here} pence of card payments, the provider {held}"]


def books(conn: psycopg.Connection) -> list[str]:
    """Every journal balances, every balance is the sum of its lines, and every trial balance is exact."""
    wrong = []
    bodies = [row[0] for row in conn.execute("select distinct body_id from ledger_account order by 1")]
    for body in bodies:
        wrong += [f"unbalanced books of body {body}: {row[0]}" for row in conn.execute(PROVE, {"body": body})]
        debit, credit = conn.execute(
            "select coalesce(sum(debit), 0), coalesce(sum(credit), 0) from ledger_balance where body_id = %s", [body]
        ).fetchone()
        if debit != credit:
            wrong.append(f"unbalanced books of body {body}: debits {debit}, credits {credit} pence")
    return wrong


def calls(conn: psycopg.Connection, book: Mapping[str, Mapping]) -> list[str]:
    """Every step handed to another system is in its book, done there once, and ended here."""
    rows = {str(i): state for i, state in conn.execute("select id, state from links_call")}
    wrong = [f"lost call: {i} is {state}, and the other system never heard of it" for i, state in rows.items()
             if i not in book]  # fmt: skip
    wrong += [f"stuck call: {i} is {state} here" for i, state in rows.items() if state in ("waiting", "accepted")]
    return wrong + [f"stray call: {i} is in the other system's book only" for i in book if i not in rows]


JOBS = """
select task_name, status::text, args->>'key', attempts from procrastinate_jobs
where status in ('doing', 'failed') or status = 'todo' and coalesce(scheduled_at, now()) <= now() - interval '5 s'"""


def jobs(conn: psycopg.Connection) -> list[str]:
    """No job is left that is due, under way or given up."""
    return [f"stuck job: {name} ({key}) is {state} after {n} attempts" for name, state, key, n in conn.execute(JOBS)]


STUCK = """
select j.task_name, j.id, extract(epoch from now() - max(e.at)) from procrastinate_jobs j
join procrastinate_events e on e.job_id = j.id and e.type = 'started' where j.status = 'doing'
group by j.id having now() - max(e.at) > %s * interval '1 s'"""


def stuck(conn: psycopg.Connection, deadline: float) -> list[str]:
    """No job has been under way for longer than its deadline and a minute; asked during the run."""
    return [
        f"stuck job: {name} {i} has been under way for {s:.0f} s" for name, i, s in conn.execute(STUCK, [deadline + 60])
    ]


def trail(conn: psycopg.Connection, folder: Path) -> list[str]:
    """The audit trail is whole: what `moothall audit verify` says."""
    return [f"audit trail: {finding}" for finding in verify(conn, folder).findings]


def shortened(wrong: list[str]) -> list[str]:
    """Return the first few of each kind of violation and how many there are of it."""
    kinds: dict[str, list[str]] = {}
    for one in wrong:
        kinds.setdefault(one.split(":")[0], []).append(one)
    lines = []
    for kind, found in kinds.items():
        lines += found[:MOST] + ([f"{kind}: {len(found) - MOST} more"] if len(found) > MOST else [])
    return lines
