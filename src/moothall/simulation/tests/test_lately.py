"""What lies on officers' desks when somebody first looks."""

import datetime as dt

import pytest
from tests.world import ASHBY, MARCHSHIRE

from moothall.casework import queries as cases
from moothall.core import messages
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.simulation.actions.lately import ask_lately
from moothall.simulation.queries import decided_services

AT = dt.datetime(2026, 11, 20, 15, tzinfo=dt.UTC)
BY = Actor.system("test")


@pytest.mark.django_db
def test_one_of_each_that_officers_decide_waits_and_nobody_has_begun_on_it():
    opened = ask_lately(at=AT, by=BY)
    seen = Scope(bodies=(ASHBY, MARCHSHIRE), teams=("*",), purpose="test", actor=BY)
    with scoped(seen):
        by_hand = messages.to_make(body_id=ASHBY) + messages.to_make(body_id=MARCHSHIRE)
        waiting = {task.service_id for task in cases.open_work(opened_since=AT - dt.timedelta(days=1))}
    assert opened == len(decided_services()) > 10
    assert {"council-tax-reduction", "housing-register", "blue-badge", "taxi-driver-licence"} <= waiting
    assert len(by_hand) >= 2, "and somebody reads neither print nor screen"
