"""Every guarded table, tried by the database itself: nobody reads or writes another's rows, and each policy counts.

Pages also leave out what is not theirs, so a policy that was opened may go unnoticed on a page. Here the app's role
asks for the tables bare, in the scope of a body, a resident or nobody.
"""

import psycopg
import pytest
from tests.leaks import catalogue, owners, probing
from tests.leaks.owners import NOBODY, OWNERS

from moothall.core.actor import Actor
from moothall.core.scope import EVERY_TEAM, Scope

pytestmark = pytest.mark.timeout(240)

PUBLISHED = {
    "appraisal_edition": "appraisals are published, but for what is withheld, which is kept in a table of its own",
    "bodies_team": "residents read which team has their case",
    "casework_publicplace": "where something was reported, to the nearest ten metres and without who",
    "casework_publicupdate": "what became of it: a step that was done, or how it ended",
    "contracts_deduction": "deductions are published",
    "scrutiny_contactfigure": "how many contacts a body had is published, of nobody, and small counts are withheld",
    "scrutiny_figure": "figures are published",
    "sharing_adoption": "who offers what is published",
    "sharing_agreement": "who may see what under which law is published",
    "desk_accesspoint": "where people are received is published",
    "desk_otherhours": "when a place is not open as usual is published",
    "desk_ticket": "which number is called to which counter is on the wall; it says nothing of who",
    "desk_unitcost": "what a contact costs a body is published, with its source",
    "licensing_entry": "what the law has a register of licences say is published",
    "leaving_departure": "that a body leaves, when and why, is published",
    "leaving_afterwards": "residents read who does a service once their council has left",
    "promises_fitrun": "fit tests are published",
    "promises_casetime": "how long a request takes a body's staff is published, of no person",
    "promises_fund": "what a body sets aside for ideas is published",
    "promises_idea": "ideas and what came of them are published, under no name",
    "promises_lesson": "what plans and trials taught is published",
    "promises_saving": "what a body promised to save is published",
    "promises_savingfigure": "what was said of a saving at each stage is published",
    "promises_savingevent": "how a saving came about is published",
    "promises_baseline": "what it would have cost, as each side states it, is published",
    "promises_verification": "what the ledger proved is published",
    "promises_savingline": "the ledger entries behind a saving are published, without their narrative",
    "promises_measurement": "how far aims are reached is published",
    "reorganisation_plan": "which bodies become one, or are divided, is published",
    "reorganisation_setting": "how a new body will do a service is published",
    "reorganisation_succession": "who comes after whom is published",
    "scrutiny_arrangement": "who shares what with whom elsewhere is published",
    "sharing_decision": "what bodies decided about terms is published",
    "sharing_partnership": "which partnerships there are is published",
    "sharing_terms": "terms are published, but for what is withheld, which is kept in a table of its own",
    "sharing_rechargeterms": "what bodies pay each other is published",
    "settlement_headcount": "how many people live where is published",
    "sharing_offer": "who is ready to do what for others, at which price, is published",
    "waste_incident": "residents read when their street will be collected again",
    "waste_round": "collection days are published",
    "waste_shift": "collection days are published",
    "waste_stop": "collection days are published",
}
"""Tables that everybody may read whole, and why; only their own body writes them."""

CLOSED_TO_THE_APP = {
    "casework_counter", "casework_submission", "reorganisation_heir", "reorganisation_moved", "reorganisation_stage",
}  # fmt: skip
"""Tables that no scope opens: definer functions keep them, or the owner's own process."""

WORTH_NOTHING = {"people_person": "a bare random id, worth nothing until a record points at it"}
"""Tables to which anybody may add a row that nobody owns yet."""

PROBING = {name: OWNERS.get(name) for name in ("Eastwold", "Bob", "nobody")}
"""Who notices a mutant: staff of a body outside, another resident, nobody."""

HELPERS = {
    "app_bodies()": "smallint[] language sql stable as $$ select array[1, 2, 3, 9]::smallint[] $$",
    "people_identity()": "uuid[] language sql stable security definer as $$ select array_agg(id) from people_person $$",
}
"""Mutants of the functions that policies ask."""


@pytest.fixture(scope="module")
def admin(postgres_server, fresh_clone):
    """Return a connection that nothing stops, to a clone that is ruined by planting."""
    with (
        fresh_clone("rows") as name,
        psycopg.connect(postgres_server.conninfo(name), autocommit=True) as connection,
    ):
        yield connection


@pytest.fixture(scope="module")
def known(admin):
    """Return the guarded tables."""
    return catalogue.read(admin)


@pytest.fixture(scope="module")
def rows(admin, known):
    """Return where each owner's row is in each table."""
    return owners.plant(admin, known)


def noticed(admin, known, rows, table) -> list[str]:
    """Return what the first prober who can do anything to others' rows of a table can do."""
    for owner in PROBING.values():
        found = probing.probe(admin, known, rows, table, owner.scope if owner else NOBODY, owner)
        if found and not (table in WORTH_NOTHING and all(what.startswith("adds") for what in found)):
            return found
    return []


@pytest.mark.parametrize("name", [*OWNERS, "nobody"])
def test_no_scope_reads_or_writes_a_row_of_somebody_else(admin, known, rows, name):
    owner = OWNERS.get(name)
    scope = owner.scope if owner else NOBODY
    wrong = {table: probing.probe(admin, known, rows, table, scope, owner) for table in known.tables}
    added = {table for table, found in wrong.items() if found and all(what.startswith("adds") for what in found)}
    assert added == set(WORTH_NOTHING)
    assert {table: found for table, found in wrong.items() if found and table not in added} == {}


