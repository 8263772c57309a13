"""Long work: asked for from a page, run as the owner, shown with its progress, resumed after a kill."""

import datetime as dt

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.template.loader import render_to_string
from django.test import RequestFactory

from moothall.core import operations, owner, queue
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped

AT = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
ASHBY, BORLEY = 2, 3
BY = Actor("staff", "7", ASHBY)


@pytest.fixture
def counting(real_db, monkeypatch):
    """Register work of two stages that notes what it did; `stop` makes the second one end badly."""
    did, stop = [], []

    def run(running, *, at, by):
        for name in ("first", "second"):
            if running.done(name):
                continue
            with running.stage(name, f"The {name} part", total=2) as stage:
                did.append(name)
                stage.advance()
                if name == "second" and stop:
                    raise stop.pop()
                stage.advance()
        return {"parts": len(did), "by": str(by)}

    monkeypatch.setitem(operations.kinds, "test.counting", run)
    return did, stop


def asked(body=ASHBY):
    with scoped(Scope(bodies=(body,), purpose="test", actor=BY)):
        return operations.ask("test.counting", body_id=body, subject={"what": 1}, at=AT, by=BY)


def seen(operation_id, body=ASHBY):
    with scoped(Scope(bodies=(body,), purpose="test", actor=BY)):
        return operations.get(operation_id)


def test_it_runs_in_stages_after_its_transaction_and_keeps_its_result(counting):
    operation_id = asked()
    assert seen(operation_id).state == "waiting"
    queue.run_pending(at=AT)
    found = seen(operation_id)
    assert found.state == "done"
    assert [(one["name"], one["done"], one["state"]) for one in found.stages] == [
        ("first", 2, "done"),
        ("second", 2, "done"),
    ]
    assert found.result == {"parts": 2, "by": "staff:7"}
    assert not operations.run(operation_id), "what has ended is not run again"


def test_what_is_asked_for_in_a_transaction_that_fails_never_begins(counting):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        asked()
        raise ZeroDivisionError
    queue.run_pending(at=AT)
    assert counting[0] == []


def test_a_kill_leaves_it_to_be_resumed_where_it_was(counting):
    did, stop = counting
    operation_id = asked()
    stop.append(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        operations.run(operation_id)
    assert seen(operation_id).state == "running"
    queue.fan("core.resume_operations", "tick", bodies=operations._bodies_with_work())
    queue.run_pending(at=AT)
    assert seen(operation_id).state == "done"
    assert did == ["first", "second", "second"], "the first stage was not done again"


def test_a_refusal_is_told_and_it_can_be_started_again(counting):
    did, stop = counting
    operation_id = asked()
    stop.append(Refusal("The folder is full. Make room and start again."))
    queue.run_pending(at=AT)
    found = seen(operation_id)
    assert (found.state, found.error) == ("failed", "The folder is full. Make room and start again.")
    with scoped(Scope(bodies=(BORLEY,), purpose="test", actor=BY)), pytest.raises(operations.UnknownOperation):
        operations.again(operation_id, at=AT, by=BY)
    with scoped(Scope(bodies=(ASHBY,), purpose="test", actor=BY)):
        operations.again(operation_id, at=AT + dt.timedelta(minutes=1), by=BY)
        with pytest.raises(operations.NotStopped):
            operations.again(operation_id, at=AT, by=BY)
    queue.run_pending(at=AT + dt.timedelta(minutes=2))
    assert seen(operation_id).state == "done"
    assert did == ["first", "second", "second"]


def test_what_nobody_foresaw_is_kept_without_its_words(counting):
    operation_id = asked()
    counting[1].append(ValueError("secret words of a person"))
    queue.run_pending(at=AT)
    found = seen(operation_id)
    assert found.state == "failed"
    assert "ValueError" in found.error
    assert "secret" not in found.error


def test_two_processes_never_run_the_same_one(counting):
    operation_id = asked()
    with psycopg.connect(**owner.address(), autocommit=True) as other:
        other.execute("select pg_advisory_lock(hashtextextended(%s, 1))", [str(operation_id)])
        assert not operations.run(operation_id)
    assert operations.run(operation_id)


def test_the_app_may_not_say_how_far_it_is(counting):
    operation_id = asked()
    with (
        pytest.raises(ProgrammingError),
        scoped(Scope(bodies=(ASHBY,), purpose="test", actor=BY)),
        connection.cursor() as cursor,
    ):
        cursor.execute("update core_operation set state = 'done' where id = %s", [operation_id])


def test_nobody_else_sees_it(counting):
    operation_id = asked()
    with pytest.raises(operations.UnknownOperation):
        seen(operation_id, body=BORLEY)


@pytest.mark.parametrize(
    ("state", "says"), [("waiting", "begin in a moment"), ("running", "goes on without you"), ("failed", "It stopped")]
)
def test_the_part_for_pages_says_how_far_it_is(state, says):
    stages = [{"name": "rows", "words": "Writing rows", "done": 1200, "total": 5000, "state": "running"}]
    fact = operations.OperationFact(AT, ASHBY, "x", {}, state, stages, {}, "Because.", AT, "staff:7", None)
    page = render_to_string(
        "ui/parts/operation.html", {"operation": fact}, request=RequestFactory().get("/staff/leaving/")
    )
    assert says in page
    assert ("data-hx-get" in page) == (state != "failed")
    assert ("1,200 of 5,000" in page) == (state != "failed")
