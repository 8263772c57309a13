"""A licence is suspended, revoked, appealed against, given back, reminded of and over: by the law's days."""

import datetime as dt

import pytest

from moothall.core.refusal import NotYours
from moothall.core.scope import scoped
from moothall.functions.licensing import actions, queries
from moothall.functions.licensing.actions import measures
from moothall.functions.licensing.tests.conftest import (
    ASKED,
    DAY,
    DISTRICT,
    OFFICER,
    OUTSIDER,
    VEHICLE,
    again,
    ask,
    entries,
    grant,
    written,
)


@pytest.fixture
def driver(db):
    return grant(ask(), until=dt.date(2030, 1, 1))


@pytest.fixture
def car(db):
    return grant(ask("taxi-vehicle-licence", VEHICLE), until=dt.date(2030, 1, 1))


def against(licence, kind="suspension", ground="cause", when=ASKED, **said):
    with scoped(DISTRICT):
        return actions.take_measure(licence_id=licence.pk, kind=kind, ground=ground, reason="Complaints.", at=when,
                                    by=OFFICER, **said)  # fmt: skip


def do(act, at=ASKED, **said):
    with scoped(DISTRICT):
        return act(at=at, by=OFFICER, **said)


def on(licence, when):
    """Let the morning's job do its work on a day, twice as a retry might; return the licence's state."""
    for _ in range(2):
        do(actions.keep_time, at=when, licence_id=licence.pk)
    return again(licence).state


def history(licence):
    with scoped(DISTRICT):
        return [row.kind for row in queries.happened(licence)]


def test_a_suspension_waits_until_nobody_can_appeal_any_more(driver):
    row = against(driver)
    assert (row.appeal_by, row.takes_effect) == (dt.date(2026, 12, 14), dt.date(2026, 12, 15))
    assert on(driver, ASKED + 21 * DAY) == "in-force"
    assert entries() == [driver.number]
    assert on(driver, ASKED + 22 * DAY) == "suspended"
    assert entries() == []
    said = [one.text for one in written(driver)]
    assert "Complaints." in said[-2]
    assert "by 14 December 2026" in said[-2]
    assert "the magistrates' court" in said[-2]
    assert "suspended: do not use it" in said[-1]
    assert history(driver)[-2:] == ["suspension-notified", "suspension-begun"]


def test_public_safety_counts_at_once(driver):
    against(driver, ground="danger")
    assert again(driver).state == "suspended"
    assert entries() == []
    assert "takes effect at once" in written(driver)[-1].text


def test_an_appeal_holds_a_revocation_back_and_allowed_ends_it(driver):
    row = against(driver, "revocation")
    do(actions.record_appeal, at=ASKED + 10 * DAY, measure_id=row.pk, on=(ASKED + 10 * DAY).date())
    assert on(driver, ASKED + 60 * DAY) == "in-force"
    do(actions.settle_appeal, at=ASKED + 90 * DAY, measure_id=row.pk, outcome="allowed")
    assert on(driver, ASKED + 100 * DAY) == "in-force"
    assert entries() == [driver.number]
    assert history(driver)[-3:] == ["appeal-lodged", "appeal-allowed", "revocation-ended"]


@pytest.mark.parametrize("outcome", ["dismissed", "withdrawn"])
def test_an_appeal_that_fails_lets_it_take_effect_that_day(driver, outcome):
    row = against(driver, "revocation")
    do(actions.record_appeal, at=ASKED + 5 * DAY, measure_id=row.pk, on=(ASKED + 5 * DAY).date())
    do(actions.settle_appeal, at=ASKED + 7 * DAY, measure_id=row.pk, outcome=outcome)
    assert again(driver).state == "revoked"
    assert "revoked: do not use it" in written(driver)[-1].text


def test_an_allowed_appeal_against_an_immediate_revocation_brings_the_licence_back(driver):
    row = against(driver, "revocation", "danger")
    do(actions.record_appeal, at=ASKED + DAY, measure_id=row.pk, on=(ASKED + DAY).date())
    assert again(driver).state == "revoked"
    do(actions.settle_appeal, at=ASKED + 30 * DAY, measure_id=row.pk, outcome="allowed")
    assert again(driver).state == "in-force"
    assert entries() == [driver.number]


def test_an_appeal_made_in_time_that_we_hear_of_late_undoes_what_had_begun(driver):
    row = against(driver)
    assert on(driver, ASKED + 23 * DAY) == "suspended"
    do(actions.record_appeal, at=ASKED + 25 * DAY, measure_id=row.pk, on=(ASKED + 20 * DAY).date())
    assert again(driver).state == "in-force"


def test_a_day_after_the_time_to_appeal_is_refused(driver):
    row = against(driver)
    for day in (ASKED + 22 * DAY, ASKED - DAY):
        with pytest.raises(measures.TooLateToAppeal):
            do(actions.record_appeal, at=ASKED + 30 * DAY, measure_id=row.pk, on=day.date())
    with pytest.raises(measures.NoAppeal):
        do(actions.settle_appeal, measure_id=row.pk, outcome="allowed")


