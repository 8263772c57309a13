"""What members put in: recorded by each of its own, beside what it promised, and warned of when it falls short."""

import datetime as dt
from decimal import Decimal

import pytest
from tests.measures import NAMES, SLUG, TODAY, found
from tests.terms import AT, BY, SECRET, as_body, running
from tests.world import ASHBY, BORLEY, as_staff

from moothall.core.clock import now
from moothall.promises import actions, queries
from moothall.promises.rules import health as healthy
from moothall.ui.rules import date_words

pytestmark = pytest.mark.django_db
GIVES = [
    {"body_id": ASHBY, "what": "Two lorries"},
    {"body_id": BORLEY, "what": "Fuel", "pence_a_year": 1_200_000},
]


def put_in(figure, body_id=BORLEY, what="Fuel", day=TODAY, source="Ledger code 4410"):
    with as_body(body_id):
        return actions.put_in(
            body_id=body_id, partnership_id=found().id, what=what, figure=Decimal(figure), day=day, source=source,
            at=AT, by=BY,
        )  # fmt: skip


def test_what_members_put_in_stands_beside_what_they_promised_and_warns_when_it_falls_short():
    running(at=AT - dt.timedelta(days=60), contributions=GIVES)
    assert [row.percent for row in queries.health(found(), TODAY).put_in] == [None, None]
    assert queries.health(found(), TODAY).alarms == (), "nothing is late in the first year"
    put_in(100, ASHBY, "Two lorries")
    put_in(10_800)
    assert [row.percent for row in queries.health(found(), TODAY).put_in] == [100, 90]
    put_in(9_500)
    (alarm,) = queries.health(found(), TODAY).alarms
    assert healthy.alarm_words(alarm, NAMES, date_words) == (
        "Borley promised to put in “Fuel”: £9,500.00 of £12,000.00 in the year to 20 November 2026."
    )
    assert "Addawodd Borley" in healthy.alarm_words(alarm, NAMES, date_words, "cy")


def test_a_contribution_that_nobody_recorded_in_a_whole_year_warns():
    running(at=AT - dt.timedelta(days=366), contributions=GIVES[1:])
    assert [one.kind for one in queries.health(found(), TODAY).alarms] == ["put-in"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"body_id": ASHBY}, actions.NotYourContribution),
        ({"what": "World peace"}, actions.NotYourContribution),
        ({"day": TODAY + dt.timedelta(days=1)}, actions.MeasuredInTheFuture),
        ({"source": " "}, actions.SourceMissing),
    ],
)
def test_only_a_member_s_own_contribution_is_recorded_with_its_day_and_source(change, refusal):
    running(contributions=GIVES)
    with pytest.raises(refusal):
        put_in(1, **change)


def test_a_member_records_what_it_put_in_on_a_page_and_everybody_reads_it(client):
    running(at=now() - dt.timedelta(days=60), contributions=GIVES)
    today = now().date()
    address = f"/staff/partnerships/at/{SLUG}/contribution/"
    form = {
        "put-in-what": "Fuel", "put-in-figure": "9500", "put-in-source": "Ledger code 4410",
        "put-in-day-day": today.day, "put-in-day-month": today.month, "put-in-day-year": today.year,
    }  # fmt: skip
    as_staff(client, BORLEY, "partnership-office")
    assert "Record what we put in" in client.get(f"/staff/partnerships/at/{SLUG}/measure/").content.decode()
    wrong = client.post(address, form | {"put-in-figure": "much"})
    assert (wrong.status_code, "Give a number, such as 9500" in wrong.content.decode()) == (422, True)
    assert client.post(address, form).status_code == 302
    assert "£9,500.00 of £12,000.00" in client.get(f"/partnerships/{SLUG}/health/").content.decode()


def test_withheld_contributions_are_told_as_withheld(client):
    running(at=now() - dt.timedelta(days=60), contributions=GIVES, withheld=[SECRET | {"part": "contributions"}])
    page = client.get(f"/partnerships/{SLUG}/health/").content.decode()
    assert "do not show yet who puts in what" in page
    assert "Fuel" not in page
    with pytest.raises(actions.StillWithheld):
        put_in(9_500)
