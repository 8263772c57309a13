"""Playing some days of the county's life, through the doors."""

import datetime as dt
import itertools
from types import SimpleNamespace

import pytest

from moothall.core.actor import Actor
from moothall.simulation.actions import hands, play
from moothall.simulation.actions.play import TIMES, Player

AT = dt.datetime(2026, 11, 20, 18, tzinfo=dt.UTC)
BY = Actor.system("test")


@pytest.fixture
def behind(real_db, owner):
    """Look behind row security."""
    return lambda sql: owner.execute(sql).fetchall()


def test_people_ask_staff_work_and_promises_are_counted(behind):
    opened = play(first=dt.date(2026, 11, 9), days=6, seed=7, at=AT, by=BY)

    assert opened > 10
    assert behind("select count(*) from casework_case")[0][0] >= opened
    assert behind("select count(*) from casework_case where state = 'closed'")[0][0] > 0
    assert behind("select coalesce(sum(kept + missed), 0) from scrutiny_figure")[0][0] > 0
    assert behind("select count(*) from procrastinate_jobs where status in ('failed', 'doing')")[0][0] == 0
    assert behind("select count(*) from desk_contact where channel in ('phone', 'visit')")[0][0] > 0
    assert behind("select max(opened_at) from casework_case")[0][0] < AT


def test_a_day_that_is_still_to_come_is_not_played(behind):
    play(first=AT.date(), days=3, seed=7, scale=2, at=AT, by=BY)

    assert behind("select count(*) from casework_event where at > now() + interval '1 day'")[0][0] == 0
    assert behind("select coalesce(max(opened_at), '2000-01-01') from casework_case")[0][0] <= AT


@pytest.mark.parametrize(("fails", "tries"), [(0, 1), (2, 3), (99, TIMES + 1)])
def test_what_is_not_done_at_first_is_tried_again_on_a_later_day(monkeypatch, fails, tries):
    worked = []
    monkeypatch.setattr(hands, "work", lambda *, at, **told: worked.append(at) or len(worked) > fails)
    player = Player(crowd=None, bodies=(1,))
    task = SimpleNamespace(step=None, title="Check the repair", reference="MAR-0001-001A", due_at=AT)
    player.plan_work(task, at=AT - dt.timedelta(days=5), times=0)
    while player.coming:
        when, _, happening = player.coming.pop(0)
        happening(at=when)

    assert len(worked) == tries
    assert all(later - earlier >= dt.timedelta(days=2) for earlier, later in itertools.pairwise(worked))


def test_what_a_day_was_booked_for_is_done_when_that_day_is_over():
    player = Player(crowd=None, bodies=(1,))
    task = SimpleNamespace(step=None, title="Visit", reference="ASH-0001-001A", due_at=AT)
    player.plan_work(task, at=AT - dt.timedelta(days=5), times=0, booked=AT + dt.timedelta(days=9))

    assert player.coming[0][0] == AT + dt.timedelta(days=9)


def test_what_was_left_undone_long_ago_is_done_from_now_on_and_not_in_the_past():
    player, done = Player(crowd=None, bodies=()), []
    player.now = AT
    player.plan(AT - dt.timedelta(days=300), lambda at: done.append(at))
    when, _, happening = player.coming.pop()
    happening(at=when)

    assert done == [AT]
