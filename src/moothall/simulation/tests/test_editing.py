"""The invented county writes a service of its own, through the same door as its officers."""

import pytest
from tests.world import ASHBY

from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.editor import queries
from moothall.simulation import actions


@pytest.mark.django_db
def test_ashby_writes_a_service_that_is_good_and_waits_for_a_second_person():
    name = actions.write_a_service(at=now(), by=Actor.system("test"))
    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        row = queries.open_draft(ASHBY, name)
        found = queries.look(name, row.files)
    assert (row.state, found.well, "photo" in found.definition.ask) == ("asked", True, True)