def test_a_suspension_with_a_last_day_ends_by_itself(driver):
    against(driver, ground="danger", until=(ASKED + 14 * DAY).date())
    assert on(driver, ASKED + 14 * DAY) == "suspended"
    assert on(driver, ASKED + 15 * DAY) == "in-force"
    assert "in force until" in written(driver)[-1].text


def test_a_vehicle_not_put_right_in_two_months_is_deemed_revoked(car):
    against(car, ground="inspection")
    assert on(car, ASKED.replace(year=2027, month=1)) == "suspended"
    assert on(car, ASKED.replace(year=2027, month=1) + DAY) == "revoked"
    assert "not put right in the time" in written(car)[-1].text
    assert history(car)[-2:] == ["suspension-ended", "revocation-begun"]


def test_a_vehicle_put_right_in_time_goes_on(car):
    row = against(car, ground="inspection")
    do(actions.lift, at=ASKED + 7 * DAY, measure_id=row.pk)
    assert on(car, ASKED + 100 * DAY) == "in-force"
    with pytest.raises(measures.NothingToLift):
        do(actions.lift, measure_id=row.pk)


def test_what_cannot_be_done_says_what_to_do(driver):
    with pytest.raises(measures.NoSuchGround):
        against(driver, ground="dislike")
    with pytest.raises(measures.SayWhy):
        do(actions.take_measure, licence_id=driver.pk, kind="suspension", ground="cause", reason=" ")
    against(driver)
    with pytest.raises(measures.NoticeStands):
        against(driver)
    do(actions.surrender, licence_id=driver.pk)
    with pytest.raises(measures.NotLive):
        do(actions.surrender, licence_id=driver.pk)
    with pytest.raises(measures.NotLive):
        against(driver, "revocation")
    assert entries() == []


def test_a_holder_is_reminded_once_at_each_time_and_the_licence_ends(driver):
    ends = dt.datetime.combine(driver.ends, dt.time(6), ASKED.tzinfo)
    before = len(written(driver))
    for days in (57, 56, 40, 28, 8, 7, 0):
        assert on(driver, ends - days * DAY) == "in-force"
    sent = [one for one in written(driver)[before:] if "ends on 22 November 2029" in one.subject]
    assert len(sent) == 3
    assert "/cases/ASH-" in sent[0].text
    assert on(driver, ends + DAY) == "expired"
    assert again(driver).ended_on == driver.ends
    assert entries(today=driver.ends) == []


def test_a_licence_that_was_renewed_reminds_of_nothing(car):
    late = ASKED.replace(year=2027, month=10)
    known = VEHICLE | {"before": "renew", "number": car.number}
    grant(ask("taxi-vehicle-licence", known, late), late, until=dt.date(2033, 1, 1))
    before = len(written(car))
    on(car, late + DAY)
    assert len(written(car)) == before


def test_a_paper_that_runs_out_is_asked_for_once_and_noted_when_it_comes(db):
    car = grant(ask("taxi-vehicle-licence", VEHICLE), until=dt.date(2027, 2, 1))
    assert on(car, ASKED) == "in-force"
    on(car, ASKED.replace(year=2027, month=1, day=10))
    asked = [one for one in written(car) if one.subject.startswith("A paper")]
    assert len(asked) == 3
    told = "Insurance for hire and reward: what you showed us holds until 1 February 2027."
    assert sum(told in one.text for one in asked) == 1
    with scoped(DISTRICT):
        insurance = next(row for row in queries.evidence_of(case_id=car.case_id) if row.code == "insurance")
        page = queries.licences(body_ids=(car.body_id,), show="papers", today=dt.date(2027, 1, 10))
        assert [row.number for row in page.rows] == [car.number]
    new = dt.date(2028, 2, 1)
    do(actions.note_evidence, at=ASKED, licence_id=car.pk, evidence_id=insurance.pk, expires=new)
    with scoped(DISTRICT):
        assert {row.code: row.expires for row in queries.evidence_of(case_id=car.case_id)}["insurance"] == new


def test_somebody_else_s_officer_can_do_nothing(driver):
    row = against(driver)
    with scoped(OUTSIDER), pytest.raises(NotYours):
        actions.take_measure(licence_id=driver.pk, kind="suspension", ground="cause", reason="x", at=ASKED, by=OFFICER)
    with scoped(OUTSIDER), pytest.raises(NotYours):
        actions.lift(measure_id=row.pk, at=ASKED, by=OFFICER)


def test_a_notice_is_written_in_the_holder_s_language(db):
    driver = grant(ask(language="cy"), until=dt.date(2030, 1, 1))
    against(driver, "revocation", "danger")
    said = written(driver)[-1]
    assert said.subject == f"Rydym yn diddymu eich trwydded {driver.number}"
    assert "y llys ynadon" in said.text
    assert "at once" not in said.text
