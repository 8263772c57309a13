"""Some people of the county need something, and get it in time."""

import datetime as dt
from contextlib import suppress

import pytest
from tests import world

from moothall.casework import actions as casework
from moothall.core import messages
from moothall.core.actor import Actor
from moothall.core.queue import run_pending
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.people import queries as people
from moothall.simulation.actions import fill_registers, post_letters
from moothall.simulation.actions.crowd import Crowd
from moothall.simulation.rules.county import SEED
from moothall.simulation.rules.needs import EVERY, SAID, needs_of
from moothall.simulation.rules.year import requests_on

AT = dt.datetime(2026, 11, 20, 18, tzinfo=dt.UTC)
BY = Actor.system("test")


def test_a_few_need_something_and_each_kind_is_there():
    said = [needs_of(who) for who in range(EVERY * len(SAID))]
    assert sum(bool(needs) for needs in said) == len(SAID)
    assert set(said) == {(), *SAID}


def test_their_letters_are_posted_in_time(real_db):
    crowd = Crowd(seed=SEED, at=AT, by=BY)
    days = (AT.date() - dt.timedelta(days=n) for n in range(60, 20, -1))
    sent = 0
    for request in (request for day in days for request in requests_on(day, SEED, 1.0)):
        asked = crowd.asks(request)
        if "format:" not in asked.words["contact"].get("needs", "") or asked.person or sent == 12:
            continue
        with suppress(Refusal), scoped(Scope(purpose="front door", bodies=asked.bodies, actor=asked.by)):
            casework.open_case(**asked.words, at=request.at, by=asked.by)
        run_pending(at=request.at)
        sent += 1
    assert sent
    post_letters(at=AT, by=BY)
    for body in (world.ASHBY, world.BORLEY, world.COVEHAM, world.DUNMERE):
        with scoped(Scope(bodies=(body,))):
            assert messages.to_print(body_id=body) == []
            assert messages.to_make(body_id=body) == []


@pytest.mark.django_db
def test_the_registers_know_five_who_read_large_print_and_fewer_of_the_rest():
    fill_registers(seed=SEED, at=world.BUILT, by=world.BY)
    with scoped(Scope(bodies=(world.BORLEY,))):
        counted = {one.need: one.people for one in people.needs_counted(world.BORLEY)}
    assert counted["format:large-print"] == 5
    assert counted["format:braille"] is None
