"""How a case moves on: what is ready, what is skipped, by when, and how it ends."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.catalogue.rules import flow
from moothall.catalogue.rules.steps import ENDED, Within
from moothall.catalogue.tests.test_shipped import DEFINITIONS
from moothall.core.clock import LONDON
from moothall.core.workdays import Calendar, england

POTHOLE = next(d for d in DEFINITIONS if d.id == "report-pothole")
GARDEN = next(d for d in DEFINITIONS if d.id == "garden-waste")
AT = dt.datetime(2026, 12, 23, 16, 0, tzinfo=LONDON)


def settle(definition, states, outputs=None, answers=None):
    return flow.settle(definition, states, flow.seen(definition, answers or {}, outputs or {}, states))


def test_at_first_only_what_follows_nothing_is_ready():
    assert settle(POTHOLE, {}) == {"inspect": "ready"}


def test_a_step_without_a_condition_is_skipped_when_all_it_follows_was():
    settled = settle(POTHOLE, {"inspect": "done"}, {"inspect": {"risk": "low"}})
    assert settled == {"repair": "skipped", "check": "skipped", "no_work": "ready"}


def test_a_step_that_was_refused_is_not_followed_by_what_needs_it():
    settled = settle(
        POTHOLE, {"inspect": "done", "repair": "refused", "no_work": "skipped"}, {"inspect": {"risk": "high"}}
    )
    assert settled == {"check": "skipped"}


def test_a_condition_alone_decides_even_after_a_skipped_step():
    fly = next(d for d in DEFINITIONS if d.id == "fly-tipping")
    settled = settle(
        fly, {"safe": "skipped", "clear": "skipped", "advise": "done"}, answers={"land": "private", "saw": True}
    )
    assert settled == {"investigate": "ready"}


def test_what_the_answers_decide_is_known_before_its_time():
    fly = next(d for d in DEFINITIONS if d.id == "fly-tipping")
    on_private_land = flow.seen(fly, {"land": "private"}, {}, {})
    assert flow.needed(fly, fly.steps["clear"], on_private_land) is False
    assert flow.needed(fly, fly.steps["advise"], on_private_land) is True
    assert flow.needed(fly, fly.steps["investigate"], on_private_land) is None


def test_what_the_answers_rule_out_however_earlier_work_ends_is_known_too():
    registrar = next(d for d in DEFINITIONS if d.id == "registrar-appointment")
    birth = flow.seen(registrar, {"what": "birth", "copies": 0}, {}, {})
    assert flow.needed(registrar, registrar.steps["confirm_ceremony"], birth) is False
    assert flow.needed(registrar, registrar.steps["confirm"], birth) is None
    unpaid = flow.seen(registrar, {"what": "birth", "copies": 0}, {"pay": {"paid": False}}, {"pay": "done"})
    assert flow.needed(registrar, registrar.steps["confirm"], unpaid) is False
    assert flow.needed(POTHOLE, POTHOLE.steps["repair"], flow.seen(POTHOLE, {}, {}, {})) is None


def test_an_amount_that_is_still_to_be_decided_may_be_anything():
    reduction = next(d for d in DEFINITIONS if d.id == "council-tax-reduction")
    guarded = flow.seen(reduction, {}, {}, {})
    later = [step for step in reduction.steps.values() if "decide.amount" in (step.when or "")]
    assert later
    assert all(flow.needed(reduction, step, guarded) is None for step in later)


def test_nothing_is_settled_while_what_it_follows_goes_on():
    assert settle(POTHOLE, {"inspect": "waiting"}) == {}


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_every_case_comes_to_an_end_whatever_its_steps_do(data):
    """Each step ends anyhow, with any outputs: the case is closed after at most as many rounds as steps."""
    definition = data.draw(st.sampled_from(DEFINITIONS))
    states, outputs, case = {}, {}, {"opened": "2026-11-20", "reopened": False}
    for _ in range(len(definition.steps) + 1):
        states |= flow.settle(definition, states, flow.seen(definition, {}, outputs, states, None, case))
        for name in [n for n, s in states.items() if s == "ready"]:
            states[name] = data.draw(st.sampled_from(["done", "refused", "failed"]))
            risk = data.draw(st.sampled_from(["high", "medium", "low", "none"]))
            outputs[name] = {"risk": risk, "paid": data.draw(st.booleans()), "verdict": "missed", "ends": "2027-03-15"}
    assert flow.ended(definition, states)
    assert set(states.values()) <= set(ENDED)
    guarded = flow.seen(definition, {}, outputs, states, None, case)
    assert flow.outcome(definition, guarded) in definition.outcomes


def test_a_reminder_does_not_keep_the_case_open():
    states = {"pay": "done", "subscribe": "done", "deliver": "skipped", "remind": "waiting"}
    assert flow.ended(GARDEN, states)


@pytest.mark.parametrize(
    ("within", "due"),
    [
        ({"working_days": 1}, "2026-12-24 23:59"),
        ({"working_days": 2}, "2026-12-29 23:59"),  # Christmas Day, the weekend and the substitute for Boxing Day
        ({"days": 2}, "2026-12-25 23:59"),
        ({"hours": 10}, "2026-12-24 02:00"),
        ({"months": 2}, "2027-02-23 23:59"),
        ({"by": "confirm.day"}, "2027-01-07 23:59"),
    ],
)
def test_each_clock_ends_when_an_officer_would_count_it_to(within, due):
    came = flow.until(Within(**within), AT, {"confirm": {"day": "2027-01-07"}}, england())
    assert came.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") == due


def test_a_body_s_own_closed_days_do_not_count():
    closed = Calendar(set()).with_closures([dt.date(2026, 12, 24)])
    assert flow.until(Within(working_days=1), AT, {}, closed).date() == dt.date(2026, 12, 25)


def test_hours_run_through_the_night_on_which_the_clocks_go_back():
    start = dt.datetime(2026, 10, 24, 23, 0, tzinfo=LONDON).astimezone(dt.UTC)
    assert flow.until(Within(hours=4), start, {}, england()) - start == dt.timedelta(hours=4)


def test_a_wait_until_a_day_that_is_past_ends_at_once():
    seen = {"subscribe": {"ends": "2026-12-31"}}
    assert flow.due(GARDEN.steps["remind"], AT, seen, england()) == AT
    assert flow.due(GARDEN.steps["remind"], AT, {}, england()) is None
