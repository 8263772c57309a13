"""What may be published of small counts, and how the finding is worded."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.scrutiny.rules.figures import FEWEST, Row, are_thin, by_quarter, every_month, publish, sentence

JUNE = dt.date(2026, 6, 1)


def rows(*counts):
    return [Row(dt.date(2026, n + 1, 1), kept, missed) for n, (kept, missed) in enumerate(counts)]


def test_ordinary_counts_are_published_as_they_are():
    shown = publish(rows((87, 13), (80, 20)))

    assert [(r.total, r.kept, r.missed) for r in shown] == [(100, 87, 13), (100, 80, 20)]


def test_a_month_of_fewer_than_five_is_withheld_with_the_smallest_other_month():
    shown = publish(rows((3, 1), (80, 20), (30, 10)))

    assert [r.withheld for r in shown] == [True, False, True]


def test_one_to_four_misses_are_not_given_away_by_the_kept():
    (shown,) = publish(rows((38, 2)))

    assert (shown.total, shown.kept, shown.missed, shown.at_least) == (40, None, None, 36)


def test_average_days_are_of_five_or_more_that_ended_and_withheld_with_their_row():
    shown = publish([
        Row(JUNE, 90, 0, 30, 840, 600), Row(JUNE.replace(month=7), 60, 0, 4, 112, 80),
        Row(JUNE.replace(month=8), 40, 0, 20, 560, 90), Row(JUNE.replace(month=9), 4, 0, 9, 252, 90),
    ])  # fmt: skip
    assert [row.days for row in shown] == [(280, 200), None, None, None]
    (quarter,) = by_quarter([Row(dt.date(2026, month, 1), 3, 0, 3, 84, 30) for month in (4, 5, 6)])
    assert publish([quarter])[0].days == (280, 100)


def test_nought_is_nobody_and_is_published():
    (shown,) = publish(rows((40, 0)))

    assert (shown.kept, shown.missed) == (40, 0)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_count_of_one_to_four_can_be_read_or_worked_out(counts):
    shown = publish(rows(*counts))
    true = rows(*counts)

    for row, published in zip(true, shown, strict=True):
        for value in (published.total, published.kept, published.missed):
            assert value is None or value == 0 or value >= FEWEST
        if published.total is not None:
            assert (published.kept is None) == (published.missed is None)
        if published.at_least is not None:
            assert published.at_least <= row.kept
    hidden = [row for row, published in zip(true, shown, strict=True) if published.withheld]
    assert len(hidden) != 1 or sum(1 for row in true if row.total) == 1


def test_a_year_has_twelve_months_and_thin_months_become_quarters():
    year = every_month(rows((3, 0), (4, 1), (5, 0)), dt.date(2026, 12, 31))

    assert len(year) == 12
    assert are_thin(year)
    assert [(q.start.month, q.kept, q.missed) for q in by_quarter(year)] == [
        (1, 12, 1),
        (4, 0, 0),
        (7, 0, 0),
        (10, 0, 0),
    ]


def test_the_sentence_says_a_fall_as_plainly_as_a_rise():
    assert sentence("Potholes", publish(rows((80, 20), (60, 40)))) == (
        "Potholes: 60 of 100 promises kept in February 2026, 20 fewer than in January 2026."
    )
