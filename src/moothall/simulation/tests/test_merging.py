"""The demonstration has a merger that is planned, with something to decide, and nothing carried out."""

import datetime as dt

import pytest
from tests.world import BY, COVEHAM, DUNMERE

from moothall.bodies import queries as bodies
from moothall.contracts import queries as let
from moothall.core.scope import Scope, scoped
from moothall.reorganisation import queries
from moothall.simulation import actions

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


def test_two_districts_plan_to_become_one_and_a_fee_is_to_be_decided():
    actions.set_fees_apart(at=AT, by=BY)
    actions.plan_merger(at=AT, by=BY)
    actions.plan_merger(at=AT, by=BY)
    (found,) = queries.plans(DUNMERE)
    assert [body.id for body in found.predecessors] == [COVEHAM, DUNMERE]
    assert found.row.state == "planned"
    assert found.row.vesting == dt.date(2028, 4, 1)
    with scoped(Scope(bodies=(COVEHAM,))):
        assert [one.service_id for one in queries.undecided(found)] == ["bulky-waste", "homelessness"]
        assert sorted(one.answer for one in queries.consents(found)) == ["", "agreed"]
        assert [(one.number, one.pence) for one in let.contracts()] == [("COV-2026-038", 12_400_000)]
    assert not bodies.body("eastmarch").partner
