"""Licences by hand: their days, their measures, their papers."""

import datetime as dt

import pytest

from moothall.functions.licensing import rules
from moothall.functions.licensing.rules import LODGED, REVOCATION, SUSPENSION, Standing

DAY = dt.date(2026, 11, 23)
TOLD = {
    "prefix": "V", "months": 12, "holder": "owner", "law": "an Act", "grounds": {"unfit": {}, "inspection": {}},
    "court": {"en": "the court", "cy": "y llys"}, "shows": {"owner": {}}, "immediate": ("inspection",),
    "mend_months": 2, "task": "of no concern",
}  # fmt: skip


def test_terms_take_what_is_of_a_licence_and_leave_the_rest():
    assert rules.terms(TOLD).months == 12


@pytest.mark.parametrize("word", ["prefix", "months", "holder", "law", "grounds", "court", "shows"])
def test_a_definition_that_says_too_little_of_its_licence_is_named(word):
    with pytest.raises(rules.WrongTerms, match=word):
        rules.terms({key: value for key, value in TOLD.items() if key != word})


def test_a_ground_or_an_entry_that_is_not_there_is_named():
    with pytest.raises(rules.WrongTerms, match="fire"):
        rules.terms(TOLD | {"immediate": ("fire",)})
    with pytest.raises(rules.WrongTerms, match="age"):
        rules.terms(TOLD | {"register": ("age",)})


def test_a_licence_lasts_to_the_day_before_its_day_comes_again():
    assert rules.period(dt.date(2026, 2, 28), 12)[1] == dt.date(2027, 2, 27)
    assert rules.period(dt.date(2028, 2, 29), 12)[1] == dt.date(2029, 2, 27)


def test_a_renewal_loses_no_day_and_a_late_one_begins_today():
    assert rules.period(DAY, 12, DAY)[0] == DAY + dt.timedelta(days=1)
    assert rules.period(DAY, 12, DAY - dt.timedelta(days=1))[0] == DAY


def test_a_notice_counts_on_the_day_after_the_twenty_first():
    days = rules.days_of(DAY, "unfit", rules.terms(TOLD))
    assert (days.appeal_by, days.takes_effect, days.mend_by) == (dt.date(2026, 12, 14), dt.date(2026, 12, 15), None)


def test_what_an_officer_finds_on_inspection_counts_at_once_and_has_two_months():
    days = rules.days_of(DAY, "inspection", rules.terms(TOLD))
    assert (days.takes_effect, days.mend_by) == (DAY, dt.date(2027, 1, 23))


WAITS = Standing(SUSPENSION, takes_effect=DAY)
RUNS = Standing(SUSPENSION, in_effect=True, takes_effect=DAY, until=DAY)


@pytest.mark.parametrize(
    ("measure", "days", "does"),
    [
        (WAITS, -1, ""),
        (WAITS, 0, "begin"),
        (Standing(SUSPENSION, takes_effect=DAY, appeal=LODGED), 100, ""),
        (RUNS, 0, ""),
        (RUNS, 1, "end"),
        (Standing(SUSPENSION, in_effect=True, mend_by=DAY), 0, ""),
        (Standing(SUSPENSION, in_effect=True, mend_by=DAY), 1, "revoke"),
        (Standing(SUSPENSION, in_effect=True, mend_by=DAY, appeal=LODGED), 1, ""),
        (Standing(REVOCATION, in_effect=True), 900, ""),
        (Standing(SUSPENSION, ended=True, takes_effect=DAY), 5, ""),
    ],
)
def test_a_day_moves_a_measure(measure, days, does):
    assert rules.move(measure, DAY + dt.timedelta(days=days)) == does


def test_a_revocation_outweighs_a_suspension_and_nothing_brings_back_what_is_over():
    both = [Standing(SUSPENSION, in_effect=True), Standing(REVOCATION, in_effect=True)]
    assert rules.state_of(rules.IN_FORCE, both) == rules.REVOKED
    assert rules.state_of(rules.SURRENDERED, []) == rules.SURRENDERED
    assert rules.state_of(rules.EXPIRED, both) == rules.EXPIRED


def test_a_missed_reminder_is_made_up_for_and_none_goes_twice():
    ends = DAY + dt.timedelta(days=20)
    assert rules.reminder_due(ends, DAY, []) == 28
    assert rules.reminder_due(ends, DAY, [28]) is None
    assert rules.reminder_due(ends, ends - dt.timedelta(days=7), [28]) == 7
    assert rules.reminder_due(ends, ends + dt.timedelta(days=1), []) is None
    assert rules.reminder_due(ends, ends - dt.timedelta(days=57), []) is None


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {"mot", "book"}),
        ({"mot": {"finding": "missing"}, "book": {"finding": "seen"}}, {"mot"}),
        ({"mot": {"finding": "seen", "expires": None}, "book": {"finding": "seen"}}, {"mot"}),
        ({"mot": {"finding": "seen", "expires": dt.date(2026, 11, 22)}, "book": {"finding": "seen"}}, {"mot"}),
        ({"mot": {"finding": "seen", "expires": DAY}, "book": {"finding": "seen"}}, set()),
        ({"mot": {"finding": "not-needed"}, "book": {"finding": "not-needed"}}, set()),
    ],
)
def test_a_check_is_passed_when_every_paper_is_seen_and_holds(said, wrong):
    assert set(rules.check_problems({"mot": True, "book": False}, said, DAY)) == wrong
