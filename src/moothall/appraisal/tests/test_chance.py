"""Uncertainty: draws that are even, the same for all options, and checked against what is known exactly."""

import numpy as np
import pytest

from moothall.appraisal.rules import chance, influence, money, plan, values
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.flows import strands, yearly
from moothall.appraisal.rules.plan import Plan
from moothall.appraisal.rules.reading import check
from moothall.appraisal.tests.random_cases import random_case, random_values
from moothall.appraisal.tests.small import case, given, small
from moothall.appraisal.tests.test_basis import marchshire

EXACT = 2.899694  # the sum of the first three discount factors


def spread(shape, value=900, **more):
    return given(value, spread={"shape": shape, "source": "Three years", **more})


def with_spread(**more):
    data = small()
    data["inputs"]["cost_then"] = spread(**more)
    return check(data)


@pytest.mark.parametrize(
    ("shape", "mean", "sd"),
    [
        ({"shape": "uniform", "low": 800, "high": 1000}, 900, 200 / 12**0.5),
        ({"shape": "triangular", "low": 800, "high": 1300}, 1000, (210000 / 18) ** 0.5),
        ({"shape": "pert", "low": 800, "high": 1300}, (800 + 3600 + 1300) / 6, None),
        ({"shape": "normal", "sd": 40}, 900, 40),
        ({"shape": "lognormal", "sd": 0.2}, 900 * np.exp(0.02), None),
        ({"shape": "steps", "values": [800, 1000], "chances": [0.25, 0.75]}, 950, 200 * 0.1875**0.5),
    ],
)
def test_each_shape_has_the_mean_and_the_spread_it_should(shape, mean, sd):
    given_case = with_spread(**shape)
    drawn = chance.quantile(given_case.inputs["cost_then"], (np.arange(20000) + 0.5) / 20000)

    assert drawn.mean() == pytest.approx(mean, rel=1e-3)
    if sd:
        assert drawn.std() == pytest.approx(sd, rel=5e-3)


def test_the_middle_of_the_gain_is_what_one_gets_by_hand():
    """Cost between 800 and 1,000: the gain is 139.97 in the middle, and 90 x 2.899694 either way at 5 and 95."""
    given_case = with_spread(shape="uniform", low=800, high=1000)

    found = chance.chances(chance.futures(given_case, Plan(given_case), chance.draw(given_case)))["in-house"]

    assert found.gain[1] == pytest.approx(139.97, abs=2)
    assert found.gain[0] == pytest.approx(139.97 - 90 * EXACT, abs=3)
    assert found.gain[2] == pytest.approx(139.97 + 90 * EXACT, abs=3)
    assert found.best == pytest.approx((948.27 - 800) / 200, abs=0.01)


def test_the_chance_of_paying_back_is_that_of_the_input_it_hangs_on():
    """In three years 3 x (1,000 - cost) must reach 150: cost at most 950, three quarters of 800 to 1,000."""
    given_case = with_spread(shape="uniform", low=800, high=1000)

    found = chance.chances(chance.futures(given_case, Plan(given_case), chance.draw(given_case)))["in-house"]

    assert found.pays_back_in_five == pytest.approx(0.75, abs=0.01)
    assert found.dearer_than_now == pytest.approx(1 - (948.27 - 800) / 200, abs=0.01)


def test_draws_of_a_certain_case_are_its_plain_result():
    given_case = case()

    found = Plan(given_case).outcomes(chance.draw(given_case).values)

    plain = money.money(given_case, values.sober(given_case))
    assert found.social[:, 0].tolist() == pytest.approx([plain[name].present_cost for name in found.options])


