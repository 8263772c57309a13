"""The waiting list: what comes free is kept for the first in line, then for the next, and for nobody besides."""

import datetime as dt
from uuid import uuid4

import pytest

from moothall.booking import actions, queries
from moothall.booking.models import Booking, Slot, Wish
from moothall.booking.tests.test_places import ASHBY, AT, BY, EASTWOLD, KIND, STAFF, hold, open_diary, resident
from moothall.core import queue
from moothall.core.models import Fact
from moothall.core.scope import Scope, scoped

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def full(db):
    """A diary of two days with a place each, both taken: by whom, and the two days."""
    open_diary(1, 1)
    slots = queries.free(ASHBY, KIND, at=AT)
    cases = [uuid4(), uuid4()]
    for slot, case_id in zip(slots, cases, strict=True):
        hold(slot, case_id)
        with resident(case_id):
            actions.book(case_id=case_id, kind=KIND, at=AT, by=BY)
    return cases, slots


def wait(case_id=None, at=AT):
    case_id = case_id or uuid4()
    with resident(case_id):
        actions.wait(case_id=case_id, body_id=ASHBY, kind=KIND, at=at, by=BY)
    return case_id


def give_up(case_id, at=AT):
    with resident(case_id):
        actions.release(case_id=case_id, at=at, by=BY)
    queue.run_pending(at=at)


def sweep(at):
    with scoped(STAFF):
        actions.sweep(body_id=ASHBY, at=at, by=BY)
    queue.run_pending(at=at)


def offered(case_id, at=AT):
    with resident(case_id):
        return queries.offer_to(case_id, KIND, at=at)


def free(at=AT):
    return [slot.id for slot in queries.free(ASHBY, KIND, at=at) if slot.free]


def test_the_first_in_line_is_offered_what_comes_free_and_nobody_else_sees_it(full):
    cases, slots = full
    first, second = wait(at=AT), wait(at=AT + HOUR)
    give_up(cases[0])

    assert offered(first).id == slots[0].id
    assert offered(first).until == AT + dt.timedelta(hours=24)
    assert offered(second) is None
    assert free() == []
    with pytest.raises(actions.SlotTaken):
        hold(slots[0])
    assert Fact.objects.filter(name="booking.SlotOffered").count() == 1


def test_between_coming_free_and_being_offered_nobody_else_is_shown_it(full):
    cases, slots = full
    first = wait()
    with resident(cases[0]):
        actions.release(case_id=cases[0], at=AT, by=BY)
    assert free() == []
    queue.run_pending(at=AT)
    assert offered(first).id == slots[0].id


def test_who_takes_it_up_has_it_and_waits_no_more(full):
    cases, slots = full
    first = wait()
    give_up(cases[0])
    hold(slots[0], first)

    assert offered(first) is None
    with scoped(STAFF):
        assert Wish.objects.get(case_id=first).state == "met"
        assert Slot.objects.get(id=slots[0].id).taken == 1
    with resident(first):
        assert queries.of_case(first).slot_id == slots[0].id


def test_an_offer_that_nobody_answers_goes_to_the_next_and_neither_answer_is_lost(full):
    cases, slots = full
    first, second = wait(at=AT), wait(at=AT + HOUR)
    give_up(cases[0])
    later = AT + dt.timedelta(hours=25)
    sweep(later)

    assert offered(first, later) is None
    assert offered(second, later).id == slots[0].id
    with pytest.raises(actions.SlotTaken):
        hold(slots[0], first, at=later)
    hold(slots[0], second, at=later)
    with scoped(STAFF):
        assert [wish.case_id for wish in queries.line(ASHBY, KIND)] == [first]
        assert Slot.objects.get(id=slots[0].id).taken == 1


def test_who_answers_late_still_has_it_if_nobody_else_waits_or_took_it(full):
    cases, slots = full
    first = wait()
    give_up(cases[0])
    hold(slots[0], first, at=AT + dt.timedelta(hours=25))
    with resident(first):
        assert queries.of_case(first).state == "held"


def test_who_declines_waits_on_behind_the_others(full):
    cases, slots = full
    first, second = wait(at=AT), wait(at=AT + HOUR)
    give_up(cases[0])
    with resident(first):
        assert actions.decline(case_id=first, kind=KIND, at=AT, by=BY)
    queue.run_pending(at=AT)

    assert offered(second).id == slots[0].id
    with scoped(STAFF):
        assert [wish.case_id for wish in queries.line(ASHBY, KIND)] == [second, first]


def test_who_has_a_day_waits_only_for_an_earlier_one(full):
    cases, slots = full
    wait(cases[1])
    give_up(cases[0])
    assert offered(cases[1]).id == slots[0].id

    other = uuid4()
    hold(slots[0], cases[1])
    queue.run_pending(at=AT)
    assert free() == [slots[1].id], "the day they had is free for anybody"
    hold(slots[1], other)
    wait(cases[1])
    give_up(other)
    assert offered(cases[1]) is None
    assert free() == [slots[1].id], "a later day is none that they wait for"


def test_a_withdrawn_request_leaves_the_line_and_its_offer_goes_to_the_next(full):
    cases, slots = full
    first, second = wait(at=AT), wait(at=AT + HOUR)
    give_up(cases[0])
    give_up(first)
    assert offered(second).id == slots[0].id
    with scoped(STAFF):
        assert Wish.objects.get(case_id=first).state == "ended"


def test_new_places_are_shared_between_the_line_and_everybody_else(full):
    _, slots = full
    first = wait()
    with scoped(STAFF):
        actions.change_slot(slot_id=slots[0].id, capacity=3, at=AT, by=BY)
    assert [slot.free for slot in queries.free(ASHBY, KIND, at=AT)] == [1]
    sweep(AT)
    assert offered(first).id == slots[0].id
    assert [slot.free for slot in queries.free(ASHBY, KIND, at=AT)] == [1]


def test_nothing_is_offered_that_leaves_no_time_to_answer(full):
    cases, slots = full
    first, late = wait(), slots[0].starts - dt.timedelta(hours=25)
    give_up(cases[0], at=late)
    assert offered(first, late) is None


def test_joining_twice_is_waiting_once_and_a_diary_without_a_list_takes_nobody(full):
    first = wait()
    wait(first)
    with scoped(STAFF):
        assert Wish.objects.count() == 1
        actions.keep_diary(body_id=ASHBY, kind=KIND, name="Large items", offer_hours=0, at=AT, by=BY)
    with pytest.raises(actions.NoList):
        wait()


def test_another_body_and_another_case_see_nothing_of_the_line(full):
    cases, _ = full
    first = wait()
    give_up(cases[0])
    for scope in (Scope(bodies=(EASTWOLD,), purpose="test"), Scope(case=uuid4(), purpose="front door")):
        with scoped(scope):
            assert queries.wish(first, KIND) is None
            assert queries.line(ASHBY, KIND) == []
            assert not Booking.objects.filter(state="offered").exists()
            assert not actions.decline(case_id=first, kind=KIND, at=AT, by=BY)
    assert offered(first) is not None
