"""The money: each figure can be checked by hand, and once more by a second implementation."""

from operator import mul

import numpy as np
import pytest

from moothall.appraisal.rules import money, switching, values
from moothall.appraisal.rules.facts import discount_factors, distributional_weight, fact, optimism
from moothall.appraisal.rules.flows import bias_of, price_index, strands, yearly
from moothall.appraisal.rules.reading import check
from moothall.appraisal.tests import plainly
from moothall.appraisal.tests.random_cases import random_case, random_values
from moothall.appraisal.tests.small import case, given, small

INVESTMENT = {"what": "System", "kind": "investment", "times": ["training"], "profile": [1, 0, 0], "life": 5}


def test_discount_factors_are_the_published_ones():
    factors = discount_factors("green-book-2022", 76)

    assert factors[0] == 1
    assert factors[1] == pytest.approx(1 / 1.035, abs=1e-12)
    assert factors[30] == pytest.approx(0.356278411, abs=1e-9)
    assert factors[31] == pytest.approx(0.345901370, abs=1e-9)
    assert factors[75] == pytest.approx(0.094213773, abs=1e-9)


def test_the_rate_of_three_per_cent_begins_after_year_thirty_and_not_before():
    factors = discount_factors("green-book-2022", 32)

    assert factors[29] / factors[30] == pytest.approx(1.035)
    assert factors[30] / factors[31] == pytest.approx(1.03)


def test_every_fact_has_a_source_and_a_date():
    for name in ("discount", "classes"):
        for entry in fact(name).values():
            assert entry["source"]
            assert entry["published"]
    for name in ("optimism", "distribution", "risks", "provision", "impacts"):
        assert fact(name)["source"]
        assert fact(name)["published"]


def test_optimism_bias_is_the_guidance_s_example():
    """28 months, upper bound 39 %, contributions managed 5 + 2 + 22 x 0.4 + 5 + 3 = 23.8 %: 29.7 %, 36.3 months."""
    managed = {"a": (0.05, 1), "b": (0.02, 1), "c": (0.22, 0.4), "d": (0.05, 1), "e": (0.03, 1)}

    left = optimism("non-standard-buildings", "duration", managed)

    assert left == pytest.approx(0.29718)
    assert 28 * (1 + left) == pytest.approx(36.3, abs=0.05)


def test_optimism_bias_never_falls_below_its_lower_bound():
    assert optimism("standard-civil", "capital", {"all": (1, 1)}) == 0.03


def test_a_poorer_household_s_pound_counts_more():
    assert distributional_weight(30000, 15000, 1.3) == pytest.approx(2**1.3)
    assert distributional_weight(30000, 30000, 1.3) == 1


def test_the_small_case_is_what_one_gets_by_hand():
    """Now 1,050 a year, in house 950 a year and 150 at once.

    Factors 1, 0.966184, 0.933511: now 1,050 x 2.899694 = 3,044.68; in house 950 x 2.899694 + 150 = 2,904.71.
    """
    found = money.money(case(), values.as_filed(case()))

    assert found["now"].present_cost == pytest.approx(3044.68, abs=0.005)
    assert found["in-house"].present_cost == pytest.approx(2904.71, abs=0.005)
    assert found["in-house"].gain == pytest.approx(139.97, abs=0.005)
    assert found["in-house"].saving.tolist() == [100, 100, 100]
    assert found["in-house"].cumulative.tolist() == [-50, 50, 150]
    assert found["in-house"].payback_year == 2
    assert (found["in-house"].five_year_saving, found["in-house"].five_year_upfront) == (300, 150)
    assert found["in-house"].passes_five_years
    assert money.ranking(found) == ["in-house", "now"]


def test_money_of_the_day_is_brought_back_to_real_prices():
    data = small()
    data["options"]["now"]["lines"]["running"]["prices"] = "nominal"

    found = money.money(check(data), values.as_filed(check(data)))["now"]

    assert found.cash[1] == pytest.approx(50 + 1000 / 1.02)
    assert found.nominal_cash[1] == pytest.approx(50 * 1.02 + 1000)
    assert price_index(check(data)).tolist() == pytest.approx([1, 1.02, 1.0404])


def test_what_is_left_of_an_asset_counts_at_the_end():
    """150 spent at once, five years of life, three have passed: two fifths, 60, are left, in the third year."""
    data = small()
    data["options"]["in-house"]["lines"]["system"] = INVESTMENT | {"paid_by": {"Ashby": 1}}
    before, after = money.money(case(), values.as_filed(case())), money.money(check(data), values.as_filed(check(data)))

    added = after["in-house"].social - before["in-house"].social

    assert added.tolist() == pytest.approx([150, 0, -60])
    assert (after["in-house"].cash - before["in-house"].cash).tolist() == pytest.approx([150, 0, 0])


def test_bias_raises_a_cost_and_not_what_is_left_of_it():
    data = small()
    line = INVESTMENT | {"paid_by": {"Ashby": 1}, "bias": {"type": "equipment", "measure": "capital"}}
    data["options"]["in-house"]["lines"]["system"] = line
    found = check(data)

    assert bias_of(found.options["in-house"].lines["system"]) == 2.0
    flows = yearly([s for s in strands(found, "in-house", values.as_filed(found)) if "system" in s.name])
    assert flows.tolist() == pytest.approx([450, 0, -60])


