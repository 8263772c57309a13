"""Jobs, receipts, facts and the reconciler."""

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.events import Event, on, publish
from moothall.core.models import Fact, Receipt
from moothall.core.scope import Scope, scoped

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
BY = Actor.system("test")
heard, ran = [], []


@dataclass(frozen=True)
class TapDripped(Event):
    drops: int
    since: dt.date | None = None


@on(TapDripped)
def count_drops(event, *, at, by):
    heard.append((event.drops, event.since, at, str(by)))


@on(TapDripped)
def stumble(event, *, at, by):
    if event.drops == 13:
        raise RuntimeError("unlucky")


@queue.task("test.mend_tap")
def mend_tap(*, body, tap, at, by):
    ran.append((body, tap, at))
    if tap == "broken" and len(ran) < 3:
        raise RuntimeError("still dripping")


@pytest.fixture(autouse=True)
def _clear():
    heard.clear()
    ran.clear()


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("select task_name, status::text, attempts from procrastinate_jobs order by id")
        return cursor.fetchall()


def test_a_fact_reaches_its_handlers_once_each(real_db):
    with scoped(Scope(bodies=(1,))):
        publish(TapDripped(body_id=1, drops=3, since=dt.date(2026, 11, 1)), at=AT, by=BY)
    queue.run_pending(at=AT)

    assert heard == [(3, dt.date(2026, 11, 1), AT, "system:test")]
    assert jobs() == []


def test_a_broken_handler_stops_no_other_and_stays_visible(real_db):
    with scoped(Scope(bodies=(1,))):
        publish(TapDripped(body_id=1, drops=13), at=AT, by=BY)
    for n in range(20):
        queue.run_pending(at=AT + dt.timedelta(hours=5 * n))

    assert [h[0] for h in heard] == [13]
    assert jobs() == [("core.dispatch", "failed", 8)]


def test_what_is_rolled_back_leaves_no_fact_and_no_job(real_db):
    with pytest.raises(ZeroDivisionError), scoped(Scope(bodies=(1,))):
        publish(TapDripped(body_id=1, drops=3), at=AT, by=BY)
        queue.defer("test.mend_tap", body=1, key="mend:1", tap="kitchen")
        raise ZeroDivisionError

    assert jobs() == []
    with scoped(Scope()):
        assert not Fact.objects.filter(name__endswith="TapDripped").exists()


def test_a_key_is_done_once_however_often_it_is_queued(real_db):
    with scoped(Scope(bodies=(1,))):
        for _ in range(3):
            queue.defer("test.mend_tap", body=1, key="mend:kitchen", tap="kitchen")
    queue.run_pending(at=AT)

    assert ran == [(1, "kitchen", AT)]


def test_a_failed_job_is_tried_again_after_a_growing_wait(real_db):
    with scoped(Scope(bodies=(1,))):
        queue.defer("test.mend_tap", body=1, key="mend:broken", tap="broken")
    for seconds in (0, 1, 3, 6, 10):
        queue.run_pending(at=AT + dt.timedelta(seconds=seconds))

    assert len(ran) == 3
    assert jobs() == []


def test_a_job_left_doing_by_a_killed_worker_is_queued_again_unless_its_receipt_exists(real_db):
    with scoped(Scope(bodies=(1,))):
        queue.defer("test.mend_tap", body=1, key="mend:done", tap="done")
        queue.defer("test.mend_tap", body=1, key="mend:lost", tap="lost")
        Receipt.objects.create(key="mend:done", at=AT)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing'")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2)

    assert queue.reconcile(at=dt.datetime.now(dt.UTC)) == {"finished": 0, "retried": 0}
    assert queue.reconcile(at=later) == {"finished": 1, "retried": 1}
    queue.run_pending(at=later)
    assert [tap for _, tap, _ in ran] == ["lost"]


def test_a_tick_that_the_database_missed_is_tried_again_and_not_given_up():
    ticks = [task for name, task in app.tasks.items() if name.endswith(queue.EVERY)]

    assert ticks
    for task in ticks:
        wait = task.get_retry_exception(exception=OSError(), job=SimpleNamespace(attempts=0))
        assert wait is not None, f"{task.name} is given up at once"


def test_a_tick_that_a_killed_worker_left_is_as_late_as_its_jobs_would_be(real_db):
    at = dt.datetime.now(dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute("select procrastinate_defer_jobs_v1(array[row('default', 'core.seal.every', 0, null, null, "
                       "'{\"timestamp\": 1}', null)::procrastinate_job_to_defer_v1])")  # fmt: skip
        cursor.execute("update procrastinate_jobs set status = 'doing'")

    assert queue.reconcile(at=at + dt.timedelta(minutes=4))["retried"] == 0
    assert queue.reconcile(at=at + dt.timedelta(minutes=6))["retried"] == 1


def test_a_thread_whose_connection_was_cut_finds_a_new_one(real_db, owner):
    tick = app.tasks["core.seal.every"]
    tick(timestamp=1)
    connection.connection.close()  # as psycopg leaves it after the server has ended the session
    connection.errors_occurred = True

    tick(timestamp=2)

    assert len(jobs()) > 1


def test_stuck_jobs_can_be_settled_by_hand(real_db, capsys):
    from django.core.management import call_command

    with scoped(Scope(bodies=(1,))):
        queue.defer("test.mend_tap", body=1, key="mend:stuck", tap="stuck")
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing'")
        cursor.execute("update procrastinate_events set at = at - interval '1 hour'")
    call_command("reconcile")

    assert capsys.readouterr().out == "0 finished, 1 queued again\n"
