"""What the database itself says about row security, after all migrations; and that each rule finds a planted fault."""

import psycopg
import pytest
from django.core.management import CommandError, call_command

from moothall.core import lint
from moothall.site.database import APP

BARE = "create table zz (id uuid primary key, body_id smallint)"
SECURED = f"{BARE}; alter table zz enable row level security; alter table zz force row level security"
POLICIES = "create policy everyone on zz using (true); create policy scope on zz as restrictive to {app} using (false)"
FAULTS = {
    "secured": [
        BARE,
        f"{SECURED}; {POLICIES}; alter table zz no force row level security",
        f"{BARE}; comment on table zz is 'said to be open'",
        "create table zz (word text)",
    ],
    "policies": [
        SECURED,
        f"{SECURED}; create policy everyone on zz using (true)",
        f"{SECURED}; {POLICIES}; create policy more on zz using (true)",
        f"{SECURED}; create policy everyone on zz using (true); "
        "create policy scope on zz as restrictive for update to {app} using (false)",
    ],
    "views": [
        "create view zz as select * from casework_case",
        "create materialized view zz as select * from casework_case",
    ],
    "definers": [
        "create function zz() returns int language sql security definer as 'select 1'",
        "create function zz() returns int language sql security definer as 'select 1'; "
        "comment on function zz() is 'definer: a test'",
        "create function zz() returns int language sql security definer set search_path = public as 'select 1'",
    ],
    "role": [
        "alter role {app} bypassrls",
        "alter role {app} createrole",
        "alter table core_file owner to {app}",
        "grant moothall_owner to {app}",
    ],
    "powers": ["grant truncate on core_file to {app}", "grant trigger on core_file to {app}"],
    "unique": [
        "create table zz (body_id smallint, code text unique); alter table zz enable row level security",
        "create table zz (body_id smallint, n int, code text); create unique index zz_two on zz (code, n); "
        "alter table zz enable row level security",
    ],
}
"""For each rule what breaks it; what is planted beside it only makes it whole for the other rules."""


@pytest.fixture
def superuser(postgres_server, clone_name, django_db_setup):
    """Return what runs a query in the tests' database, in a transaction that is undone."""
    with (
        psycopg.connect(postgres_server.conninfo(clone_name), autocommit=True) as connection,
        connection.transaction(force_rollback=True),
    ):
        yield connection


def said(superuser, *names):
    """Return what the rules of these names say."""
    rules = tuple(rule for rule in lint.RULES if rule.name in names)
    return lint.broken(lambda query: [row[0] for row in superuser.execute(query)], rules)


@pytest.mark.parametrize("name", [rule.name for rule in lint.RULES])
def test_the_tables_keep_the_rule(superuser, name):
    assert said(superuser, name) == []


@pytest.mark.parametrize(("name", "fault"), [(name, fault) for name in FAULTS for fault in FAULTS[name]])
def test_a_planted_fault_breaks_the_rule(superuser, name, fault):
    superuser.execute(fault.replace("{app}", APP))
    assert len(said(superuser, name)) == 1


def test_every_rule_has_a_planted_fault():
    assert set(FAULTS) == {rule.name for rule in lint.RULES}


def test_migrate_ends_in_an_error_when_a_table_was_left_bare_and_says_what_to_write(real_db, owner):
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    owner.execute("create table zz_bare (id uuid primary key, body_id smallint)")
    with pytest.raises(CommandError, match=r"zz_bare: declare BodyRows"):
        call_command("migrate", database="owner", verbosity=0, interactive=False)


def test_a_migration_that_is_run_part_of_the_way_is_not_judged(real_db, owner):
    owner.execute("create table zz_bare (id uuid primary key, body_id smallint)")
    owner.execute("delete from django_migrations where app = 'scrutiny'")
    call_command("migrate", "bodies", database="owner", verbosity=0, interactive=False)
