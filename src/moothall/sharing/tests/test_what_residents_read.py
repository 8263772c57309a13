"""What a body offers is what its residents read."""

import pytest
from tests import world

from moothall.catalogue import queries
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions
from moothall.sharing.actions import adoptions

pytestmark = pytest.mark.django_db


def test_a_body_s_own_fee_and_version_are_shown_where_it_does_the_work(client):
    with scoped(Scope(bodies=(world.ASHBY,), purpose="tests", actor=world.BY)):
        current = queries.current("garden-waste")
        actions.end_adoption(
            body_id=world.ASHBY, service_id="garden-waste", ends=world.BUILT.date(), at=world.BUILT, by=world.BY
        )
        adoptions.adopt(
            body_id=world.ASHBY,
            service_id="garden-waste",
            version_id=current.id,
            parameters={"fee_pence": 6150},
            at=world.BUILT,
            by=world.BY,
        )
    html = client.get("/services/garden-waste/", {"where": "14 Mill Lane, Ashby"}).content.decode()
    assert "From £61.50 for each bin for a year" in html
