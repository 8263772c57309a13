"""Functions that see all rows (definers), called by an outsider with another body's and resident's ids."""

import datetime as dt

import psycopg
import pytest
from tests.leaks.probing import undone
from tests.leaks.words import OF_STAFF, met
from tests.world import EASTWOLD, MARCHSHIRE

from moothall.core.actor import Actor
from moothall.core.scope import SET, Scope
from moothall.site.database import APP

pytestmark = pytest.mark.timeout(240)

OUTSIDERS = {
    "Eastwold": (Scope(bodies=(EASTWOLD,), purpose="staff", actor=Actor("staff", "900", EASTWOLD)), OF_STAFF[EASTWOLD]),
    "nobody": (Scope(purpose="front door", actor=Actor("contact")), set()),
}
WRITE_FOR_ANYBODY = {
    "audit_record": "any visitor's act is written down",
    "casework_begin": "whoever submits is given a number",
    "casework_follow": "whoever knows a published place may follow it",
}
"""Definer functions that write for whoever calls them, as their declaration says."""

FUNCTIONS = (
    "select p.proname, p.oid::regprocedure::text, array(select format_type(t, null) from unnest(p.proargtypes) t) "
    "from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef "
    "and p.prorettype <> 'trigger'::regtype and has_function_privilege(%s, p.oid, 'execute') order by 2"
)
UUIDS = (
    "select id from casework_case where body_id = %(body)s union all select id from casework_draft "
    "union all select id from ledger_charge where body_id = %(body)s union all select id from booking_booking "
    "union all select id from casework_publicplace where body_id = %(body)s "
    "union all select id from core_file where body_id = %(body)s "
    "union all select person_id from people_sourcerecord where body_id = %(body)s"
)
WRITTEN = "select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_xact_user_tables"
AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
FIXED = {
    "smallint": [MARCHSHIRE], "integer": [1], "text": ["CANARY"], "bytea": [b"x" * 32], "date": [dt.date(2026, 11, 1)],
    "timestamp with time zone": [AT], "jsonb": ["{}"], "boolean": [True],
}  # fmt: skip


@pytest.fixture(scope="module")
def values(planted, admin):
    """Return values of each type that name rows of Marchshire, of Ashby's bookings and of residents."""
    uuids = [row for (row,) in admin.execute(UUIDS, {"body": MARCHSHIRE}).fetchall()]
    entry = admin.execute("select min(id) from core_auditentry where body_id = %s", [MARCHSHIRE]).fetchone()[0]
    slot = admin.execute("select min(slot_id) from booking_booking").fetchone()[0]
    return FIXED | {"uuid": uuids, "bigint": [entry, slot]}


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_a_function_that_sees_all_rows_tells_and_changes_nothing_of_others(admin, values, outsider):
    scope, may_meet = OUTSIDERS[outsider]
    wrong, answered = [], set()
    for name, signature, types in admin.execute(FUNCTIONS, [APP]).fetchall():
        for given in _tries(types, values):
            told, written = _call(admin, scope, name, types, given)
            answered |= {signature} if told is not None else set()
            wrong += [f"{signature} tells of {code}" for code in met(told or "", may_meet)]
            if written and name not in WRITE_FOR_ANYBODY:
                wrong.append(f"{signature} wrote {written} rows for {given}")
    assert sorted(set(wrong)) == []
    assert len(answered) > 12, "most calls were refused for their arguments"


def _tries(types, values) -> list[list]:
    """Return lists of arguments in which every value of every type has its turn."""
    tried = [[values[type_[:-2]]] if type_.endswith("[]") else values[type_] for type_ in types]
    longest = max((len(some) for some in tried), default=1)
    return [[some[turn % len(some)] for some in tried] for turn in range(longest)]


def _call(admin, scope, name, types, given) -> tuple[str | None, int]:
    """Call a function as the app's role in a scope; return all it said (None if it refused), and the rows it wrote.

    All is undone.
    """
    gaps = ", ".join(f"%s::{type_}" for type_ in types)
    with undone(admin):
        admin.execute(f"set local role {APP}")
        admin.execute(SET, scope.settings())
        try:
            with admin.transaction():
                before = admin.execute(WRITTEN).fetchone()[0]
                said = admin.execute(f"select t::text from {name}({gaps}) t", given).fetchall()
                written = admin.execute(WRITTEN).fetchone()[0] - before
        except psycopg.Error as error:
            refused = str(error).upper()
            return (refused if "CANARY-" in refused else None), 0
    return str(said).upper(), written


def test_a_definer_function_that_tells_too_much_is_found(admin, values):
    with undone(admin):
        admin.execute(
            "create function zz_notes(uuid) returns setof text language sql security definer as "
            "'select text from casework_note where case_id = $1'"
        )
        admin.execute(f"grant execute on function zz_notes(uuid) to {APP}")
        scope, may_meet = OUTSIDERS["nobody"]
        told = [_call(admin, scope, "zz_notes", ["uuid"], [one])[0] for one in values["uuid"]]
        assert {"INMAR"} == {code for text in told for code in met(text or "", may_meet)}
