"""The districts bring who owes them returns, and correct them; the baker at home is asked again."""

import datetime as dt

import pytest
from tests.world import ASHBY

from moothall.core.actor import Actor
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.functions.returns import queries
from moothall.simulation.actions.resident import settle_resident
from moothall.simulation.actions.returning import EACH, KINDS, bake_at_home, keep_returns
from moothall.simulation.rules.personas import RESIDENT

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, 11, tzinfo=dt.UTC)
BY = Actor.system("test")
BROUGHT = AT - dt.timedelta(days=40)


def test_each_district_knows_who_owes_it_what_and_some_are_late():
    assert keep_returns(at=BROUGHT, by=BY) == 4 * len(KINDS) * EACH
    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        seen = {"body_ids": (ASHBY,), "today": AT.date()}
        found = {one.service_id: one for one in queries.figures(**seen)}
        assert found.keys() == set(KINDS)
        assert all(0 < one.late < one.owed for one in found.values())
        listed = [row for show in ("all", "ended") for row in queries.entries(**seen, show=show).rows]
        kinds = {one.kind for entry, _due in listed for one in queries.changes(entry)}
        assert kinds == {"brought", "moved", "ended"}


def test_the_resident_of_the_stories_is_asked_again_soon(client):
    settle_resident(at=BROUGHT, by=BY)
    bake_at_home(today=AT.date(), at=BROUGHT, by=BY)
    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        [(entry, due)] = queries.entries(body_ids=(ASHBY,), show="all", today=AT.date()).rows
        assert queries.owed_after(ASHBY, entry.case_id) == due
        assert AT.date() < due.due_on <= AT.date() + dt.timedelta(days=18)
    assert Account.objects.filter(email=RESIDENT.email).exists()
