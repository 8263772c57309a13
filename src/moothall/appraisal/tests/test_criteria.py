"""Criteria: scales that stay where they are, weights of many, and no order that turns when an option comes or goes."""

import numpy as np
import pytest

from moothall.appraisal.rules import criteria
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.criteria_case import Criteria, Scale
from moothall.appraisal.rules.reading import check
from moothall.appraisal.rules.sealing import fingerprint
from moothall.appraisal.tests.small import small

SCALES = {
    "speed": {
        "what": "Days to decide",
        "nought": "60",
        "hundred": "10",
        "unit": "days",
        "anchors": [[10, 100], [60, 0]],
    },
    "say": {"what": "Say of users", "nought": "Nobody is asked", "hundred": "Users decide with members"},
}
WEIGHTS = {
    "council": {"who": "The council", "on": "2026-10-01", "swings": {"speed": 100, "say": 50}},
    "union": {"who": "The union", "on": "2026-10-02", "swings": {"speed": 20, "say": 100}},
}


def score(figure, on="2026-11-01"):
    return {"figure": figure, "why": "As measured", "source": "Trial", "author": "Head of service", "on": on}


def written(**more):
    scores = {
        "now": {"speed": score(35), "say": score(80)},
        "in-house": {"speed": score(15), "say": score(40)},
    }
    found = {"scales": SCALES, "weights": WEIGHTS, "scores": scores} | more
    seal = {"on": "2026-10-15", "who": "Scrutiny committee", "hash": "?"}
    sealed = {"scales": found["scales"], "weights": found["weights"], "scores": {}, "seal": seal}
    seal["hash"] = fingerprint(Criteria.model_validate(sealed))
    return {"seal": seal} | found


def judged(**more):
    return criteria.judged(check(small(criteria=written(**more))))


def test_totals_are_what_one_gets_by_hand():
    """Speed: 35 days is 50, 15 days is 90. Council, two thirds speed: 50 x 2/3 + 80 / 3 = 60; in house 73.33."""
    found = judged()["as sealed"].sets["council"]

    assert found.totals == pytest.approx({"now": 60, "in-house": 220 / 3})
    assert found.order == ("in-house", "now")
    assert judged()["as sealed"].sets["union"].order == ("now", "in-house")


def test_the_smallest_change_of_weights_is_what_one_gets_by_hand():
    """In house leads by 40 on speed and lags by 40 on say: a gap of 13.33 closes at 80 a point moved, a sixth."""
    shift = judged()["as sealed"].sets["council"].shift

    assert shift.winner == "now"
    assert shift.moved == pytest.approx(1 / 6)
    assert shift.moves == (("speed", "say", pytest.approx(1 / 6)),)


def test_no_smaller_change_of_weights_changes_the_winner():
    dice = np.random.default_rng(5)
    for _trial in range(200):
        table, weights = dice.uniform(0, 100, (4, 5)), dice.dirichlet(np.ones(5))
        options, names = list("abcd"), list("vwxyz")
        before = criteria.weighed(table, weights, options, names)
        if before.shift is None:
            continue
        moved = weights.copy()
        for source, target, part in before.shift.moves:
            moved[names.index(source)] -= part
            moved[names.index(target)] += part
        totals = table @ moved
        assert totals[options.index(before.shift.winner)] == pytest.approx(totals[options.index(before.order[0])])
        for _other in range(50):  # any change of nine tenths of that size leaves the winner where it is
            step = dice.normal(size=5)
            step -= step.mean()
            step *= 0.9 * before.shift.moved / np.abs(step).sum() * 2
            if (weights + step).min() >= 0:
                assert options[int((table @ (weights + step)).argmax())] == before.order[0]


def test_acceptability_is_the_share_of_weights():
    """In house wins where 40 x speed > 40 x say, half of all weights."""
    found = judged()["as sealed"].acceptability

    assert found["in-house"] == pytest.approx((0.5, 0.5), abs=0.001)
    assert sum(found["now"]) == pytest.approx(1)


def test_an_option_better_on_everything_is_first_under_all_weights():
    table = np.array([[90.0, 80, 70], [50, 60, 40]])

    found = criteria.acceptability(table, ["good", "bad"], 1)

    assert found["good"] == (1.0, 0.0)
    assert criteria.smallest_shift(table, np.ones(3) / 3, ["good", "bad"], list("abc"), "good") is None


def test_no_order_turns_in_ten_thousand_trials_of_taking_away_and_doubling():
    dice = np.random.default_rng(11)
    names = list("vwxyz")
    for _trial in range(5000):
        count = int(dice.integers(3, 7))
        table, weights = dice.uniform(0, 100, (count, 5)), dice.dirichlet(np.ones(5))
        options = [f"option {number}" for number in range(count)]
        order = [options[i] for i in np.argsort(-(table @ weights).round(9), kind="stable")]
        gone = int(dice.integers(count))
        rest = [i for i in range(count) if i != gone]
        fewer = criteria.weighed(table[rest], weights, [options[i] for i in rest], names).order
        assert list(fewer) == [name for name in order if name != options[gone]]
        more = criteria.weighed(np.vstack([table, table[gone]]), weights, [*options, "twin"], names).order
        assert [name for name in more if name != "twin"] == order


def test_a_score_from_before_the_seal_is_refused():
    scores = written()["scores"] | {"now": {"speed": score(35, on="2026-10-14"), "say": score(80)}}

    with pytest.raises(CaseRefused, match="before the scales were sealed"):
        judged(scores=scores)


def test_a_scale_changed_after_the_seal_is_refused_with_the_way_to_do_it():
    data = small(criteria=written())
    data["criteria"]["scales"]["say"]["hundred"] = "Users are asked once"

    with pytest.raises(CaseRefused, match="the change under amendments"):
        check(data)


def test_a_later_change_shows_the_result_under_both():
    change = {
        "on": "2026-11-10",
        "who": "Scrutiny committee",
        "why": "Users asked that their say count as much as speed",
        "weights": {"council": WEIGHTS["council"] | {"swings": {"speed": 50, "say": 100}}},
    }

    found = judged(amendments=[change])

    assert found["as sealed"].sets["council"].order == ("in-house", "now")
    assert found["as amended on 2026-11-10 by Scrutiny committee"].sets["council"].order == ("now", "in-house")


def test_a_proposal_without_a_reasoned_reply_is_refused():
    asked = {"who": "The union", "on": "2026-10-03", "asks": "Count two-tier pay", "reply": "No."}

    with pytest.raises(CaseRefused, match=r"criteria\.proposals\.0\.reply"):
        judged(proposals=[asked])


def test_every_option_is_scored_on_every_criterion():
    scores = written()["scores"]
    del scores["now"]["say"]

    with pytest.raises(CaseRefused, match=r"now: criteria\.scores\.say"):
        judged(scores=scores)


def test_a_figure_off_the_scale_is_refused_rather_than_bent():
    scores = written()["scores"] | {"now": {"speed": score(75), "say": score(80)}}

    with pytest.raises(CaseRefused, match="outside the scale"):
        judged(scores=scores)


def test_swing_weights_give_a_hundred_to_what_matters_most():
    weights = {"council": WEIGHTS["council"] | {"swings": {"speed": 80, "say": 50}}}

    with pytest.raises(CaseRefused, match="counts 100"):
        judged(weights=weights)


def test_a_scale_in_words_keeps_its_figure():
    assert criteria.value(Scale.model_validate(SCALES["say"]), 40) == 40
