"""What becomes of staff: each figure by hand, and what was published elsewhere."""

import pytest

from moothall.appraisal.rules import page, report, values
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.reading import check
from moothall.appraisal.rules.workforce import people
from moothall.appraisal.tests.small import given, small

GOING = {
    "posts": "posts",
    "leavers": "leavers",
    "unreplaced_years": 1.5,
    "moves": "transfer",
    "redundant": [0, 10, 0],
    "redeployed": [4, 0, 0],
    "retrained": [6, 0, 0],
    "recruited": [0, 0, 2],
    "lesser_terms": True,
    "pension": "a lesser one for new starters",
    "leaves_region": "away",
    "found_elsewhere": "found",
    "source": "Draft contract",
}


def staffed(posts=100, **more):
    data = small()
    data["inputs"] |= {
        "posts": given(posts, "Posts", "posts"),
        "leavers": given(0.1, "Leavers", "share"),
        "away": given(0.25, "Moved away", "share"),
        "found": given(0.4, "Found elsewhere", "share"),
    }
    data["options"]["in-house"]["workforce"] = GOING | more
    return data


def of(data):
    case = check(data)
    return people(case, "in-house", values.sober(case))


def test_posts_are_what_one_gets_by_hand():
    """100, less 100 x 0.1 x 1.5 not replaced, less 4 redeployed: 81; less 10: 71; two recruited: 73."""
    found = of(staffed())

    assert found.unreplaced == pytest.approx(15)
    assert found.posts.tolist() == pytest.approx([81, 71, 73])


def test_jobs_lost_and_left_in_the_region_are_what_one_gets_by_hand():
    """Lost 100 - 73 - 4 redeployed + a quarter of 73 moved away: 41.25; four in ten find work: 24.75 fewer jobs."""
    found = of(staffed())

    assert found.leave_region == pytest.approx(18.25)
    assert found.lost == pytest.approx(41.25)
    assert found.lost_share == pytest.approx(0.4125)
    assert found.net_jobs == pytest.approx(-24.75)


def test_new_starters_on_lesser_terms_become_more_each_year():
    """One in ten is replaced each year: 10 %, 19 %, 27.1 %."""
    assert of(staffed()).lesser_terms.tolist() == pytest.approx([0.1, 0.19, 0.271])
    assert of(staffed(lesser_terms=False)).lesser_terms.tolist() == [0, 0, 0]


def test_what_others_lost_stands_beside_a_transfer_and_nowhere_else():
    assert of(staffed()).others_lost == pytest.approx((25, 42.2))
    assert of(staffed(moves="secondment")).others_lost is None


def test_middlesbrough_s_figures_are_as_published():
    """1,046 transferred, 605 four years on: 441, 42.2 %."""
    data = staffed(1046, unreplaced_years=0, redundant=[441, 0, 0], redeployed=[0, 0, 0], recruited=[0, 0, 0])
    data["inputs"]["away"]["value"] = 0

    found = of(data)

    assert found.posts[-1] == 605
    assert found.lost == 441
    assert round(100 * found.lost_share, 1) == 42.2
    assert fact("classes")["transferred-jobs-lost"]["range"][1] == 0.422


def test_why_525_to_630_is_42_per_cent_and_not_42_point_2():
    """At 42.2 % of 1,250 to 1,500 staff 527.5 to 633 jobs go; the published 525 to 630 are 42.0 %."""
    assert [of(staffed(posts)).others_lost[1] for posts in (1250, 1500)] == pytest.approx([527.5, 633.0])
    assert [525 / 1250, 630 / 1500] == [0.42, 0.42]


def test_a_year_without_a_figure_is_refused():
    with pytest.raises(CaseRefused, match=r"in-house: workforce\.redundant"):
        of(staffed(redundant=[0, 10]))


def test_an_input_nobody_filed_is_refused():
    with pytest.raises(CaseRefused, match=r"in-house: workforce\.leavers"):
        of(staffed(leavers="nobody"))


def test_the_page_shows_posts_and_what_others_lost():
    text = page.as_html(report.appraise(check(staffed()))).decode()

    assert "41.2 (41.2%)" in text
    assert "Others who transferred staff lost 25 to 42 of so many posts" in text
