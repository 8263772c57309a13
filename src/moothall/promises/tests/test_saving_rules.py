"""The rules of savings, on figures that an officer could check by hand: states, sums, the tests, and what warns."""

import datetime as dt
from itertools import product

import pytest

from moothall.promises.rules import nao, slipping, told
from moothall.promises.rules.savings import (
    FOLLOWS,
    NEEDS,
    Amount,
    Base,
    Part,
    Total,
    Written,
    Year,
    divided,
    for_days,
    leaves,
    may_follow,
    missing,
    totals,
)
from moothall.promises.rules.thresholds import thresholds
from moothall.ui.rules import date_words

Y25, Y26 = dt.date(2025, 4, 1), dt.date(2026, 4, 1)
ON = dt.date(2026, 11, 22)
LIMITS = thresholds(ON, "savings_thresholds.yaml")
ALL = Written("promised", False, True, "cause", "quality", "Ada", True, 1, True, True)


@pytest.mark.parametrize(
    ("lacks", "state", "need"),
    [
        ({"has_owner": False}, "proposed", "owner"),
        ({"cause": ""}, "proposed", "cause"),
        ({"quality": ""}, "proposed", "quality"),
        ({"baselines": 0}, "proposed", "baseline"),
        ({"figures": False}, "proposed", "figures"),
        ({"councillor": ""}, "approved", "councillor"),
        ({"chosen": False}, "approved", "chosen"),
        ({"has_owner": False}, "implemented", "owner"),
        ({"has_owner": False}, "realised", "owner"),
    ],
)
def test_each_state_names_what_it_still_needs(lacks, state, need):
    assert missing(Written(**(vars(ALL) | lacks)), state) == (need,)
    assert missing(ALL, state) == ()
    assert need in told.words()["needs"]


def test_a_benefit_that_is_no_money_needs_no_baseline():
    bare = Written(**(vars(ALL) | {"baselines": 0, "chosen": False, "is_money": False}))
    assert [missing(bare, state) for state in NEEDS] == [(), (), (), ()]


def test_only_the_next_state_may_follow_and_nothing_while_it_is_blocked_but_giving_up():
    allowed = {(one, two) for one, two in product(FOLLOWS, FOLLOWS) if may_follow(one, False, two)}
    assert allowed == {
        ("promised", "proposed"), ("proposed", "approved"), ("approved", "implemented"), ("promised", "given-up"),
        ("proposed", "given-up"), ("approved", "given-up"), ("implemented", "given-up"),
    }  # fmt: skip
    assert {two for one, two in allowed if may_follow(one, True, two)} == {"given-up"}


def test_a_net_cost_is_negative_and_stays_so_in_every_sum():
    loss = Year(Y26, promised=Amount(10_000, 0), realised=Amount(2_000, 5_500), verified=-4_000)
    gain = Year(Y26, promised=Amount(6_000, 1_000), realised=Amount(5_000, 0), verified=3_000)
    assert (loss.realised.net, loss.unverified) == (-3_500, 500)
    (total,) = totals([loss, gain])
    assert (total.promised, total.realised, total.verified, total.unverified) == (15_000, 1_500, -1_000, 2_500)


def test_parts_add_up_to_the_penny_and_say_what_leaves_the_area():
    parts = (Part("Ashby", 34, 2), Part("Borley", 33, 3), Part("A firm", 33))
    for pence in (100, -100, 1, 0, 99_999):
        assert sum(amount for _, amount in divided(pence, parts)) == pence
    assert leaves(10_000, parts) == 3_300
    assert leaves(10_000, parts[:2]) == 0


def test_a_year_s_baseline_falls_on_its_months_without_losing_a_penny():
    months = [dt.date(2026, m, 1) for m in range(4, 13)] + [dt.date(2027, m, 1) for m in (1, 2, 3)]
    ends = [later - dt.timedelta(days=1) for later in [*months[1:], dt.date(2027, 4, 1)]]
    assert sum(for_days(999_999, first, last) for first, last in zip(months, ends, strict=True)) == 999_999


def known(**changes):
    bases = (Base("Finance", 600_000, Y26, "Budget book", True),)
    years = (Year(Y26, promised=Amount(90_000, 5_000), realised=Amount(60_000, 5_000), verified=55_000),)
    sound = {
        "kind": "cash", "years": years, "baselines": bases, "cause": "One lorry less", "quality": "Under 40",
        "kept_before": (90, 100), "kept_after": (88, 100),
    }  # fmt: skip
    return nao.Known(**sound | changes)


def test_a_saving_that_passes_every_test_is_green():
    judged = nao.judge(known(), LIMITS)
    assert nao.colour(judged) == "green", [one for one in judged if one.level != "pass"]
    assert tuple(one.key for one in judged) == nao.TESTS
    assert told.reason(judged[-1]) == "Yes: £550, to the penny."


PARTLY = Year(Y26, realised=Amount(900, 100), verified=500)
TWO = (Base("Finance", 600_000, Y26, "Budget book"), Base("Union", 500_000, Y26, "Payroll"))


