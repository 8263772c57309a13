"""The officer's queue."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import ASHBY, EASTWOLD, MARCHSHIRE, account_of

from moothall.bodies import queries as bodies
from moothall.casework import actions, queries
from moothall.casework.actions.tasks import NotTheirWork, UnknownTeam
from moothall.casework.models import Task
from moothall.casework.rules.queue import UnknownOrder
from moothall.casework.tests.conftest import AT, MARCH, NOBODY, OFFICER, RESIDENT, a_place, open_pothole
from moothall.core.ids import new_id
from moothall.core.paging import BadCursor
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped

DAY = dt.timedelta(days=1)


@pytest.fixture
def tasks(db, functions):
    """Return the ids of five inspections, reported a day apart, the first reported first."""
    made = []
    for n in range(5):
        with scoped(NOBODY):
            case_id = open_pothole(at=AT + n * DAY, place=a_place(metres_east=n * 2)).case_id
        with scoped(MARCH):
            step = queries.case_file(case_id).steps["inspect"]
            actions.run_step(step_id=step.pk, at=AT + n * DAY, by=OFFICER)
            made.append(Task.objects.get(case_id=case_id).pk)
    return made


def look(at=AT, **more):
    with scoped(MARCH):
        return queries.queue(bodies=(MARCHSHIRE,), at=at, **more)


def ids(page):
    return [row.id for row in page.rows]


@pytest.mark.django_db
def test_what_is_due_first_comes_first_page_by_page(tasks):
    first = look(limit=2)
    second = look(limit=2, after=first.next)
    third = look(limit=2, after=second.next)

    assert ids(first) + ids(second) + ids(third) == tasks
    assert third.next is None


@pytest.mark.django_db
@pytest.mark.parametrize(("order", "backwards"), [("oldest", False), ("newest", True)])
def test_a_list_is_sorted_by_age_page_by_page(tasks, order, backwards):
    first = look(order=order, limit=3)
    rest = look(order=order, limit=3, after=first.next)

    assert ids(first) + ids(rest) == (tasks[::-1] if backwards else tasks)
    assert rest.next is None


@pytest.mark.django_db
def test_an_order_that_is_not_known_is_refused(tasks):
    with pytest.raises(UnknownOrder):
        look(order="t.id; drop table casework_task")


@pytest.mark.django_db
def test_each_filter_narrows(tasks):
    inspectors = bodies.team(MARCHSHIRE, "highways-inspectors")
    account = account_of(MARCHSHIRE, "officer").pk
    with scoped(MARCH):
        actions.assign(task_ids=tasks[:2], account_id=account, at=AT, by=OFFICER)

    assert ids(look(show="mine", account=account)) == tasks[:2]
    assert ids(look(show="team", teams=(inspectors.id,))) == tasks
    assert ids(look(filters={"unassigned": True})) == tasks[2:]
    assert (
        ids(look(filters={"late": True}, at=AT + 8 * DAY)) == tasks[:3]
    )  # Friday, Saturday and Sunday: five working days
    assert ids(look(filters={"service": "street-light"})) == []
    assert ids(look(filters={"ward": look().rows[0].ward})) == tasks
    assert ids(look(filters={"team": inspectors.id, "unassigned": True})) == tasks[2:]


@pytest.mark.django_db
def test_words_of_title_place_reference_and_name_are_found(tasks):
    reference = look().rows[0].reference
    assert ids(look(text=reference.lower())) == tasks[:1]
    assert ids(look(text="inspect mill")) == tasks
    assert ids(look(text="example")) == tasks  # Ann Example
    assert ids(look(text="zebra")) == []


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "mill lane"])
def test_a_page_costs_the_same_however_full_it_is(tasks, text):
    counts = []
    for limit in (1, 25):
        with CaptureQueriesContext(connection) as captured:
            look(limit=limit, text=text)
        counts.append(
            len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "select set_config"))])
        )
    assert counts == [2, 2] if text else [1, 1]


@pytest.mark.django_db
def test_a_page_that_was_never_there_is_refused(tasks):
    with pytest.raises(BadCursor):
        look(after="!!")


@pytest.mark.django_db
def test_work_is_given_to_colleagues_of_the_same_body_only(tasks):
    with scoped(Scope(bodies=(MARCHSHIRE, ASHBY))):
        stranger = account_of(ASHBY, "officer").pk
    with scoped(MARCH), pytest.raises(NotTheirWork):
        actions.assign(task_ids=tasks, account_id=stranger, at=AT, by=OFFICER)


@pytest.mark.django_db
def test_work_of_others_cannot_be_taken(tasks):
    with scoped(Scope(bodies=(EASTWOLD,))), pytest.raises(NotYours):
        actions.assign(task_ids=tasks, account_id=None, at=AT, by=OFFICER)
    with scoped(MARCH), pytest.raises(NotYours):
        actions.assign(task_ids=[*tasks, new_id()], account_id=None, at=AT, by=OFFICER)


@pytest.mark.django_db
def test_work_moves_between_teams_of_one_body_and_is_nobody_s_there_at_first(tasks):
    with scoped(MARCH):
        other = next(t for t in bodies.teams(MARCHSHIRE) if t.code != "highways-inspectors")
        actions.assign(task_ids=tasks, account_id=account_of(MARCHSHIRE, "officer").pk, at=AT, by=OFFICER)
        assert actions.hand_over_team(task_ids=tasks[:3], team_id=other.id, at=AT, by=OFFICER) == 3
        moved = Task.objects.get(pk=tasks[0])
        assert (moved.team_id, moved.assigned_to) == (other.id, None)
        with pytest.raises(UnknownTeam):
            actions.hand_over_team(task_ids=tasks, team_id=-1, at=AT, by=OFFICER)


@pytest.mark.django_db
def test_a_task_of_no_step_is_ended_by_itself_and_a_step_s_is_not(tasks):
    with scoped(MARCH):
        task = Task.objects.get(pk=tasks[0])
        actions.receive_message(case_id=task.case_id, text="Any news?", at=AT, by=RESIDENT)
        loose = Task.objects.get(case_id=task.case_id, step=None)
        actions.finish_task(task_id=loose.pk, at=AT, by=OFFICER)
        assert loose.pk not in ids(queries.queue(bodies=(MARCHSHIRE,), at=AT))
        with pytest.raises(NotYours):
            actions.finish_task(task_id=tasks[0], at=AT, by=OFFICER)
