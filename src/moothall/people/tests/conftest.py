"""Two people whom Ashby knows, and one whom Eastwold does."""

import pytest
from tests import world

from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.people import actions


@pytest.fixture
def ashby(db):
    """Act for Ashby for the length of the test."""
    with scoped(Scope(bodies=(world.ASHBY,), purpose="staff", actor=Actor("staff", "1", world.ASHBY))):
        yield world.ASHBY


@pytest.fixture
def told():
    """Return the arguments that every action is told."""
    return {"at": world.BUILT, "by": Actor("staff", "1", world.ASHBY)}


@pytest.fixture
def somebody(db, told):
    """Return a function that has a body record a new person with whatever is given."""

    def record(name, body_id=world.ASHBY, email="", phone="", uprn="", **more):
        person = actions.record_person(body_id=body_id, name=name, **more, **told)
        for kind, value in (("email", email), ("phone", phone)):
            if value:
                actions.add_contact(person_id=person, body_id=body_id, kind=kind, value=value, **told)
        if uprn:
            actions.move_home(person_id=person, body_id=body_id, uprn=uprn, starts=world.BUILT.date(), **told)
        return person

    return record
