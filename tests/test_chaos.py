"""A whole Moothall under faults, in short; and proof that its checks see what they are there to see."""

import json
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from chaos import checks
from chaos.faults import KINDS, draw_faults
from django.db import connections
from tests.world import ASHBY

ROOT = Path(__file__).parents[1]
HOME = "990000069488"
PRIVATE = {"what": ["bags"], "amount": "bag", "land": "private", "saw": False}


@pytest.fixture
def world(postgres_server, real_db):
    """Yield a connection that sees and may do everything, in a world where one case was done and one was paid."""
    from moothall.core import queue
    from moothall.core.clock import now

    told = {"k-1": {_open("fly-tipping", PRIVATE)}, "k-2": {_open("garden-waste", _garden())}}
    queue.run_pending(at=now())
    _pay_at_the_counter()
    queue.run_pending(at=now())
    connections["default"].close()
    with psycopg.connect(postgres_server.conninfo(real_db), autocommit=True) as conn:
        conn.execute("set session_replication_role = replica")  # no trigger and no foreign key stops a saboteur
        yield conn, told


def _garden() -> dict:
    return {"start": "here", "bins": 1, "agreed": True}


def _open(service: str, answers: dict) -> str:
    from moothall.bodies import queries as bodies
    from moothall.casework import actions
    from moothall.core.actor import Actor
    from moothall.core.clock import now
    from moothall.core.scope import Scope, scoped

    place = bodies.place_of_dwelling(HOME)
    with scoped(Scope(purpose="front door", actor=Actor("api"))):
        return actions.open_case(
            service_id=service, answers=answers | {"where": place}, place=place, contact={"email": "ann@example.org"},
            channel="api", at=now(), by=Actor("api"),
        ).reference  # fmt: skip


def _pay_at_the_counter() -> None:
    from moothall.core.actor import Actor
    from moothall.core.clock import now
    from moothall.core.scope import Scope, scoped
    from moothall.ledger import actions, queries

    with scoped(Scope(bodies=(ASHBY,), purpose="till", actor=Actor("staff", "1", ASHBY))):
        (owed,) = queries.charges(ASHBY)
        actions.record_payment(charge_id=owed.id, at=now(), by=Actor("staff", "1", ASHBY))


def copy_a_row(conn: psycopg.Connection, table: str, **new: str) -> None:
    """Copy one row of a table under a new id, with some values changed."""
    conn.execute(
        f"insert into {table} select (jsonb_populate_record(null::{table}, "
        "to_jsonb(r) || jsonb_build_object('id', gen_random_uuid()) || %s::jsonb)).* "
        f"from (select * from {table} limit 1) r",
        [json.dumps(new)],
    )


def test_a_sound_house_gives_no_check_a_reason(world):
    conn, told = world

    assert checks.cases(conn, told, set()) == []
    assert checks.steps(conn) == []
    assert checks.letters(conn, []) == []
    assert checks.payments(conn, []) == []
    assert checks.books(conn) == []
    assert checks.calls(conn, {}) == []
    assert checks.jobs(conn) == []
    assert checks.stuck(conn, 60) == []


def said(wrong: list[str]) -> str:
    """Return what is wrong as one text; fails when nothing is."""
    assert wrong, "the check saw nothing"
    return "; ".join(wrong)


def test_a_lost_case_is_named(world):
    conn, told = world
    lost = next(iter(told["k-1"]))
    conn.execute("delete from casework_case where reference = %s", [lost])

    assert f"lost case: {lost}" in said(checks.cases(conn, told, set()))


def test_a_case_that_is_there_twice_or_that_nobody_was_told_of_is_named(world):
    conn, told = world
    conn.execute("update casework_case set reference = 'ASH-0099-999X' where reference = %s", list(told["k-2"]))
    assert "nobody was told of ASH-0099-999X" in said(checks.cases(conn, told, set()))

    told["k-1"].add("ASH-0098-888X")
    assert "key k-1 was answered with several cases" in said(checks.cases(conn, told, set()))


def test_a_step_that_nobody_sees_is_named(world):
    conn, told = world
    conn.execute("update casework_case set state = 'open', closed_at = null where reference = %s", list(told["k-1"]))
    conn.execute("update casework_step set state = 'waiting' where name = 'advise' and ended_at is not null")

    assert "advise is waiting and nobody sees it" in said(checks.steps(conn))


def test_a_case_whose_work_stopped_in_between_is_named(world):
    conn, told = world
    conn.execute("update casework_case set state = 'open', closed_at = null where reference = %s", list(told["k-1"]))

    assert "no step is open and nobody sees it" in said(checks.steps(conn))


def test_a_step_that_was_done_twice_is_named(world):
    conn, _ = world
    conn.execute(
        "insert into casework_event (case_id, body_id, at, kind, by, data) "
        "select case_id, body_id, at, kind, by, data from casework_event where kind = 'step-done' limit 1"
    )

    assert "doubled step" in said(checks.steps(conn))


def test_a_letter_that_was_written_or_taken_twice_is_named(world):
    conn, _ = world
    copy_a_row(conn, "core_outgoing")

    assert "was written" in said(checks.letters(conn, []))
    assert "doubled letter: x was taken 2 times" in said(checks.letters(conn, ["x", "x"]))


