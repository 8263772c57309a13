from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.functions.waste import rules
from moothall.functions.waste.rules import Facts, Holidays, Pattern

TUESDAY = date(2026, 6, 2)
FACTS = Facts(
    reported_at=datetime(2026, 6, 3, 9, tzinfo=UTC),
    due=TUESDAY,
    log="collected",
    note=None,
    incident=None,
    closes=datetime(2026, 6, 2, 21, tzinfo=UTC),
    report_by=datetime(2026, 6, 4, 22, 59, tzinfo=UTC),
    return_by=datetime(2026, 6, 5, 22, 59, tzinfo=UTC),
    next_due=date(2026, 6, 16),
)


def judged(**changes):
    return rules.judge_missed(replace(FACTS, **changes))


def test_a_bin_reported_in_time_gets_a_return_visit():
    assert judged().result == "return"


def test_a_bin_reported_after_two_working_days_waits_for_the_next_collection():
    verdict = judged(reported_at=FACTS.report_by + timedelta(minutes=1))
    assert (verdict.result, verdict.code) == ("refuse", "too_late")
    assert "Tuesday 16 June" in verdict.reason


@pytest.mark.parametrize("note", rules.NO_RETURN)
def test_a_note_of_the_crew_answers_the_resident(note):
    verdict = judged(note=note)
    assert verdict.result == "refuse"
    assert rules.NOTES[note] in verdict.reason


def test_a_blocked_road_is_nobodys_fault_so_the_crew_comes_back():
    assert judged(note="blocked").result == "return"


def test_a_report_joins_the_open_incident_before_anything_else_is_asked():
    late = FACTS.report_by + timedelta(days=1)
    assert judged(log="incomplete", incident="7", reported_at=late, note="not_out").result == "incident"


def test_a_round_collected_after_its_incident_is_judged_on_its_own():
    assert judged(incident="7").result == "return"


def test_nobody_is_sent_back_while_the_crew_is_still_out():
    verdict = judged(log=None, reported_at=datetime(2026, 6, 2, 11, tzinfo=UTC))
    assert verdict.result == "wait"


def test_a_crew_that_said_nothing_by_night_is_taken_to_have_missed_it():
    assert judged(log=None).result == "return"


def test_an_address_without_a_round_goes_to_a_person():
    assert judged(due=None).result == "person"


def test_a_week_with_two_closed_days_moves_the_later_bins_by_two():
    """Christmas Day 2026 is a Friday and Boxing Day's holiday the Monday after: each week loses one day."""
    closed = Holidays(closed={date(2026, 12, 25), date(2026, 12, 28)})
    assert rules.shifted(date(2026, 12, 25), closed) == date(2026, 12, 26)
    assert rules.shifted(date(2026, 12, 29), closed) == date(2026, 12, 30)


def test_two_holidays_in_one_week_add_up():
    """In 2029 Christmas Day is a Tuesday, so the Wednesday is closed too and Thursday's bins go out on Saturday."""
    closed = Holidays(closed={date(2029, 12, 25), date(2029, 12, 26)})
    assert rules.shifted(date(2029, 12, 24), closed) == date(2029, 12, 24)
    assert rules.shifted(date(2029, 12, 25), closed) == date(2029, 12, 27)
    assert rules.shifted(date(2029, 12, 27), closed) == date(2029, 12, 29)


def test_a_day_set_by_hand_wins_over_the_rule():
    holidays = Holidays(closed={date(2026, 12, 25)}, moved={date(2026, 12, 25): date(2026, 12, 23)})
    assert rules.shifted(date(2026, 12, 25), holidays) == date(2026, 12, 23)


def test_the_last_and_next_collection_stand_either_side_of_a_day():
    pattern, none = Pattern(1, 2, date(2026, 6, 2)), Holidays()
    assert rules.last_due(pattern, none, date(2026, 6, 15)) == date(2026, 6, 2)
    assert rules.last_due(pattern, none, date(2026, 6, 16)) == date(2026, 6, 16)
    assert rules.next_due(pattern, none, date(2026, 6, 16)) == date(2026, 6, 30)
    assert rules.last_due(pattern, none, date(2026, 6, 1)) is None


days = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@given(st.integers(0, 4), st.integers(1, 4), days, st.sets(days, max_size=20))
def test_no_bin_is_ever_collected_on_a_closed_day_and_none_is_dropped(weekday, weeks, starts, closed):
    pattern, holidays = Pattern(weekday, weeks, starts), Holidays(closed=closed)
    nominal = rules.nominal_days(pattern, starts, starts + timedelta(days=120))
    moved = [rules.shifted(day, holidays) for day in nominal]
    assert all(day.weekday() == weekday for day in nominal)
    assert not set(moved) & closed
    assert all(actual >= day for actual, day in zip(moved, nominal, strict=True))


def test_a_reminder_goes_once_and_not_after_the_end():
    assert rules.reminder_due(date(2026, 6, 29), date(2026, 5, 31), []) is None
    assert rules.reminder_due(date(2026, 6, 29), date(2026, 6, 30), []) is None
    assert rules.reminder_due(date(2026, 6, 29), date(2026, 6, 10), [28]) is None
