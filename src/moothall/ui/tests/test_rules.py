"""What may be read, and how days are said."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.ui import rules

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"{number:06x}")


def test_black_on_white_has_the_greatest_contrast_there_is():
    assert rules.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_contrast_is_that_of_the_standard_s_own_example():
    """#767676 is the lightest grey that passes on white (WCAG 2.2, technique G18)."""
    assert rules.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert rules.contrast("#777777", "#ffffff") < 4.5


@given(colours, colours)
def test_every_theme_that_is_let_through_can_be_read(colour, accent):
    if not rules.is_readable_theme(colour, accent):
        with pytest.raises(ValueError):
            rules.theme(colour, accent)
        return
    theme = rules.theme(colour, accent)
    assert rules.contrast(theme["--mh-brand"], "#ffffff") >= 4.5
    assert rules.contrast(theme["--govuk-link-colour"], "#ffffff") >= 4.5
    assert rules.contrast(theme["--mh-mark"], theme["--mh-brand"]) >= 3


@pytest.mark.parametrize("bad", ["", "fff", "12345g", "1d4f5f;}", "#1d4f5f"])
def test_what_is_no_colour_is_refused(bad):
    assert not rules.is_readable_theme(bad, "e3a62f")
    with pytest.raises(ValueError, match="is not a colour"):
        rules.theme(bad, "e3a62f")


def test_our_own_theme_is_readable():
    assert rules.is_readable_theme(*rules.OWN_THEME)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 24, 17, 0, tzinfo=UTC), "5pm"),
        (datetime(2026, 7, 24, 17, 30, tzinfo=UTC), "6:30pm"),  # London is an hour ahead in summer
        (time(12, 0), "midday"),
        (time(0, 5), "12:05am"),
        (time(23, 59, 59), "midnight"),
    ],
)
def test_times_are_said_as_people_say_them_in_london(moment, words):
    assert rules.time_words(moment) == words


def test_a_summer_night_belongs_to_the_day_it_is_in_london():
    assert rules.day_words(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "Wednesday 1 July"


def test_the_year_is_said_only_when_it_is_another():
    assert rules.day_words(date(2027, 1, 4), today=AT) == "Monday 4 January 2027"
    assert rules.day_words(date(2026, 12, 4), today=AT) == "Friday 4 December"


def test_a_deadline_at_the_end_of_a_day_has_no_time():
    end = datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC)
    assert rules.by_words(end) == "by Tuesday 24 November"
    assert rules.by_words(end.replace(hour=17, minute=0)) == "by 5pm on Tuesday 24 November"
    assert rules.by_words(date(2026, 11, 24), "cy") == "erbyn dydd Mawrth 24 Tachwedd"


@pytest.mark.parametrize(
    ("hours", "words", "pressing"),
    [
        (-60, "3 days late", "late"),
        (-24, "1 day late", "late"),
        (-2, "Late since 8:30am", "late"),
        (3, "Today by 1:30pm", "soon"),
        (24, "Tomorrow", "soon"),
        (120, "Friday 27 November", ""),
    ],
)
def test_a_queue_says_when_work_is_due(hours, words, pressing):
    assert rules.due_words(AT + timedelta(hours=hours), AT) == (words, pressing)


def test_work_without_a_date_says_so():
    assert rules.due_words(None, AT) == ("No date", "")


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "yesterday"), (5, "5 days ago"), (35, "5 weeks ago"), (420, "14 months ago")],
)
def test_how_long_ago(days, words):
    assert rules.since_words(AT - timedelta(days=days), AT) == words
