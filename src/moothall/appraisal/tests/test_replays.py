"""Published figures come out as published, or it is said why they do not."""

import pytest

from moothall.appraisal import queries
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.replays import replays, said

FIGURES = [pytest.param(figure, id=f"{each.name}-{figure.name}") for each in replays() for figure in each.figures]
DEALS = {each.name: {figure.name: figure for figure in each.figures} for each in replays()}


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_is_as_published_or_says_why_it_differs(figure):
    assert figure.agrees == (figure.differs == "")


def test_of_southwest_one_s_promise_one_twelfth_had_been_made():
    deal = DEALS["southwest-one"]

    assert deal["verified"].value == pytest.approx(16.2 / 192)
    assert round(100 * deal["verified"].value, 1) == 8.4
    assert deal["not_made_yet"].value == 58e6 - 16.2e6


def test_essex_s_two_budgets_make_two_hundred_million_a_year():
    deal = DEALS["essex"]

    assert [deal[name].value for name in ("saving", "other_saving", "between")] == [240e6, 440e6, 200e6]
    assert [round(deal[name].value, 3) for name in ("reviewed", "other_reviewed")] == [0.667, 0.364]


def test_southwark_s_penalty_is_a_twentieth_of_a_per_cent():
    assert DEALS["southwark"]["bite"].value == 0.0005
    assert DEALS["southwark"]["bite_of_a_year"].value == 0.0025


def test_bedfordshire_paid_all_but_a_twenty_fifth_of_the_contractor_s_investment():
    assert DEALS["bedfordshire"]["by_council"].value == 15.36e6
    assert DEALS["bedfordshire"]["by_contractor"].value == pytest.approx(0.64e6)


def test_every_deal_has_a_source_and_every_given_figure_a_unit():
    for deal in fact("replays").values():
        assert deal["source"]
        assert all(given["what"] and given["unit"] for given in deal["given"].values())


def test_each_figure_is_told_beside_what_was_published():
    told = queries.replayed()

    assert "8.438 %. Published: 8.4 %." in told
    assert "£190 million. Published: £192 million." in told
    assert "the share was rounded first" in told
    assert "Staff transferred: 1,046" in told


def test_figures_are_said_as_people_write_them():
    assert (said(0.0005, "share"), said(75_000, "pounds"), said(1046, "jobs")) == ("0.05 %", "£75,000", "1,046")