def test_a_letter_that_was_never_sent_or_never_taken_is_named(world):
    conn, _ = world
    conn.execute(
        "update core_outgoing set carrier = 'notify' where id = (select min(id::text)::uuid from core_outgoing)"
    )
    assert "and was not taken" in said(checks.letters(conn, []))

    conn.execute("delete from core_outgoing")
    assert "was never sent" in said(checks.letters(conn, []))


def test_money_that_was_taken_twice_or_lost_is_named(world):
    conn, _ = world
    taken = {"reference": "PAY-AAA-BBB-CCC-1", "status": "success", "amount": 5000, "refunds": []}
    again = taken | {"reference": "PAY-AAA-BBB-CCC-2"}
    wrong = said(checks.payments(conn, [taken, again]))

    assert "PAY-AAA-BBB-CCC took money 2 times and kept it" in wrong
    assert "lost payment: PAY-AAA-BBB-CCC-1" in wrong
    assert "the provider 10000" in wrong
    given_back = again | {"refunds": [{"amount": 5000}]}
    assert "and kept it" not in said(checks.payments(conn, [taken, given_back]))


def test_a_charge_that_was_raised_or_paid_twice_is_named(world):
    conn, _ = world
    conn.execute("drop index if exists ledger_payment_paid_once")
    copy_a_row(conn, "ledger_charge", reference="PAY-2", what="again")
    copy_a_row(conn, "ledger_payment", reference="PAY-1-2")
    wrong = said(checks.payments(conn, []))

    assert "has 2 charges" in wrong
    assert "has 2 payments" in wrong
    assert "charge PAY-2 is paid, and its payments say otherwise" in wrong


def test_unbalanced_books_are_named(world):
    conn, _ = world
    conn.execute("update ledger_leg set pence = pence + 1 where (journal_id, line) in "
                 "(select journal_id, line from ledger_leg limit 1)")  # fmt: skip

    assert f"unbalanced books of body {ASHBY}" in said(checks.books(conn))

    conn.execute("update ledger_balance set debit = debit + 7 where body_id = %s", [ASHBY])
    assert "debits" in said(checks.books(conn))


def test_a_call_that_the_other_system_never_heard_of_is_named(world):
    conn, _ = world
    conn.execute(
        "insert into links_call (id, body_id, system_id, case_id, step_id, reference, performs, state, request, "
        "attempts, opened_at, their_reference, error, repeats) values (gen_random_uuid(), 3, 1, gen_random_uuid(), "
        "gen_random_uuid(), 'BOR-1', 'waste.clear', 'accepted', '{}', 1, now(), '', '', 0)"
    )

    wrong = said(checks.calls(conn, {"theirs": {}}))
    assert "never heard of it" in wrong
    assert "is accepted here" in wrong
    assert "theirs is in the other system's book only" in wrong


def test_a_job_that_is_under_way_for_too_long_or_was_given_up_is_named(world):
    conn, _ = world
    conn.execute("insert into procrastinate_jobs (id, task_name, queue_name, args, status, attempts, priority, "
                 "abort_requested) values (4711, 'casework.step', 'default', '{}', 'doing', 7, 0, false)")  # fmt: skip
    conn.execute(
        "insert into procrastinate_events (job_id, type, at) values (4711, 'started', now() - interval '2 min')"
    )

    assert "is doing after 7 attempts" in said(checks.jobs(conn))
    assert "under way for 120 s" in said(checks.stuck(conn, 30))
    assert checks.stuck(conn, 90) == []


def test_a_forged_trail_is_named(world, tmp_path):
    conn, _ = world
    conn.execute("delete from core_auditpayload where entry_id = (select max(entry_id) from core_auditpayload)")

    assert "audit trail:" in said(checks.trail(conn, tmp_path))


def test_many_of_a_kind_are_told_shortly():
    assert checks.shortened([f"lost case: {n}" for n in range(9)])[-1] == "lost case: 4 more"


def test_a_seed_draws_the_same_faults_and_every_kind_in_turn():
    from random import Random

    drawn = draw_faults(60, 1000, Random("faults 7"))
    counts = [sum(one.kind == kind for one in drawn) for kind in KINDS]

    assert drawn == draw_faults(60, 1000, Random("faults 7"))
    assert [one.after for one in drawn] == sorted(one.after for one in drawn)
    assert set(counts) <= {60 // len(KINDS), 60 // len(KINDS) + 1}


@pytest.mark.chaos
@pytest.mark.timeout(1500)
def test_submissions_under_twenty_faults_are_neither_lost_nor_doubled(postgres_server, real_db):
    for connection in connections.all():
        connection.close()
    words = ["--seed", "7", "--submissions", "400", "--faults", "20", "--clients", "2", "--deadline", "4"]
    like = ["--like", postgres_server.conninfo(real_db)]
    command = [sys.executable, "-m", "chaos", *words, *like]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            said_last, story = process.communicate(timeout=1200)
        finally:
            process.terminate()
    assert said_last, story
    figures = json.loads(said_last.splitlines()[-1])

    assert figures["violations"] == [], said_last + story
    assert (figures["acknowledged"], figures["faults"]) == (400, 20)
    assert figures["asked_again"] > 0, "no integrator noticed anything: the faults did not bite"
