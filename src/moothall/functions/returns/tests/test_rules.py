"""When a return is due, and how it stands."""

import datetime as dt

import pytest

from moothall.functions.returns import rules
from moothall.functions.returns.rules import Rhythm


@pytest.mark.parametrize(
    ("told", "start", "due"),
    [
        ({"months": 12}, dt.date(2026, 11, 10), dt.date(2027, 11, 10)),
        ({"months": 3}, dt.date(2026, 11, 30), dt.date(2027, 2, 28)),
        ({"months": 12}, dt.date(2028, 2, 29), dt.date(2029, 2, 28)),
        ({"months": 1}, dt.date(2026, 12, 31), dt.date(2027, 1, 31)),
        ({"each": "04-30"}, dt.date(2026, 4, 30), dt.date(2027, 4, 30)),
        ({"each": "04-30"}, dt.date(2026, 1, 2), dt.date(2026, 4, 30)),
        ({"each": "02-29"}, dt.date(2026, 3, 1), dt.date(2027, 2, 28)),
    ],
)
def test_the_next_is_due_after_so_many_months_or_on_its_day_of_the_year(told, start, due):
    assert rules.next_due(rules.rhythm(told), start) == due


@pytest.mark.parametrize("told", [{}, {"months": 12, "each": "04-30"}, {"each": "31 April"}, {"months": "soon"}])
def test_a_rhythm_is_months_or_a_day_and_nothing_else(told):
    with pytest.raises(ValueError, match=r".+"):
        rules.rhythm(told)


def test_the_answer_that_the_year_is_counted_from_is_named():
    assert rules.rhythm({"months": 12, "from": "tested"}) == Rhythm(12, None, "tested")


def test_a_return_is_late_from_the_day_after_and_stays_filed_late():
    day, next_day = dt.date(2027, 11, 10), dt.date(2027, 11, 11)

    assert [rules.standing(day, None, on) for on in (day, next_day)] == ["due", "late"]
    assert [rules.standing(day, filed, next_day) for filed in (day, next_day)] == ["filed", "filed-late"]
