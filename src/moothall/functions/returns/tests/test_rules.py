"""When a return is due, and how it stands."""

import datetime as dt

import pytest

from moothall.core.workdays import Calendar, england
from moothall.functions.returns import rules
from moothall.functions.returns.rules import Rhythm

ANY_DAY = Calendar(set())
D = dt.date


@pytest.mark.parametrize(
    ("told", "start", "due"),
    [
        ({"months": 12}, D(2026, 11, 10), D(2027, 11, 10)),
        ({"months": 3}, D(2026, 11, 30), D(2027, 2, 28)),
        ({"months": 12}, D(2028, 2, 29), D(2029, 2, 28)),
        ({"months": 48}, D(2028, 2, 29), D(2032, 2, 29)),
        ({"months": 1}, D(2026, 12, 31), D(2027, 1, 31)),
        ({"months": 1}, D(2028, 1, 31), D(2028, 2, 29)),
        ({"each": "04-30"}, D(2026, 4, 30), D(2027, 4, 30)),
        ({"each": "04-30"}, D(2026, 1, 2), D(2026, 4, 30)),
        ({"each": "02-29"}, D(2026, 3, 1), D(2027, 2, 28)),
        ({"each": "02-29"}, D(2027, 3, 1), D(2028, 2, 29)),
        ({"each": "12-31"}, D(2026, 12, 31), D(2027, 12, 31)),
        ({"each": "01-01"}, D(2026, 12, 31), D(2027, 1, 1)),
    ],
)
def test_the_next_is_due_after_so_many_months_or_on_its_day_of_the_year(told, start, due):
    assert rules.next_due(rules.rhythm(told), start, ANY_DAY) == due


@pytest.mark.parametrize(
    ("falls", "told", "start", "due"),
    [
        # 30 April 2028 is a Sunday, and Monday 1 May a bank holiday
        ("stays", {"each": "04-30"}, D(2028, 1, 2), D(2028, 4, 30)),
        ("before", {"each": "04-30"}, D(2028, 1, 2), D(2028, 4, 28)),
        ("after", {"each": "04-30"}, D(2028, 1, 2), D(2028, 5, 2)),
        # filed on the day it fell back to, the next is a year on and not the same one again
        ("before", {"each": "04-30"}, D(2028, 4, 28), D(2029, 4, 30)),
        ("after", {"each": "04-30"}, D(2028, 5, 2), D(2029, 4, 30)),
        # a working day of its own stays whatever the rule
        ("before", {"each": "04-30"}, D(2027, 1, 2), D(2027, 4, 30)),
        # the year's end: 1 January 2027 is a Friday, 1 January 2028 a Saturday kept on the Monday after
        ("after", {"each": "01-01"}, D(2026, 6, 1), D(2027, 1, 4)),
        ("after", {"each": "01-01"}, D(2027, 1, 4), D(2028, 1, 4)),
        ("before", {"each": "01-01"}, D(2026, 6, 1), D(2026, 12, 31)),
        ("before", {"each": "01-01"}, D(2026, 12, 31), D(2027, 12, 31)),
        # Christmas, and the weekends on which the clocks change: 29 March and 25 October 2026 are Sundays
        ("after", {"months": 1}, D(2026, 11, 25), D(2026, 12, 29)),
        ("after", {"months": 1}, D(2026, 2, 28), D(2026, 3, 30)),
        ("stays", {"months": 1}, D(2026, 9, 25), D(2026, 10, 25)),
        ("after", {"months": 1}, D(2026, 9, 25), D(2026, 10, 26)),
    ],
)
def test_a_day_on_which_offices_are_closed_falls_as_its_rule_says(falls, told, start, due):
    assert rules.next_due(rules.rhythm(told | {"falls": falls}), start, england()) == due


@pytest.mark.parametrize(
    ("days", "start", "due"),
    [
        (1, D(2026, 11, 20), D(2026, 11, 23)),  # a Friday
        (10, D(2026, 12, 21), D(2027, 1, 7)),  # over Christmas and the year's end
        (5, D(2026, 3, 27), D(2026, 4, 7)),  # over the change of clocks and Easter
        (20, D(2028, 2, 15), D(2028, 3, 14)),  # over a leap day
    ],
)
def test_working_days_after_an_event_leave_out_weekends_and_bank_holidays(days, start, due):
    assert rules.next_due(rules.rhythm({"working_days": days, "from": "opened"}), start, england()) == due


@pytest.mark.parametrize(
    "told",
    [
        {}, {"months": 12, "each": "04-30"}, {"months": 12, "working_days": 5}, {"each": "31 April"},
        {"months": "soon"}, {"months": 12, "falls": "somewhere"},
    ],
)  # fmt: skip
def test_a_rhythm_is_one_of_three_and_nothing_else(told):
    with pytest.raises(ValueError, match=r".+"):
        rules.rhythm(told)


def test_the_answer_that_the_year_is_counted_from_is_named():
    assert rules.rhythm({"months": 12, "from": "tested"}) == Rhythm(12, None, "tested")


@pytest.mark.parametrize(
    ("told", "filed", "said", "due", "start"),
    [
        ({"months": 12}, D(2027, 4, 2), None, D(2027, 4, 30), D(2027, 4, 2)),
        ({"months": 12, "from": "tested"}, D(2027, 4, 2), D(2027, 3, 1), D(2027, 4, 30), D(2027, 3, 1)),
        ({"each": "04-30", "rest": 90}, D(2027, 4, 2), None, D(2027, 4, 30), D(2027, 4, 30)),
        ({"each": "04-30", "rest": 90}, D(2027, 5, 20), None, D(2027, 4, 30), D(2027, 5, 20)),
        ({"each": "04-30", "rest": 90}, D(2027, 4, 2), None, None, D(2027, 7, 1)),
        ({"each": "04-30"}, D(2027, 4, 2), None, None, D(2027, 4, 2)),
    ],
)
def test_who_files_early_or_for_the_first_time_does_not_owe_the_same_year_twice(told, filed, said, due, start):
    assert rules.counted_from(rules.rhythm(told), filed=filed, said=said, due=due) == start


def test_a_return_is_late_from_the_day_after_and_stays_filed_late():
    day, next_day = dt.date(2027, 11, 10), dt.date(2027, 11, 11)

    assert [rules.standing(day, None, on) for on in (day, next_day)] == ["due", "late"]
    assert [rules.standing(day, filed, next_day) for filed in (day, next_day)] == ["filed", "filed-late"]
