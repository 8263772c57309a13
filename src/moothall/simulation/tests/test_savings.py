"""The demonstration's savings: one in every state, a loss, a dispute, one that is blocked, one proved by entries."""

import datetime as dt

import pytest
from tests.terms import as_body
from tests.world import ASHBY, BY, DUNMERE, MARCHSHIRE

from moothall.promises import queries
from moothall.simulation.actions import (
    end_partnership,
    form_partnerships,
    keep_costs,
    plan_and_try,
    promise_savings,
    warn_of_savings,
)

AT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
BEGAN = AT - dt.timedelta(days=200)


@pytest.fixture
def found(db):
    form_partnerships(at=BEGAN, by=BY)
    end_partnership(at=AT - dt.timedelta(days=90), by=BY)
    keep_costs(first=dt.date(2026, 4, 1), at=AT, by=BY)
    assert promise_savings(began=BEGAN, at=AT, by=BY) == 9
    return {one.row.reference: one for one in queries.savings()}


def test_there_is_one_in_every_state_and_each_pound_stands_where_it_belongs(found):
    states = {one.state for one in found.values()}
    assert states == {"promised", "approved", "realised", "verified", "blocked", "given-up"}
    (proved,) = (one for one in found.values() if one.total is not None)
    ((proof, lines),) = queries.lines_of(proved.row.pk)
    assert (proved.row.body_id, len(lines)) == (ASHBY, 7)
    assert proof.pence == proof.baseline_pence - sum(line.pence for line in lines) > 0
    (loss,) = (one for one in found.values() if one.row.body_id == DUNMERE)
    assert loss.years[0].realised.net == -850_000
    (disputed,) = (one for one in found.values() if len(one.baselines) == 2)
    assert disputed.row.baseline_id is None
    assert any(part.body_id is None for one in found.values() for part in one.parts)


def test_whoever_answers_is_warned_of_what_has_no_owner_or_is_late(found):
    assert warn_of_savings(at=AT, by=BY) >= 3
    assert warn_of_savings(at=AT, by=BY) == 0
    kinds = {
        one.row.title: {alarm.kind for alarm in queries.alarms([one], AT.date())[one.row.pk]}
        for one in found.values()
        if one.row.body_id == MARCHSHIRE
    }
    assert "owner" in kinds["Buy salt together with Woldshire"]
    assert kinds["Lamps that dim after midnight"] >= {"late", "report"}


def test_a_plan_runs_the_next_is_written_and_ideas_are_tried(found):
    assert plan_and_try(began=BEGAN, at=AT, by=BY) == (2, 4)
    (running,) = queries.plans()
    assert (running.progress, {action.state for action in running.actions}) == (
        (1, 3), {"done", "begun", "planned", "dropped"},
    )  # fmt: skip
    assert [action.saving.title for action in running.actions if action.saving] == ["Refuse rounds planned anew"]
    assert {one.state for one in queries.ideas()} == {"proposed", "granted", "declined", "ended"}
    (fund,) = queries.funds()
    assert fund.left == 500_000 - 64_000 - 120_000
    with as_body(ASHBY):
        kinds = {alarm.kind for alarm in queries.plan_alarms(running, AT.date())}
    assert kinds == {"due"}
