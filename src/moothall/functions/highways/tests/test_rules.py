from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.functions.highways import rules
from moothall.functions.highways.rules import Point, Response

COUNTY = {
    "bands": [
        {"at_least": 12, "risk": "high", "days": 2},
        {"at_least": 6, "risk": "medium", "days": 28},
        {"at_least": 1, "risk": "low", "days": None},
    ]
}


def test_a_report_fifteen_metres_away_joins_and_sixteen_does_not():
    assert rules.joins(Point(0, 15), {"hole": Point(0, 0)}) == "hole"
    assert rules.joins(Point(0, 16), {"hole": Point(0, 0)}) is None


def test_a_report_joins_the_nearest_of_two_holes():
    assert rules.joins(Point(0, 0), {"a": Point(10, 0), "b": Point(0, 4)}) == "b"


def test_reports_do_not_creep_along_the_road():
    """Three neighbours 10 m apart: the third is 20 m from where the first report put the hole."""
    first = {"hole": Point(0, 0)}
    assert rules.joins(Point(10, 0), first) == "hole"
    assert rules.joins(Point(20, 0), first) is None


def test_a_bent_street_keeps_its_bends():
    cut = rules.pieces([(0, 0), (30, 0), (30, 30)], longest=40)
    assert [(p.start, p.end) for p in cut] == [(0, 30), (30, 60)]
    assert cut[1].points == ((30.0, 0.0), (30.0, 30.0))


@given(
    st.lists(
        st.tuples(st.integers(0, 2000), st.integers(0, 2000)),
        min_size=2,
        max_size=8,
        unique=True,
    )
)
def test_pieces_cover_the_street_without_gap_or_overlap(line):
    cut = rules.pieces(line)
    assert cut[0].start == 0
    assert all(a.end == b.start for a, b in pairwise(cut))
    assert cut[-1].end == round(rules.length(line))
    assert all(p.end - p.start <= rules.SEGMENT_METRES + 1 for p in cut)
    assert abs(sum(rules.length(p.points) for p in cut) - rules.length(line)) < 1


def test_a_place_belongs_to_the_segment_it_lies_on_or_to_none():
    lines = {"north": [(0, 0), (0, 50)], "east": [(0, 0), (50, 0)]}
    assert rules.segment_of(Point(3, 40), lines) == "north"
    assert rules.segment_of(Point(40, 3), lines) == "east"
    assert rules.segment_of(Point(300, 300), lines) is None


@pytest.mark.parametrize(
    ("impact", "likelihood", "risk", "days"),
    [
        (4, 4, "high", 2),
        (3, 4, "high", 2),
        (3, 3, "medium", 28),
        (2, 3, "medium", 28),
        (1, 4, "low", None),
        (2, 2, "low", None),
        (1, 1, "low", None),
    ],
)
def test_the_matrix_answers_as_the_county_wrote_it(impact, likelihood, risk, days):
    scheme = rules.scheme_from(COUNTY, date(2026, 4, 1), "Marchshire highway safety policy 2026, table 3")
    assert scheme.respond(impact, likelihood) == Response(risk, days)


def test_a_matrix_that_leaves_a_score_unanswered_is_refused():
    with pytest.raises(ValueError, match="no answer"):
        rules.scheme_from({"bands": COUNTY["bands"][:2]}, date(2026, 4, 1), "policy")


def test_an_impact_outside_one_to_four_is_refused():
    scheme = rules.scheme_from(COUNTY, date(2026, 4, 1), "policy")
    with pytest.raises(ValueError):
        scheme.respond(5, 1)


def test_a_high_risk_is_mended_within_two_days_and_a_low_one_only_recorded():
    found = datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert rules.mend_by(found, Response("high", 2)) == found + timedelta(days=2)
    assert rules.mend_by(found, Response("low", None)) is None


def test_a_crew_goes_to_the_overdue_job_before_the_nearer_one():
    now = datetime(2026, 5, 1, 10, tzinfo=UTC)
    jobs = [
        ("near", Point(1, 0), now + timedelta(days=1)),
        ("late", Point(900, 0), now - timedelta(hours=1)),
        ("far", Point(500, 0), None),
    ]
    assert rules.nearest_first(Point(0, 0), jobs, now) == ["late", "near", "far"]


def test_a_checked_defect_is_finished_and_a_failed_check_reopens_the_repair():
    assert not rules.may_follow("checked", "inspected")
    assert rules.may_follow("repaired", "inspected")