def test_a_provider_s_investment_is_paid_in_the_end_by_those_who_pay_its_price():
    """Bedfordshire: 16 million of "investment", 96 % of it from the council through the price."""
    data = small()
    data["inputs"]["training"]["value"] = 16_000_000
    option = data["options"]["in-house"]
    option["provider"] = "The firm"
    option["lines"]["system"] = INVESTMENT | {
        "paid_by": {"The firm": 1},
        "paid_in_the_end_by": {"Ashby": 0.96, "The firm": 0.04},
    }
    found = check(data)

    paid = money.who_pays(found, "in-house", values.as_filed(found))

    assert paid["on paper"] == {"The firm": 16_000_000}
    assert paid["in the end"] == pytest.approx({"Ashby": 15_360_000, "The firm": 640_000})


def test_what_falls_on_poorer_households_is_weighted_beside_the_plain_result():
    data = small(groups={"claimants": {"what": "Claimants", "income": 15000, "median": 30000, "source": "Survey"}})
    data["options"]["now"]["lines"]["waiting"] = {
        "what": "Waiting",
        "kind": "harm",
        "times": ["checking"],
        "falls_on": "claimants",
    }
    found = money.money(check(data), values.as_filed(check(data)))["now"]

    extra = 50 * (2**1.3 - 1) * sum(discount_factors("green-book-2022", 3))

    assert set(found.weighted) == {1.3, 0.8, 2.0}
    assert found.weighted[1.3] - found.present_cost == pytest.approx(extra)


def test_a_claim_without_evidence_is_taken_at_its_reference_class():
    data = small()
    data["inputs"]["share"] = given(0.1, reference_class="sharing-back-offices")
    data["options"]["in-house"]["lines"]["saving"] = {
        "what": "Saving claimed",
        "kind": "saving",
        "times": ["cost_then", "share"],
    }
    found = check(data)

    assert values.claims(found) == {"share": 0.0}
    assert values.sober(found)["share"] == 0.0
    assert values.as_filed(found)["share"] == 0.1

    data["inputs"]["share"]["evidence"] = ["Audited accounts of such a partnership"]
    assert values.sober(check(data))["share"] == 0.1


def test_leaving_has_a_price_at_the_end_of_every_year():
    data = small()
    data["options"]["in-house"]["exit"]["leaving"] = {"times": ["training"], "by_year": [3, 2, 1]}
    found = check(data)

    assert money.leaving(found, "in-house", values.as_filed(found)).tolist() == [450, 300, 150]
    last = money.money(found, values.as_filed(found))["in-house"].cash[-1]
    assert last == 950 + 150


def test_a_second_implementation_agrees_on_ten_thousand_random_cases():
    for seed in range(100):
        given_case = random_case(seed)
        draws = random_values(given_case, seed, 100)
        shared = {k: v for k, v in values.as_filed(given_case).items() if k not in draws}
        arrays = shared | {name: np.array(row) for name, row in draws.items()}
        for option in given_case.options:
            flows = strands(given_case, option, arrays)
            present = np.broadcast_to(money.present(yearly(flows), given_case), (100,))
            cash = np.broadcast_to(yearly(flows, "cash").sum(axis=-1), (100,))
            readings = [shared | {name: row[draw] for name, row in draws.items()} for draw in range(100)]
            plain = [plainly.costs(given_case, option, reading) for reading in readings]
            factors = plainly.factors(given_case.years)
            by_hand = [sum(map(mul, social, factors)) for social, _cash, _spent in plain]
            np.testing.assert_allclose(present, by_hand, rtol=1e-9, atol=1e-6)
            np.testing.assert_allclose(cash, [sum(cash) for _social, cash, _spent in plain], rtol=1e-9, atol=1e-6)


def test_payback_and_savings_agree_with_the_second_implementation():
    for seed in range(150):
        given_case = random_case(seed)
        filed = values.as_filed(given_case)
        found = money.money(given_case, filed)["in-house"]

        assert found.payback_year == plainly.payback(given_case, "in-house", filed)


def test_at_its_switching_value_two_options_cost_the_same():
    for seed in range(40):
        given_case = random_case(seed)
        filed = values.as_filed(given_case)
        for found in switching.switching_values(given_case, "in-house", "now", filed):
            if found.switch is None or found.input.startswith("discount"):
                continue
            turned = filed | {found.input: found.switch}
            now, then = (plainly.present_cost(given_case, option, turned) for option in ("now", "in-house"))
            scale = abs(plainly.present_cost(given_case, "now", filed)) + abs(found.switch)
            assert abs(now - then) < 1e-6 * scale, (seed, found)


def test_switching_values_of_the_small_case_are_what_one_gets_by_hand():
    """A gain of 139.97 is lost if the redesigned cost rises by 139.97 / 2.899694 = 48.27, or training by 139.97."""
    given_case = case()

    found = {s.input: s for s in switching.switching_values(given_case, "in-house", "now", values.as_filed(given_case))}

    assert found["cost_then"].switch == pytest.approx(948.27, abs=0.005)
    assert found["training"].switch == pytest.approx(289.97, abs=0.005)
    assert found["training"].change == pytest.approx(0.9331, abs=0.0001)
    assert (found["checking"].switch, found["checking"].how) == (None, "unused")
    assert found["discount rate, flat"].how == "bracketed"
    rate = found["discount rate, flat"].switch
    assert -50 + 100 / (1 + rate) + 100 / (1 + rate) ** 2 == pytest.approx(0, abs=1e-9)


def test_an_equal_shares_rule_holds_for_payers():
    data = small()
    data["options"]["in-house"]["lines"]["system"] = INVESTMENT | {"paid_by": {"Ashby": 0.5, "Borley": 0.4}}

    with pytest.raises(Exception, match="add up to 1"):
        check(data)
