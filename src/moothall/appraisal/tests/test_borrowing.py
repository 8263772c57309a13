"""Borrowing: the year-by-year sums of a small loan, and the figure that decides."""

import numpy as np
import pytest

from moothall.appraisal.rules import values
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.borrowing import provision, servicing
from moothall.appraisal.rules.reading import check
from moothall.appraisal.tests.small import given, small

ACCOUNT = {
    "body": "Ashby",
    "interest_rate": "rate",
    "method": "equal-instalments",
    "net_revenue_stream": [2000, 2000, 2000],
    "financing_cost": [100, 100, 100],
    "capital_financing_requirement": [500, 500, 500],
    "authorised_limit": [1000, 1000, 1000],
    "highest_ratio": 0.2,
    "band_d_dwellings": 10,
    "saving_share": 1,
    "source": "Treasury strategy 2026",
}


def borrowed(rate=0.05, **more):
    """Now 1,050 a year, in house 950; 150 of retraining at once, 200 borrowed for two years; no inflation."""
    data = small(borrowing=ACCOUNT | more)
    data["inputs"] |= {"rate": given(rate, "Interest", "a year"), "system": given(200, "System")}
    for option in data["options"].values():
        option["basis"]["prices"]["inflation"] = 0
    data["options"]["in-house"]["lines"]["system"] = {
        "what": "System",
        "kind": "investment",
        "times": ["system"],
        "profile": [1, 0, 0],
        "life": 2,
        "paid_by": {"Ashby": 1},
    }
    return check(data)


def served(case, method=None, option="in-house"):
    return servicing(case, option, values.sober(case), method)


def test_interest_and_provision_begin_the_year_after_the_money_is_spent():
    """200 over two years: 100 set aside in each; interest 5 % of 200, then of 100."""
    found = served(borrowed())

    assert found.spending.tolist() == [200, 0, 0]
    assert found.provision.tolist() == [0, 100, 100]
    assert found.interest.tolist() == [0, 10, 5]
    assert found.requirement.tolist() == [200, 100, 0]
    assert found.saving.tolist() == [-50, 100, 100]
    assert found.ratio.tolist() == pytest.approx([0.05, 0.105, 0.1025])
    assert found.headroom.tolist() == [300, 400, 500]
    assert found.band_d.tolist() == pytest.approx([5, 1, 0.5])
    assert found.debt_left == 0


def test_savings_too_small_for_the_debt_are_said_with_the_sum_that_is_missing():
    """Saved 150, paid 215: short by 65."""
    found = served(borrowed())

    assert not found.can
    assert found.figure == pytest.approx(65)
    assert "fall short" in found.decides


def test_debt_over_the_authorised_limit_decides_first():
    found = served(borrowed(authorised_limit=[650, 1000, 1000]))

    assert (found.can, found.figure) == (False, 50)
    assert "authorised limit in 2027-28" in found.decides


def test_a_ratio_over_the_council_s_own_ceiling_decides_next():
    found = served(borrowed(highest_ratio=0.1))

    assert (found.can, found.figure) == (False, pytest.approx(0.105))
    assert "2028-29" in found.decides


def test_the_break_even_rate_is_where_savings_just_pay():
    """With 400 of savings more: 150 + 400 - 200 of provision leaves 350 for interest on 200, then 100."""
    data = borrowed().model_dump(mode="json")
    data["inputs"]["cost_then"]["value"] = 900 - 80 / 3
    case = check(data)

    found = served(case)

    assert found.can
    assert found.figure == pytest.approx(230 - 215)
    assert found.break_even_rate == pytest.approx(30 / 300)


def test_an_annuity_asks_the_same_every_year_and_sets_aside_the_same_in_all():
    even, rising = provision(1000, 25, 0.05, "equal-instalments"), provision(1000, 25, 0.05, "annuity")

    assert even.sum() == pytest.approx(1000)
    assert rising.sum() == pytest.approx(1000)
    owed = 1000 - np.concatenate([[0], np.cumsum(rising)[:-1]])
    assert np.ptp(rising + 0.05 * owed) < 1e-9


def test_without_interest_an_annuity_is_equal_instalments():
    assert provision(900, 3, 0.0, "annuity").tolist() == [300, 300, 300]


def test_who_borrows_nothing_has_nothing_to_service():
    found = served(borrowed(), option="now")

    assert found.can
    assert found.decides == "Ashby borrows nothing for it"
    assert found.break_even_rate is None


def test_both_methods_can_be_laid_side_by_side():
    case = borrowed()

    assert served(case, "annuity").provision[1] < served(case).provision[1]


def test_a_year_without_a_figure_is_refused():
    with pytest.raises(CaseRefused, match=r"borrowing\.authorised_limit"):
        borrowed(authorised_limit=[1000])
