"""The registers: the same for the same seed, with people to recognise and people to keep apart."""

from datetime import date

import pytest
from tests import world

from moothall.core.scope import Scope, scoped
from moothall.people import queries as people
from moothall.simulation.actions import fill_registers
from moothall.simulation.rules.county import SEED
from moothall.simulation.rules.registers import DISTRICTS, HOUSING, Entry, registers

HOMES = {body: [f"99000000{body}{n:03d}" for n in range(50)] for body in (*DISTRICTS, 9)}
NIA = Entry(2, "council-tax", "CO-1", "Nia Pritchard", date(1988, 3, 2), "990000069488")


def test_the_same_seed_fills_the_same_registers():
    assert registers(1974, HOMES, NIA) == registers(1974, HOMES, NIA)
    assert registers(1, HOMES, NIA) != registers(1974, HOMES, NIA)


def test_no_reference_is_given_twice_in_one_system():
    entries = registers(1974, HOMES, NIA)
    keys = [(entry.body_id, entry.system, entry.reference) for entry in entries]
    assert len(keys) == len(set(keys))


def test_nobody_in_them_can_be_reached():
    entries = registers(1974, HOMES, NIA)
    assert all(entry.email.lower().endswith("@people.example") for entry in entries if entry.email)
    assert all(entry.phone.startswith("07700 900") for entry in entries if entry.phone)


def test_each_district_has_people_in_two_systems():
    entries = registers(1974, HOMES, NIA)
    assert {entry.body_id for entry in entries if entry.system == HOUSING} == {*DISTRICTS, 9}


@pytest.mark.django_db
def test_staff_have_somebody_to_find_and_somebody_to_recognise():
    assert fill_registers(seed=SEED, at=world.BUILT, by=world.BY) >= 120
    with scoped(Scope(bodies=(world.ASHBY,))):
        nia = people.find("pritchard", world.ASHBY)[0]
        assert nia.details[0].startswith("14 Mill Lane, Ashby")
        pairs = people.suggestions(world.ASHBY)
        assert 5 <= len(pairs) <= 8
        assert {reason for pair in pairs for reason in pair.reasons} >= {"birth", "home"}
    with scoped(Scope(bodies=(world.EASTWOLD,))):
        assert people.find("pritchard", world.ASHBY) == []
        assert people.suggestions(world.EASTWOLD)
