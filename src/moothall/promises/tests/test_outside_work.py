"""Work won outside a partnership: counted here beside what an aim promised, and warned of on the way."""

import datetime as dt

import pytest
from tests.measures import NAMES, SLUG, TODAY, found, measure, timed
from tests.terms import AT, BY, as_body, cases, running, terms
from tests.world import ASHBY, BORLEY, COVEHAM, as_staff

from moothall.core.clock import now
from moothall.promises import actions, queries
from moothall.promises.rules import health as healthy
from moothall.promises.rules import outside
from moothall.sharing import actions as sharing_acts
from moothall.ui.rules import date_words

pytestmark = pytest.mark.django_db
EARN = {"words": "Earn from others", "words_cy": "Ennill gan eraill", "when": "far", "measure": "paid by others",
        "unit": "£", "target": "1000", "due": "2028-04-01", "counts": "outside-pounds"}  # fmt: skip


def earning(at, **changes):
    """Let the partnership run with an aim that is counted here, and Ashby do garden waste for Coveham, no member."""
    running(at=at, aims=[*terms()["aims"], EARN | changes])
    with as_body(ASHBY, COVEHAM):
        sharing_acts.agree_terms(
            payer_id=COVEHAM, provider_id=ASHBY, service_id="garden-waste", rule={"method": "per-case", "pence": 2150},
            vat="non-business", basis="Minute 4", payer_post="Officer", provider_post="Officer",
            starts=at.date(), at=at, by=BY,
        )  # fmt: skip
    cases(COVEHAM, 10, ASHBY, days_ago=10)
    cases(COVEHAM, 4, BORLEY, "bulky-waste", days_ago=10)  # fewer than five are not told
    cases(BORLEY, 8, ASHBY, days_ago=10)  # a member is not outside


def test_work_won_outside_is_counted_by_money_requests_and_staff_time_beside_what_an_aim_promised():
    earning(AT - dt.timedelta(days=60))
    timed(25)
    how = queries.health(found(), TODAY)
    assert [(row.provider, row.receiver, row.cases, row.pence, row.minutes) for row in how.outside] == [
        (ASHBY, COVEHAM, 10, 21500, 250)
    ]
    aim = how.aims[-1]
    assert (aim.figure, aim.reached, aim.day) == (215, False, TODAY)
    said = outside.sentence(how.outside, how.aims, ("then", "now"), date_words)
    assert said == (
        "Between then and now members did 10 requests for one body that is no member: £215.00 by their published "
        "prices, 4 hours of staff time. Their aims promise £1,000.00 a year by 1 April 2028."
    )
    assert [one.kind for one in how.alarms] == ["reciprocity"], "work has to be found before it can be done"


def test_too_little_outside_work_warns_on_the_way_to_the_day_by_a_threshold_that_is_data():
    earning(AT - dt.timedelta(days=300), target="2000")
    (alarm,) = (one for one in queries.health(found(), TODAY).alarms if one.kind == "outside")
    assert healthy.alarm_words(alarm, NAMES, date_words) == (
        "Work won outside comes to £215.00 in a year: £751.88 would be due by now towards “Earn from others”."
    )
    assert "Ennill gan eraill" in healthy.alarm_words(alarm, NAMES, date_words, "cy")


def test_what_is_counted_here_is_measured_by_nobody_and_unknown_where_a_price_is():
    earning(AT - dt.timedelta(days=60), counts="outside-hours")
    with pytest.raises(actions.CountedHere):
        measure(9, aim="Earn from others")
    aim = queries.health(found(), TODAY).aims[-1]
    assert (aim.figure, aim.reached) == (None, False)


def test_everybody_reads_what_was_won_outside(client):
    earning(now() - dt.timedelta(days=60))
    page = client.get(f"/partnerships/{SLUG}/health/").content.decode()
    assert "10 requests for one body that is no member" in page
    assert "£215.00" in page
    assert "£215.00 in the year to" in page
    assert "£1,000.00 wanted (counted here)" in page
    welsh = client.get(f"/partnerships/{SLUG}/health/", headers={"Accept-Language": "cy"}).content.decode()
    assert "Gwaith a enillwyd y tu allan" in welsh
    as_staff(client, ASHBY, "partnership-office")
    assert "Earn from others" not in client.get(f"/staff/partnerships/at/{SLUG}/measure/").content.decode()