def test_a_body_sees_its_own_row_in_every_table_that_a_body_keeps(admin, known, rows):
    marchshire = OWNERS["Marchshire"]
    unseen = {
        table for table in known.tables if not probing.sees(admin, table, marchshire.scope, rows[table]["Marchshire"])
    }
    assert unseen == CLOSED_TO_THE_APP | {"casework_draft"}, "the probes would find nothing in these tables"


def test_what_one_team_alone_sees_is_hidden_from_its_colleagues_in_every_table(admin, known, rows):
    tables = [table for table in known.tables if any(one.name == "only_team" for one in known.columns[table])]
    assert {"casework_case", "casework_task", "core_file", "core_outgoing"} <= set(tables)
    own = OWNERS["Marchshire"].scope
    seers = {
        "another team": own.narrowed(teams=("waste",)),
        "nobody's": own,
        "its team": own.narrowed(teams=("care",)),
        "a job": own.narrowed(actor=Actor.system("test", 1)),
        "a whole body's work": own.narrowed(teams=EVERY_TEAM),
    }
    for table in tables:
        with probing.undone(admin):
            admin.execute(f"update {table} set only_team = 'care' where ctid = '{rows[table]['Marchshire']}'")
            place = admin.execute(f"select ctid::text from {table} where only_team = 'care'").fetchone()[0]
            seen = {name for name, scope in seers.items() if probing.sees(admin, table, scope, place)}
        assert seen == {"its team", "a job", "a whole body's work"}, table


def test_a_resident_sees_their_own_draft_case_file_mail_and_details(admin, rows):
    ann = OWNERS["Ann"]
    for table in (
        "casework_draft", "casework_case", "casework_event", "casework_follower", "casework_message", "core_file",
        "core_outgoing", "core_outgoingwords", "people_contactpoint", "people_name", "people_residence",
    ):  # fmt: skip
        assert probing.sees(admin, table, ann.scope, rows[table]["Ann"]), table


def test_a_scope_without_anything_sees_no_row_at_all(admin, known):
    with probing.undone(admin):
        assert {table for table in known.tables if probing.any_row(admin, table, Scope())} == known.published


def test_a_table_that_everybody_may_read_is_listed_with_the_reason(known):
    assert known.published == set(PUBLISHED)


def test_every_policy_that_is_opened_is_noticed(admin, known, rows):
    unnoticed, tried = [], 0
    for policy in known.policies:
        for part, expression, commands in (
            ("using", policy.using, {"select", "update", "delete"}),
            ("with check", policy.check, {"insert", "update"}),
        ):
            if expression in (None, "true"):
                continue
            tried += 1
            with probing.undone(admin):
                admin.execute(f"alter policy {policy.name} on {policy.table} {part} (true)")
                found = noticed(admin, known, rows, policy.table)
                if (
                    not found and policy.using == policy.check
                ):  # whose row it is cannot be written: either part stops it
                    admin.execute(f"alter policy {policy.name} on {policy.table} using (true) with check (true)")
                    found = noticed(admin, known, rows, policy.table)
            stopped_by_grants = not (commands & set(policy.commands) & known.grants[policy.table])
            if not found and not stopped_by_grants:
                unnoticed.append(f"{policy.table}: {policy.name} {part} (true)")
    assert unnoticed == []
    assert tried >= 2 * len(known.tables)


@pytest.mark.parametrize("switched_off", ["alter table {0} disable row level security", "drop policy scope on {0}"])
def test_every_table_whose_row_security_is_switched_off_is_noticed(admin, known, rows, switched_off):
    unnoticed = []
    for table in known.tables:
        with probing.undone(admin):
            admin.execute(switched_off.format(table))
            if not noticed(admin, known, rows, table):
                unnoticed.append(table)
    published_either_way = known.published if switched_off.startswith("drop") else set()
    assert set(unnoticed) == published_either_way


@pytest.mark.parametrize("function", HELPERS)
def test_a_mutant_of_what_policies_ask_is_noticed(admin, known, rows, function):
    with probing.undone(admin):
        admin.execute(f"create or replace function {function} returns {HELPERS[function]}")
        assert sum(bool(noticed(admin, known, rows, table)) for table in known.tables) > 5


def test_a_new_table_joins_by_itself_and_is_found_when_its_policy_is_open(admin):
    with probing.undone(admin):
        admin.execute("create table zz_new (id uuid not null, body_id smallint not null, words text)")
        admin.execute("grant select, insert, update, delete on zz_new to moothall_app")
        admin.execute("alter table zz_new enable row level security")
        admin.execute("alter table zz_new force row level security")
        admin.execute("create policy everyone on zz_new using (true) with check (true)")
        admin.execute("create policy scope on zz_new as restrictive to moothall_app using (body_id > 0)")
        known = catalogue.read(admin)
        rows = {"zz_new": {name: owners.put(admin, known, "zz_new", owner) for name, owner in OWNERS.items()}}
        assert "sees Marchshire's" in probing.probe(
            admin, known, rows, "zz_new", OWNERS["Eastwold"].scope, OWNERS["Eastwold"]
        )