def test_the_fast_sums_are_the_plain_sums_on_random_cases(monkeypatch):
    monkeypatch.setattr(plan, "PART", 3)  # eight draws in three parts, the last one short
    for seed in range(60):
        given_case = random_case(seed)
        drawn = random_values(given_case, seed, 8)
        arrays = values.as_filed(given_case) | {name: np.array(row) for name, row in drawn.items()}
        found = Plan(given_case).outcomes(arrays)
        for index, option in enumerate(found.options):
            flows = strands(given_case, option, arrays)
            np.testing.assert_allclose(found.social[index], money.present(yearly(flows), given_case), rtol=1e-9)
            cash = np.cumsum(yearly(strands(given_case, "now", arrays), "cash") - yearly(flows, "cash"), axis=-1)
            np.testing.assert_allclose(found.cumulative[index].T, cash, rtol=1e-7, atol=1e-4)


def test_the_same_seed_gives_the_same_draws_and_another_gives_others():
    one, two = (with_spread(shape="normal", sd=40) for _ in range(2))
    other = one.model_copy(update={"seed": 8})

    assert np.array_equal(chance.draw(one).values["cost_then"], chance.draw(two).values["cost_then"])
    assert not np.array_equal(chance.draw(one).values["cost_then"], chance.draw(other).values["cost_then"])


def test_correlated_inputs_rise_together_as_much_as_was_said():
    data = small(
        points=4096, correlations=[{"between": ["cost_then", "training"], "rho": 0.8, "source": "Same pay in both"}]
    )
    data["inputs"]["cost_then"] = spread("normal", sd=40)
    data["inputs"]["training"] = spread("normal", 150, sd=10)

    drawn = chance.draw(check(data)).values

    assert np.corrcoef(drawn["cost_then"], drawn["training"])[0, 1] == pytest.approx(0.8, abs=0.01)


def test_correlations_that_cannot_all_be_true_are_refused():
    data = small()
    for name in ("cost_now", "cost_then", "training"):
        data["inputs"][name] = spread("normal", 500, sd=10)
    pairs = [("cost_now", "cost_then", 0.9), ("cost_then", "training", 0.9), ("cost_now", "training", -0.9)]
    data["correlations"] = [{"between": [one, two], "rho": rho, "source": "Guess"} for one, two, rho in pairs]

    with pytest.raises(CaseRefused, match="cannot all be true"):
        check(data)


def test_a_correlation_with_what_does_not_vary_is_refused():
    data = small(correlations=[{"between": ["cost_then", "training"], "rho": 0.5, "source": "Guess"}])

    with pytest.raises(CaseRefused, match="has no spread"):
        check(data)


def test_a_claim_without_evidence_is_not_drawn_at_all():
    given_case = check(marchshire())

    assert "saving_shared" not in chance.uncertain(given_case)
    assert chance.draw(given_case).values["saving_shared"] == 0


def test_options_share_their_draws():
    """Two options that are the same cost the same in every single draw."""
    data = small()
    data["inputs"]["cost_then"] = spread("normal", sd=40)
    data["options"]["twin"] = data["options"]["in-house"]

    found = Plan(check(data)).outcomes(chance.draw(check(data)).values)

    assert np.array_equal(found.social[1], found.social[2])


def test_sobol_indices_are_those_of_ishigami_s_function():
    """Known exactly for a = 7, b = 0.1: alone 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437."""

    def ishigami(points):
        x, y, z = (2 * np.pi * points - np.pi).T
        return [np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)]

    (indices,) = influence.sobol_indices(ishigami, ["x", "y", "z"], 8192, 1)
    found = {index.input: index for index in indices}

    assert [found[name].alone for name in "xyz"] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.015)
    assert [found[name].total for name in "xyz"] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    for name, exact in zip("xyz", (0.5576, 0.4424, 0.2437), strict=True):
        low, high = found[name].total_between
        assert low - 0.01 <= exact <= high + 0.01


def test_an_input_that_does_nothing_has_no_influence():
    given_case = with_spread(shape="normal", sd=40)

    (only,) = influence.influence(given_case)["in-house"]

    assert only.total == pytest.approx(1, abs=0.02)
    assert influence.influence(case()) == {"in-house": []}
