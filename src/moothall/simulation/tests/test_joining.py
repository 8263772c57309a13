"""The fire service is on its way in: half set up, with a file to take in and a wrong line in it."""

import datetime as dt

import pytest
from tests import world

from moothall.bodies import queries as bodies
from moothall.core.scope import Scope, scoped
from moothall.onboarding import queries
from moothall.simulation.actions import begin_joining

AT = dt.datetime(2026, 11, 17, 9, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_it_is_half_way_and_says_what_is_missing():
    fire = begin_joining(at=AT, by=world.BY)
    with scoped(Scope(bodies=(fire,), purpose="test")):
        lines = queries.progress(queries.joining(fire), AT.date() + dt.timedelta(days=1))
        [brought] = queries.imports(fire)
    assert [line.code for line in lines if not line.done] == ["staff", "books", "data", "trials"]
    assert (brought.good, brought.counts["wrong"]) == (2, 1)
    assert not bodies.body(fire).partner
