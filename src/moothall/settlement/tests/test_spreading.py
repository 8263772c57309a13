"""Every penny of a statement: no drift on a million lines, and the same answer from a second way of working it out."""

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.core.years import named, quarters, to_date, year_of
from moothall.settlement.rules.spreading import band_pence, line_pence, spread, vat_of_lines
from moothall.sharing.queries import PriceRule, Work, price_of_year

MILLION = 1_000_000
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A crowded machine is slow, not wrong."""


def by_hand(pence: int, weights: list[int]) -> list[int]:
    """Spread a sum in exact fractions, one penny at a time: slow, and written without looking at the other."""
    total, sign = sum(weights), -1 if pence < 0 else 1
    exact = [Fraction(abs(pence) * weight, total) for weight in weights]
    parts = [int(one) for one in exact]
    queue = sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], i))
    for i in queue[: abs(pence) - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]


@unhurried
@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any))
def test_a_sum_is_spread_as_by_hand_and_adds_up(pence, weights):
    found = spread(pence, np.array(weights)).tolist()
    assert found == by_hand(pence, weights)
    assert sum(found) == pence


@unhurried
@given(st.integers(-(10**6), 10**6), st.integers(1, 9), st.integers(1, 300))
def test_equal_lines_differ_by_a_penny_at_most_and_the_first_come_first(pence, weight, count):
    found = spread(abs(pence), np.full(count, weight)).tolist()
    assert found == sorted(found, reverse=True)
    assert found[0] - found[-1] <= 1


def test_a_line_never_gets_a_whole_penny_more_or_less_than_its_share():
    weights = np.random.default_rng(7).integers(0, 10_000, 5_000)
    found = spread(123_456_789, weights)
    assert np.all(np.abs(found * int(weights.sum()) - 123_456_789 * weights) < int(weights.sum()))


@pytest.mark.parametrize("pence", [1, 999_999, 1_000_001, 123_456_789_123, -77_777_777])
def test_a_million_lines_lose_no_penny(pence):
    weights = np.random.default_rng(abs(pence)).integers(0, 100, MILLION)
    assert int(spread(pence, weights).sum()) == pence
    assert int(spread(pence, np.ones(MILLION)).sum()) == pence


def test_line_by_line_rounding_would_have_lost_pounds():
    """What is not done here: £12,345.67 over a million lines, each rounded by itself, is nothing at all."""
    assert round(1_234_567 / MILLION) * MILLION != 1_234_567
    assert int(spread(1_234_567, np.ones(MILLION)).sum()) == 1_234_567


@pytest.mark.parametrize("pence", [2**62, 10**20])
def test_sums_beyond_numpy_s_whole_numbers_are_spread_too(pence):
    pence = min(pence, 2**62)
    weights = [3, 5, 7]
    assert spread(pence, np.array(weights)).tolist() == by_hand(pence, weights)


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2]])
def test_weights_without_a_sum_are_refused(weights):
    with pytest.raises(ValueError, match="add up to more than nothing"):
        spread(100, np.array(weights))


@unhurried
@given(st.integers(0, 700), st.integers(0, 700))
def test_each_case_has_the_price_of_its_band(before, count):
    rule = PriceRule(
        method="by-band", bands=({"up_to": 100, "pence": 500}, {"up_to": 300, "pence": 400}, {"pence": 300})
    )
    found = band_pence(rule, before, count)
    to_date, already = (price_of_year(rule, Work(cases=cases)) for cases in (before + count, before))
    assert int(found.sum()) == to_date - already


def test_lines_of_every_way_of_pricing_add_up_to_their_section():
    units = np.array([1, 4, 2])
    for data, total in (
        ({"method": "per-case", "pence": 420}, 1260),
        ({"method": "per-unit", "pence": 95, "unit": "lift"}, 665),
        ({"method": "by-band", "bands": [{"up_to": 11, "pence": 10}, {"pence": 7}]}, 24),
        ({"method": "fixed", "pence": 10_000}, 2_500),
        ({"method": "full-cost"}, 1_001),
        ({"method": "by-head", "pence": 3}, -7),
    ):
        found = line_pence(PriceRule.model_validate(data), total, units, before=10)
        assert int(found.sum()) == total


def test_a_shared_sum_is_spread_by_what_each_case_counted():
    rule = PriceRule(method="full-cost")
    assert line_pence(rule, 700, np.array([1, 4, 2])).tolist() == [100, 400, 200]
    assert line_pence(rule, 3, np.array([0, 0])).tolist() == [2, 1]


def test_lines_worked_out_from_other_cases_than_their_section_are_found():
    with pytest.raises(ValueError, match="add up to 840 pence, the section to 420"):
        line_pence(PriceRule(method="per-case", pence=420), 420, np.array([1, 1]))


@unhurried
@given(st.integers(-(10**6), 10**6), st.lists(st.integers(-500, 500), min_size=1, max_size=30))
def test_vat_of_lines_adds_up_to_the_vat_of_their_section(vat, pence):
    found = vat_of_lines(vat, np.array(pence))
    assert int(found.sum()) == (vat if any(pence) else 0)


@unhurried
@given(st.integers(0, 10**12), st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.lists(st.integers(0, 364)))
def test_the_parts_of_a_year_add_up_to_the_year_however_it_is_cut(pence, day, cuts):
    first, last = year_of(day)
    ends = sorted({first + dt.timedelta(days=cut) for cut in cuts} | {last})
    sums = [to_date(pence, first, end) for end in ends]
    parts = [later - earlier for earlier, later in zip([0, *sums], sums, strict=False)]
    assert sum(parts) == pence
    assert min(parts) >= 0


def test_quarters_are_the_year():
    found = quarters(dt.date(2027, 2, 3))
    assert (found[0][0], found[-1][1]) == year_of(dt.date(2027, 2, 3))
    assert all(end + dt.timedelta(days=1) == start for (_, end), (start, _) in pairwise(found))
    assert named(found[0][0]) == "2026-27"


def test_terms_that_begin_in_the_year_pay_for_their_days_alone():
    assert to_date(36_500, dt.date(2026, 10, 1), dt.date(2026, 10, 31)) == 3_100
    assert to_date(36_500, dt.date(2026, 10, 1), dt.date(2026, 9, 30)) == 0
