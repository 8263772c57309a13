"""Promises are counted once, and can be counted again to the same figures."""

import datetime as dt

import pytest
from tests.world import EASTWOLD, MARCHSHIRE

from moothall.casework.events import CaseClosed, PromiseMissed
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.events import publish
from moothall.core.ids import new_id
from moothall.core.scope import Scope, scoped
from moothall.scrutiny import actions, queries
from moothall.scrutiny.models import Decision, Figure

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
DUE = dt.datetime(2026, 6, 30, 22, 59, 59, tzinfo=dt.UTC)


def closed(case_id, at, kept):
    publish(
        CaseClosed(
            body_id=MARCHSHIRE, case_id=case_id, service_id="report-pothole", outcome="mended", channel="web",
            opened_at=DUE - dt.timedelta(days=60), promise_due=DUE, promise_kept=kept,
        ),
        at=at, by=BY,
    )  # fmt: skip


def missed(case_id, at):
    publish(
        PromiseMissed(body_id=MARCHSHIRE, case_id=case_id, service_id="report-pothole", promise_due=DUE), at=at, by=BY
    )


def figures():
    return list(Figure.objects.order_by("month").values_list("month", "kept", "missed"))


def days():
    return list(Figure.objects.order_by("month").values_list("month", "ended", "days_promised", "days_taken"))


@pytest.fixture
def _history(db):
    with scoped(Scope(bodies=(MARCHSHIRE,))):
        for _ in range(3):
            closed(new_id(), DUE - dt.timedelta(days=40), True)
        late = new_id()
        missed(late, DUE + dt.timedelta(hours=1))
        closed(late, DUE + dt.timedelta(days=40), False)
    queue.run_pending(at=DUE + dt.timedelta(days=60))


@pytest.mark.usefixtures("_history")
def test_a_late_promise_is_missed_in_the_month_it_fell_due_and_counted_once():
    assert figures() == [
        (dt.date(2026, 5, 1), 3, 0), (dt.date(2026, 6, 1), 0, 1), (dt.date(2026, 8, 1), 0, 0),
    ]  # fmt: skip


@pytest.mark.usefixtures("_history")
def test_the_days_it_took_are_counted_once_in_the_month_in_which_it_ended_late_or_in_time():
    assert days() == [
        (dt.date(2026, 5, 1), 3, 180, 60), (dt.date(2026, 6, 1), 0, 0, 0), (dt.date(2026, 8, 1), 1, 60, 100),
    ]  # fmt: skip
    with scoped(Scope(bodies=(MARCHSHIRE,))):
        late = Decision.objects.get(kept=False)
        again = actions.count_promise(
            body_id=MARCHSHIRE, service_id="report-pothole", case_id=late.case_id, promise_due=DUE, kept=False,
            opened_at=DUE - dt.timedelta(days=60), at=DUE + dt.timedelta(days=50), by=BY,
        )  # fmt: skip
    assert (again, days()[-1][1]) == (False, 1)


@pytest.mark.usefixtures("_history")
def test_counting_again_from_the_facts_gives_the_same_figures():
    before = figures(), days()
    with scoped(Scope(bodies=(MARCHSHIRE,))):
        Figure.objects.update(kept=999, days_taken=999)
        assert actions.rebuild(body_id=MARCHSHIRE, at=DUE, by=BY) == 4

    assert (figures(), days()) == before


@pytest.mark.usefixtures("_history")
def test_everyone_sees_the_figures_and_only_the_body_sees_the_decisions():
    with scoped(Scope()):
        assert figures()
        assert not Decision.objects.exists()
    with scoped(Scope(bodies=(EASTWOLD,))):
        assert not Decision.objects.exists()
        assert Figure.objects.update(kept=999) == 0


@pytest.mark.usefixtures("_history")
def test_what_is_asked_most_of_a_body_is_counted_over_three_months():
    assert queries.most_asked(on=dt.date(2026, 7, 2), body_id=MARCHSHIRE) == ["report-pothole"]
    assert queries.most_asked(on=dt.date(2026, 7, 2), body_id=EASTWOLD) == []
    assert queries.most_asked(on=dt.date(2027, 1, 2)) == []
