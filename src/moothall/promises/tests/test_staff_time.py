"""Staff's time: measured by who does the work, counted of the requests, never of a person."""

import datetime as dt

import pytest
from tests.measures import SLUG, TODAY, found, timed
from tests.terms import AT, cases, running
from tests.world import ASHBY, BORLEY, as_staff

from moothall.core.clock import now
from moothall.promises import actions, queries

pytestmark = pytest.mark.django_db


def test_staff_time_is_the_providers_measure_times_its_requests():
    running(at=AT - dt.timedelta(days=60))
    cases(BORLEY, 12, ASHBY, days_ago=10)
    assert queries.health(found(), TODAY).minutes[ASHBY][BORLEY] is None, "nobody has measured it"
    timed(90, day=TODAY - dt.timedelta(days=9))
    timed(25)
    timed(600, body_id=BORLEY)
    how = queries.health(found(), TODAY)
    assert how.minutes == {ASHBY: {ASHBY: 0, BORLEY: 12 * 25}, BORLEY: {ASHBY: 0, BORLEY: 0}}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"minutes": 0}, actions.TimeWrong),
        ({"day": TODAY + dt.timedelta(days=1)}, actions.MeasuredInTheFuture),
        ({"source": " "}, actions.SourceMissing),
    ],
)
def test_time_names_minutes_a_day_and_how_it_was_measured(change, refusal):
    with pytest.raises(refusal):
        timed(**{"minutes": 5} | change)


def test_a_member_records_its_time_on_a_page_and_everybody_reads_the_hours(client):
    running(at=AT - dt.timedelta(days=60))
    cases(BORLEY, 12, ASHBY, days_ago=10)
    address = f"/staff/partnerships/at/{SLUG}/time/"
    today = now().date()
    form = {
        "time-service_id": "garden-waste", "time-minutes": "25", "time-day-day": today.day,
        "time-day-month": today.month, "time-day-year": today.year, "time-source": "Two weeks in June",
    }  # fmt: skip
    as_staff(client, ASHBY, "partnership-office")
    wrong = client.post(address, form | {"time-minutes": "0"})
    assert (wrong.status_code, "Give 1 or more." in wrong.content.decode()) == (422, True)
    early = client.post(address, form | {"time-day-year": today.year + 1})
    beside = 'href="#id_time-day'
    assert (early.status_code, beside in early.content.decode()) == (422, True), "what is refused stands beside it"
    assert client.post(address, form).status_code == 302
    assert "5 hours" in client.get(f"/partnerships/{SLUG}/health/").content.decode()