@pytest.mark.parametrize(
    ("change", "key", "level", "says"),
    [
        ({"years": ()}, "net", "fail", "No figure is stated for any year."),
        ({"years": (Year(Y26, realised=Amount(9, 0), verified=9),)}, "net", "doubt", "It is said to cost nothing"),
        ({"baselines": ()}, "baseline", "fail", "Nobody has said what it would have cost without it."),
        ({"baselines": TWO}, "baseline", "doubt", "2 baselines are stated"),
        ({"recharged": 12_050}, "elsewhere", "fail", "£120.50 of the entries behind it are what partners charge"),
        ({"kept_after": (84, 100)}, "quality", "fail", "Worse: 90 % of the service's promises were kept before, 84 %"),
        ({"kept_before": None}, "quality", "doubt", "too few promises fell due"),
        ({"kept_before": None, "quality": ""}, "quality", "doubt", "Nobody has said what must not get worse"),
        ({"kind": "avoided"}, "cash", "doubt", "No: it avoids a cost that was in no budget."),
        ({"cause": ""}, "cause", "fail", "Nobody has said what brings it about."),
        ({"others": ("BOR-S1",)}, "once", "fail", "BOR-S1 is counted in the same service and years, and nobody"),
        ({"years": (Year(Y26, realised=Amount(9, 1)),)}, "ledger", "doubt", "No: it is reported by its owner"),
        ({"years": (Year(Y26, promised=Amount(9, 1)),)}, "ledger", "doubt", "Not yet: nothing is reported."),
        ({"years": (PARTLY,)}, "ledger", "doubt", "£5 of it, to the penny; £3 more is reported"),
    ],
)  # fmt: skip
def test_each_test_fails_or_doubts_for_its_reason(change, key, level, says):
    judged = {one.key: one for one in nao.judge(known(**change), LIMITS)}
    assert (judged[key].level, says in told.reason(judged[key])) == (level, True), told.reason(judged[key])
    assert nao.colour(judged.values()) == ("red" if level == "fail" else "amber")


def test_a_fall_in_quality_within_the_threshold_is_none_and_a_reason_parts_two_savings():
    judged = {one.key: one for one in nao.judge(known(kept_after=(85, 100)), LIMITS)}
    assert judged["quality"].level == "pass"
    apart = {one.key: one for one in nao.judge(known(others=("BOR-S1",), differs="Fuel, not lorries"), LIMITS)}
    assert apart["once"].level == "pass"


def test_every_reason_and_alarm_is_said_in_welsh_with_the_same_gaps():
    gaps = lambda text: sorted(part.split("}")[0] for part in text.split("{")[1:])  # noqa: E731
    rows = [row for test in told.words()["tests"].values() for row in test.values()]
    rows += [row for name in ("states", "kinds", "colours", "levels", "alarms") for row in told.words()[name].values()]
    assert len(rows) > 50
    for row in rows:
        assert gaps(row["en"]) == gaps(row["cy"]), row


def standing(**changes):
    sound = {"state": "implemented", "has_owner": True, "starts": Y25, "reported": ON, "years": (), "is_money": True}
    return slipping.Standing(**sound | changes)


FELL = Year(Y25, promised=Amount(1_000_00, 0), approved=Amount(900_00, 0), realised=Amount(810_00, 0))
SHORT = Year(Y25, promised=Amount(900_00, 0), realised=Amount(809_99, 0))
COST = Year(Y25, promised=Amount(-100_00, 0), realised=Amount(0, 111_00))


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ({}, []),
        ({"has_owner": False}, ["owner"]),
        ({"state": "approved"}, ["late"]),
        ({"state": "promised", "starts": ON}, []),
        ({"state": "given-up", "has_owner": False}, []),
        ({"reported": ON - dt.timedelta(days=92)}, []),
        ({"reported": ON - dt.timedelta(days=93)}, ["report:2026-11-21"]),
        ({"years": (Year(Y25, promised=Amount(5, 0)),)}, ["silent:2025-26"]),
        ({"years": (Year(Y26, promised=Amount(5, 0)),)}, []),
        ({"years": (FELL,)}, []),
        ({"kept_before": (90, 100), "kept_after": (85, 100)}, []),
        ({"kept_before": (90, 100), "kept_after": (84, 100)}, ["worse:2026-27"]),
        ({"kept_before": (90, 100), "kept_after": None}, []),
        ({"kept_before": (90, 100), "kept_after": (9, 100), "state": "promised", "starts": ON}, []),
        ({"years": (SHORT,)}, ["short:2025-26"]),
        ({"years": (COST,)}, ["short:2025-26"]),
    ],
)
def test_it_warns_of_a_missing_report_a_slipping_promise_and_a_benefit_without_owner(change, keys):
    assert [alarm.key for alarm in slipping.alarms(standing(**change), ON, LIMITS)] == keys


def test_what_warns_is_said_with_its_figures():
    (short,) = slipping.alarms(standing(years=(SHORT,)), ON, LIMITS)
    assert told.alarm_words(short, date_words) == "£900 was expected in 2025-26, and £809.99 came."
    (worse,) = slipping.alarms(standing(kept_before=(90, 100), kept_after=(84, 100)), ON, LIMITS)
    assert told.alarm_words(worse, date_words) == "The service kept 90 % of its promises before, and 84 % since."
    (late,) = slipping.alarms(standing(state="approved"), ON, LIMITS)
    assert told.alarm_words(late, date_words) == "It was to begin on 1 April 2025 and is only approved."


LOST = Total(Y26, promised=5_00, realised=-2_00, verified=-3_00, counted=1)


@pytest.mark.parametrize(
    ("total", "says"),
    [
        (Total(Y26), "No saving of money was promised for 2026-27."),
        (Total(Y26, promised=5_00, counted=1), "£5 was promised for 2026-27. No ledger entry shows any of it yet."),
        (Total(Y26, promised=5_00, realised=2_00, verified=2_00, counted=1), "nothing more is reported."),
        (LOST, "-£2 is reported; ledger entries show -£3."),
    ],
)  # fmt: skip
def test_the_sentence_is_honest_whatever_came_of_it(total, says):
    assert told.sentence(total).endswith(says)
    assert told.sentence(total, "cy") != told.sentence(total)
