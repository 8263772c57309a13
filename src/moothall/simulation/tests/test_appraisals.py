"""The demonstration's appraisals: one closed and published, one that cannot close yet, and a union's own figures."""

import datetime as dt

import pytest
from tests.terms import as_body
from tests.world import ASHBY, BORLEY, BY

from moothall.appraisal.queries import cases, workings
from moothall.simulation.actions import weigh_options
from moothall.simulation.rules.personas import TOUR

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def test_six_ways_are_published_closed_and_another_case_waits_for_an_answer_and_a_mitigation(client):
    secret = weigh_options(at=AT, by=BY)
    (edition,) = cases.published()
    assert edition.closed
    assert len(edition.result["order"]) == 6
    assert f"/appraisals/{edition.slug}/" in {stop.address for stop in TOUR}
    with as_body(BORLEY):
        (shared,) = cases.cases()
        assert {one.body_id for one in cases.history(shared.pk)} == {ASHBY, BORLEY}
    said = client.get(f"/appraisals/worked-out/{secret}/").content.decode()
    assert "Yours: Improve in house" in said
    with as_body(ASHBY):
        waiting = cases.case("ashby-benefits-for-ashby-shared-with-borley-or-alone")
    assert [one.get("reply") for one in waiting.document["voices"]] == [None]
    assert workings.shown(waiting.document)["open"][0]["what"].startswith("what The staff's union said")
    assert [one.get("mitigation") for one in waiting.document["impacts"]] == [None]
