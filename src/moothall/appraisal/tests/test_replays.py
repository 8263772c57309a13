"""Published figures come out as published, or it is said why they do not."""

from importlib.resources import files

import pytest

from moothall.appraisal import queries
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.reading import check
from moothall.appraisal.rules.replays import names, replays, said

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
    for deal in replays():
        assert deal.source
        assert all(given["what"] and given["unit"] for given in deal.given.values())


def test_each_figure_is_told_beside_what_was_published():
    told = queries.replayed()

    assert "8.438 %. Published: 8.4 %." in told
    assert "£190 million. Published: £192 million." in told
    assert "the share was rounded first" in told
    assert "Staff transferred: 1,046" in told


def test_figures_are_said_as_people_write_them():
    assert (said(0.0005, "share"), said(75_000, "pounds"), said(1046, "jobs")) == ("0.05 %", "£75,000", "1,046")


CASES = {each.name: each for each in replays()}


def untold(name):
    return {fault.field: (fault, options) for rows in CASES[name].untold().values() for fault, options in rows}


@pytest.mark.parametrize("name", names())
def test_every_figure_of_a_published_case_was_published_and_every_name_in_its_sums_is_one_of_them(name):
    case = CASES[name].case
    used = {
        used for one in case["options"].values() for line in one.get("lines", {}).values() for used in line["times"]
    }

    assert used <= set(CASES[name].given) == set(case["inputs"])
    assert all(one["value"] == CASES[name].given[key]["value"] for key, one in case["inputs"].items())


@pytest.mark.parametrize("name", names())
def test_no_published_deal_can_be_appraised_and_what_is_not_told_has_a_name(name):
    with pytest.raises(CaseRefused):
        check(CASES[name].case)
    found = untold(name)

    assert {f"basis.{part}" for part in fact("stand_in")["basis"]} <= set(found)
    assert {f"risks.{risk}" for risk in fact("risks")["risks"]} <= set(found)
    assert {f"principles.{one}" for one in fact("principles")["principles"]} <= set(found)
    assert {f"impacts.{subject}" for subject in fact("impacts")["subjects"]} <= set(found)
    assert {"preparation", "exit.leaving", "transition.moving from now to then"} <= set(found)
    assert not any("nothing" in field for field in found), "a stand-in was taken for something that was published"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("essex", {"options", "lines.saving", "lines.price", "lines.change", "profit", "assets.staff knowledge"}),
        ("southwest-one", {"lines", "lines.saving", "lines.transaction", "assets.intellectual property"}),
        ("southwark", {"lines", "lines.change", "profit", "lines.transaction"}),
        ("bedfordshire", {"lines.first", "lines.second", "profit", "lines.price"}),
        ("middlesbrough", {"workforce.leavers", "workforce.redundant", "workforce.lesser_terms", "profit"}),
    ],
)
def test_what_is_peculiar_to_a_deal_is_named(name, fields):
    assert fields <= set(untold(name))


def test_essex_has_two_nows_and_both_are_shown():
    nows = [one for one in CASES["essex"].case["options"].values() if one["model"] == "now"]
    values = [CASES["essex"].given[one["lines"]["running"]["times"][0]]["value"] for one in nows]

    assert values == [1_200_000_000, 2_200_000_000]
    assert untold("essex")["options"][0].what == "one option must be `model: now`, and there are 2"


def test_bedfordshire_s_contractor_put_the_money_in_and_the_council_paid():
    lines = CASES["bedfordshire"].case["options"]["contract"]["lines"].values()

    assert [line["paid_in_the_end_by"]["the council"] for line in lines] == [0.96, 0.96]
    assert "`life`" in untold("bedfordshire")["lines.first"][0].what


def test_the_text_of_a_deal_tells_its_figures_and_what_is_not_told_and_a_case_is_no_deal():
    told = queries.replay_of(files("moothall.appraisal").joinpath("facts", "replays", "southwark.yaml").read_text())

    assert "0.05 %. Published: 0.05 %." in told
    assert "It cannot be appraised. Our sources do not tell 63 things:" in told
    assert "profit: an option to buy from a contractor is not complete without it (A contract of five years)" in told
    assert queries.replay_of("title: A case") is None
