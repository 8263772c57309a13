"""The fit test: published cases replayed from what was on record at their start, and two healthy invented ones."""

import re
from datetime import date

import pytest

from moothall.promises.queries import replays
from moothall.promises.rules.fit import QUESTIONS, Evidence, Member, Supply, fit
from moothall.promises.rules.saying import question, sentence, told, words
from moothall.promises.rules.thresholds import thresholds

LIMITS = thresholds(date(2026, 11, 22))
PUBLISHED, HEALTHY = replays("replays"), replays("healthy")


def found(**evidence):
    return {one.key: one for one in fit(Evidence(**evidence), LIMITS)}


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case.slug)
def test_a_published_case_raises_the_warning_that_came_true(case):
    warned = {one.key for one in fit(case.evidence, LIMITS) if one.level == "warning"}
    assert case.came_true.finding in warned


@pytest.mark.parametrize("case", HEALTHY, ids=lambda case: case.slug)
def test_a_healthy_case_raises_none_and_has_everything_on_record(case):
    assert {one.level for one in fit(case.evidence, LIMITS)} == {"sound"}


def test_five_published_and_two_healthy_cases_are_replayed():
    assert len(PUBLISHED) == 5
    assert len(HEALTHY) == 2
    assert all(case.source and case.on_record for case in PUBLISHED)


PAIR = (Member(name="A", homes=1000), Member(name="B", homes=1000))


@pytest.mark.parametrize(
    ("there", "back", "percent", "level"),
    [(80, 20, 60, "warning"), (79, 21, 58, "sound"), (50, 50, 0, "sound"), (10, 0, 100, "warning")],
)
def test_work_that_is_not_returned_is_counted(there, back, percent, level):
    """80 one way and 20 back: of 100 pieces of work, 60 are not returned."""
    supplies = (Supply(provider="A", receiver="B", service="x", requests=there),
                Supply(provider="B", receiver="A", service="y", requests=back))  # fmt: skip
    one = found(members=PAIR, supplies=supplies)["reciprocity"]
    assert (one.values["percent"], one.level) == (percent, level)


def test_without_figures_services_are_counted():
    supplies = (Supply(provider="A", receiver="B", service="x", requests=5),
                Supply(provider="B", receiver="A", service="y"))  # fmt: skip
    one = found(members=PAIR, supplies=supplies)["reciprocity"]
    assert (one.values["state"], one.values["percent"]) == ("services", 0)


@pytest.mark.parametrize(
    ("key", "level", "evidence"),
    [
        ("aims", "warning", {"near_aims": 2, "far_aims": 0}),
        ("aims", "sound", {"near_aims": 1, "far_aims": 1}),
        ("aims", "unknown", {}),
        ("saving", "sound", {}),
        ("saving", "warning", {"saving_pence": 1, "saving_measured": False}),
        ("services", "warning", {"members": (Member(name="A", services=("x",)), Member(name="B", services=("y",)))}),
        ("systems", "sound", {"systems_apart": 0}),
        ("systems", "warning", {"systems_apart": 2, "systems_given_up": 0}),
        ("systems", "sound", {"systems_apart": 2, "systems_given_up": 1}),
        ("size", "sound", {"members": (Member(name="A", homes=4000), Member(name="B", homes=1000))}),
        ("size", "warning", {"members": (Member(name="A", homes=4001), Member(name="B", homes=1000))}),
        ("model", "warning", {"model": "joint-venture"}),
        ("model", "sound", {"model": "joint-committee"}),
        ("treatment", "warning", {"model": "public-company"}),
        ("notice", "sound", {"notice_months": 12}),
        ("notice", "warning", {"notice_months": 13}),
        ("leaving", "sound", {"leaving_pence": 0}),
        ("leaving", "warning", {}),
        ("interests", "warning", {"members": PAIR, "declared": 1}),
        ("powers", "warning", {"powers": 0}),
    ],
)
def test_each_question_is_answered_by_its_evidence(key, level, evidence):
    assert found(**evidence)[key].level == level


def test_demand_is_compared_by_homes():
    """60 requests of 1,000 homes against 10: six times as often, where three is the limit."""
    members = (Member(name="A", homes=1000, requests={"x": 60}), Member(name="B", homes=2000, requests={"x": 20}))
    one = found(members=members, supplies=(Supply(provider="A", receiver="B", service="x"),))["demand"]
    assert (one.level, one.values["most"], one.values["least"]) == ("warning", 60, 10)


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("case", [*PUBLISHED, *HEALTHY], ids=lambda case: case.slug)
def test_every_finding_is_told_with_its_figures_and_what_would_change_it(case, lang):
    for one in fit(case.evidence, LIMITS):
        said = told(one, lang)
        assert not re.search(r"[{}]", "".join(said.values())), said
        assert all(said.values())
        assert question(one.question, lang)


def test_the_words_cover_every_finding_and_every_level():
    assert set(words()["findings"]) == set(QUESTIONS)


def test_the_sentence_counts_and_scores_nothing():
    said = sentence(fit(Evidence(notice_months=15), LIMITS))
    assert said == "Fit test: 4 warnings, 9 not on record, of 14 things asked."
    assert sentence(fit(HEALTHY[0].evidence, LIMITS), "cy").startswith("Prawf addasrwydd: 0 rhybudd")


@pytest.mark.parametrize("file", ["thresholds.yaml", "savings_thresholds.yaml"])
def test_thresholds_say_what_they_decide_in_both_languages_and_never_a_code(file):
    for one in thresholds(date(2026, 11, 22), file).values():
        english, welsh = one.told(), one.told("cy")
        assert str(one.value) in english, one.key
        assert str(one.value) in welsh, one.key
        assert english != welsh, one.key
        assert not english.startswith(f"{one.key}:"), one.key


def test_a_threshold_counts_from_its_day_with_why_and_who_says_so():
    assert LIMITS["notice"].told() == (
        "Notice to leave warns above 12 months. A budget is set for a year: who must wait longer cannot act on it. "
        "(This platform's own setting; oneSource asked for 15 months)"
    )
