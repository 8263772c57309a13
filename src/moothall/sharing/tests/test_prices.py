"""What one body pays another, as an officer would check it by hand."""

import pytest
from pydantic import ValidationError

from moothall.sharing.rules.prices import METHODS, Band, PriceRule, Step, Work, stepped, words, yearly

HEADS = {"ASH": 50_000, "BOR": 70_000, "COV": 30_000}
BANDS = (Band(up_to=100, pence=500), Band(up_to=500, pence=400), Band(pence=300))
STEPS = (
    Step(centre="ICT", pence=30_001, to={"depot": 1, "ASH": 1, "BOR": 1}),
    Step(centre="depot", pence=10_000, to={"ASH": 3, "BOR": 1}),
)
RULES = {
    "per-case": PriceRule(method="per-case", pence=420),
    "per-unit": PriceRule(method="per-unit", pence=95, unit="lift"),
    "by-head": PriceRule(method="by-head", pence=12),
    "by-band": PriceRule(method="by-band", bands=BANDS),
    "fixed": PriceRule(method="fixed", pence=1_250_000),
    "full-cost": PriceRule(method="full-cost", shares={"ASH": 3, "BOR": 2}),
    "step-down": PriceRule(method="step-down", steps=STEPS),
}
WORK = Work(receiver="BOR", cases=620, units=31_000, heads=HEADS, cost_pence=1_000_001)


def test_every_way_is_tried_here():
    assert set(RULES) == set(METHODS)


@pytest.mark.parametrize(
    ("method", "pence"),
    [
        ("per-case", 620 * 420),
        ("per-unit", 31_000 * 95),
        ("by-head", 70_000 * 12),
        ("by-band", 100 * 500 + 400 * 400 + 120 * 300),
        ("fixed", 1_250_000),
        # 2 of 5 parts of 1,000,001 is 400,000.4; Ashby's 600,000.6 has the larger remainder and the odd penny
        ("full-cost", 400_000),
        # ICT: 30,001 in three is 10,000 each and one penny more for ASH, first in the alphabet of three equal
        # remainders; the depot's 10,000 + 10,000 goes 3 to 1, so Borley bears 10,000 + 5,000
        ("step-down", 15_000),
    ],
)
def test_a_year_costs_what_an_officer_works_out(method, pence):
    assert yearly(RULES[method], WORK) == pence


@pytest.mark.parametrize("method", ["by-head", "full-cost"])
def test_shares_of_a_cost_add_up_to_the_cost(method):
    rule = PriceRule(method=method, shares={"ASH": 7, "BOR": 11, "COV": 13})
    for cost in (0, 1, 2, 99, 1_000_003):
        borne = [yearly(rule, Work(receiver=code, cost_pence=cost)) for code in ("ASH", "BOR", "COV")]
        assert sum(borne) == cost


def test_the_numbers_of_residents_agreed_beforehand_come_before_those_of_the_day():
    rule = PriceRule(method="by-head", shares={"ASH": 1, "BOR": 1})
    assert yearly(rule, Work(receiver="BOR", heads=HEADS, cost_pence=1_000)) == 500


def test_a_cost_for_one_body_alone_is_borne_by_it_in_full():
    assert yearly(PriceRule(method="full-cost"), WORK) == 1_000_001


def test_a_body_without_a_share_pays_nothing():
    assert yearly(RULES["full-cost"], Work(receiver="DUN", cost_pence=5_000)) == 0


def test_step_down_loses_no_penny_and_takes_what_a_team_did_cost_before_what_was_thought():
    assert sum(stepped(STEPS, {}).values()) == 40_001
    assert sum(stepped(STEPS, {"ICT": 7, "depot": 5}).values()) == 12


@pytest.mark.parametrize("cases", [0, 1, 99, 100, 101, 499, 500, 501])
def test_one_more_case_never_lowers_the_bill(cases):
    rule = RULES["by-band"]
    assert yearly(rule, Work(cases=cases + 1)) - yearly(rule, Work(cases=cases)) in (500, 400, 300)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"method": "per-case"}, "a price of nothing is no price"),
        ({"method": "per-unit", "pence": 5}, "Say what is counted"),
        ({"method": "per-case", "pence": 5, "unit": "lift"}, "has no use for “unit”"),
        ({"method": "by-head", "pence": 5, "shares": {"ASH": 1}}, "but not both"),
        ({"method": "full-cost", "shares": {"ASH": 0}}, "at least one above it"),
        ({"method": "full-cost", "shares": {"ASH": 2, "BOR": -1}}, "none below nothing"),
        ({"method": "by-band"}, "at least one band"),
        ({"method": "by-band", "bands": [{"up_to": 5, "pence": 1}]}, "last band has no end"),
        ({"method": "by-band", "bands": [{"up_to": 5, "pence": 1}, {"up_to": 5, "pence": 1}, {"pence": 1}]},
         "ends above"),
        ({"method": "step-down"}, "at least one cost centre"),
        ({"method": "step-down", "steps": [{"centre": "a", "to": {"a": 1}}]}, "passes its cost back"),
        ({"method": "step-down", "steps": [{"centre": "a", "to": {"ASH": 0}}]}, "weights of “a”"),
        ({"method": "step-down", "steps": [{"centre": "a", "to": {"ASH": 1}}] * 2}, "each cost centre once"),
        ({"method": "fixed", "pence": -1}, "greater than or equal"),
        ({"method": "by-magic", "pence": 1}, "Input should be"),
        ({"method": "fixed", "pence": 1, "vat": 20}, "Extra inputs"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_applied_says_why(data, said):
    with pytest.raises(ValidationError, match=said):
        PriceRule.model_validate(data)


@pytest.mark.parametrize(
    ("method", "english", "welsh"),
    [
        ("per-case", "£4.20 a case", "£4.20 yr achos"),
        ("per-unit", "£0.95 for each lift", "£0.95 am bob lift"),
        ("by-head", "£0.12 a year for each resident", "£0.12 y flwyddyn am bob preswylydd"),
        ("by-band", "£5.00 a case up to 100 cases a year, then £4.00 a case up to 500 cases a year, then £3.00 a case",
         "£5.00 yr achos hyd at 100 achos y flwyddyn, yna £4.00 yr achos hyd at 500 achos y flwyddyn, "
         "yna £3.00 yr achos"),
        ("fixed", "£12,500.00 a year, however much is done", "£12,500.00 y flwyddyn, faint bynnag a wneir"),
        ("full-cost", "the provider's full cost, shared ASH 3, BOR 2",
         "cost lawn y darparwr, wedi'i rhannu ASH 3, BOR 2"),
        ("step-down", "the cost of each team passed on in turn (ICT: ASH 1, BOR 1, depot 1; depot: ASH 3, BOR 1)",
         "cost pob tîm wedi'i throsglwyddo yn ei thro (ICT: ASH 1, BOR 1, depot 1; depot: ASH 3, BOR 1)"),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_words(method, english, welsh):
    assert words(RULES[method]) == english
    assert words(RULES[method], "cy") == welsh


@pytest.mark.parametrize("method", METHODS)
def test_a_rule_survives_being_kept_as_data(method):
    rule = RULES[method]
    assert PriceRule.model_validate(rule.model_dump(mode="json", exclude_defaults=True)) == rule
