"""The invented county receives people, says what a contact costs, and counts who came."""

import datetime as dt

import pytest
from tests.world import ASHBY

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.desk import actions, queries
from moothall.scrutiny import queries as scrutiny
from moothall.simulation.actions.callers import count_callers, price_contacts
from moothall.simulation.actions.points import receive_people
from moothall.simulation.rules.callers import CHASES, calls_after
from moothall.simulation.rules.points import COUNTERS

AT = dt.datetime(2026, 11, 20, 11, tzinfo=dt.UTC)
TOLD = {"at": AT, "by": Actor.system("test")}


def test_the_same_seed_rings_again_and_about_as_many_as_it_says():
    assert calls_after("a") == calls_after("a")
    chased = sum(any(call.kind == "chase" for call in calls_after(str(n))) for n in range(2000))
    assert abs(chased / 2000 - CHASES) < 0.03


@pytest.mark.django_db
def test_each_council_receives_people_in_its_own_area_and_some_wait():
    assert receive_people(**TOLD) == len(COUNTERS)
    with scoped(Scope(purpose="front door")):
        for point in queries.points():
            found = bodies.place(point.lat, point.lon)
            assert point.body_id in (1, bodies.responsible("waste-collection", found, AT.date()).body_id), point.name
            assert point.services, "what its council offers can be asked for there"
        hall = next(point for point in queries.points(body_id=ASHBY))
        queue = queries.queue_of(hall, AT)
        assert (sorted(t.number for t in queue.called), len(queue.waiting)) == ([1, 2], 2)


@pytest.mark.django_db
def test_what_was_recorded_is_counted_and_priced():
    price_contacts(at=AT - dt.timedelta(days=60), by=TOLD["by"])
    with scoped(Scope(bodies=(ASHBY,), actor=TOLD["by"])):
        for n in range(12):
            at = AT - dt.timedelta(days=25 + n % 3)
            said = {"channel": "phone", "kind": "question", "outcome": "answered"}
            actions.record_contact(body_id=ASHBY, **said, at=at, by=TOLD["by"])
    count_callers(since=dt.date(2026, 9, 1), **TOLD)
    told = scrutiny.contacts(body_id=ASHBY, on=AT.date())
    assert (told.total, told.channels[0].pence) == (12, 12 * 310)
