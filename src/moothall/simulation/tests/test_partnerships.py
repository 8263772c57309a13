"""The demonstration's three partnerships: a healthy one, a lopsided one with its warning, one that ended and why."""

import datetime as dt

import pytest
from tests.terms import as_body, cases
from tests.world import ASHBY, BORLEY, BY, COVEHAM, DUNMERE

from moothall.leaving import queries as leaving
from moothall.promises import queries as fares
from moothall.scrutiny import queries as scrutiny
from moothall.sharing import queries as sharing
from moothall.simulation.actions import end_partnership, form_partnerships, give_notice, look_after_partnerships, play

AT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
BEGAN, HALFWAY, TODAY = AT - dt.timedelta(days=300), AT - dt.timedelta(days=150), AT.date()


@pytest.fixture
def formed(db):
    form_partnerships(at=BEGAN, by=BY)
    end_partnership(at=HALFWAY, by=BY)


def test_two_run_and_one_ended_with_the_reason_and_what_goes_on(formed):
    found = {one.slug: one for one in sharing.partnerships(TODAY)}
    assert {slug: one.state for slug, one in found.items()} == {
        "a-neighbours-eyes": "running", "a-clean-border": "running", "one-number-for-three": "ended",
    }  # fmt: skip
    ended = found["one-number-for-three"]
    assert ended.why_ended.startswith("Each council kept its own telephone system")
    assert ended.continuing == ("Calls out of hours",)


def test_only_the_lopsided_one_warns_and_only_once(formed):
    for body, provider, number, service in (
        (COVEHAM, DUNMERE, 12, "complaint"), (DUNMERE, COVEHAM, 11, "complaint"), (BORLEY, ASHBY, 60, "fly-tipping"),
    ):  # fmt: skip
        cases(body, number, provider, service, days_ago=20)
    assert look_after_partnerships(at=AT, by=BY) == 6  # each of its two members is told of three things
    assert look_after_partnerships(at=AT, by=BY) == 0
    alarms = {one.slug: [a.kind for a in fares.health(one, TODAY).alarms] for one in sharing.partnerships(TODAY)}
    assert alarms["a-clean-border"] == ["reciprocity", "outside", "put-in"]
    assert alarms["a-neighbours-eyes"] == []
    healthy = fares.last_run(sharing.partnership("a-neighbours-eyes", TODAY).id)
    assert "warning" not in {one.level for one in fares.findings(healthy)}


def test_the_register_knows_them_and_two_from_elsewhere(formed):
    look_after_partnerships(at=AT, by=BY)
    rows = scrutiny.register(TODAY)
    assert len(rows) == 5
    assert [row.name for row in rows if row.verified_pence] == ["Marches shared archive"]


def test_partners_do_each_other_s_work_in_the_year_that_is_played(real_db, owner):
    form_partnerships(at=dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC), by=BY)
    play(first=dt.date(2026, 11, 2), days=10, seed=7, scale=3, only=(ASHBY, BORLEY, COVEHAM, DUNMERE), at=AT, by=BY)
    done = dict(owner.execute(
        "select service_id, count(*) filter (where state = 'closed') from casework_case "
        "where provider_id <> body_id group by 1"
    ).fetchall())  # fmt: skip
    assert done["fly-tipping"] > 0
    failed = owner.execute("select count(*) from procrastinate_jobs where status in ('failed', 'doing')").fetchone()
    assert failed == (0,)


def test_a_district_has_given_notice_and_nothing_is_carried_out(formed):
    day = give_notice(at=AT, by=BY)
    found = leaving.departure(BORLEY)
    assert (found.state, found.leaves) == ("planned", day)
    assert sharing.partnership("a-clean-border", TODAY).members[BORLEY][1] == day
    with as_body(BORLEY):
        meant = leaving.meaning(BORLEY, found, day, TODAY)
    assert [one.service_id for one in meant.unsaid] == ["bulky-waste", "complaint"]
    assert sharing.partnership("a-clean-border", TODAY).state == "running"
