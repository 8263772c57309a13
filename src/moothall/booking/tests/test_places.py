"""Taking places: never one too many, never somebody else's, never two for one case."""

import datetime as dt
import threading
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from moothall.booking import actions, queries
from moothall.booking.models import Booking, Slot
from moothall.booking.rules import Window, weekly
from moothall.booking.tasks import sweep
from moothall.core.actor import Actor
from moothall.core.models import Fact
from moothall.core.scope import Scope, scoped

AT = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)
BY = Actor("resident", "7")
ASHBY, EASTWOLD = 91, 92
KIND = "bulky-waste"
STAFF = Scope(bodies=(ASHBY,), purpose="test")


def windows(*capacities):
    start = AT + dt.timedelta(days=4)
    return [
        Window(start + dt.timedelta(days=n), start + dt.timedelta(days=n, hours=8), capacity)
        for n, capacity in enumerate(capacities)
    ]


def open_diary(*capacities, body_id=ASHBY):
    with scoped(Scope(bodies=(body_id,), purpose="test")):
        actions.keep_diary(body_id=body_id, kind=KIND, name="Large items", at=AT, by=BY)
        actions.add_slots(body_id=body_id, kind=KIND, windows=windows(*capacities), at=AT, by=BY)


@pytest.fixture
def diary(db):
    open_diary(2, 1)
    return queries.free(ASHBY, KIND, at=AT)


def resident(case_id):
    """Return the scope of somebody who is not signed in: one case and nothing else."""
    return scoped(Scope(case=case_id, purpose="front door"))


def hold(slot, case_id=None, at=AT, **more):
    case_id = case_id or uuid4()
    with resident(case_id):
        return actions.hold(slot_id=slot.id, case_id=case_id, at=at, by=BY, **more)


def free(at=AT, **more):
    return [slot.free for slot in queries.free(ASHBY, KIND, at=at, **more)]


def test_anybody_sees_what_is_free_and_not_who_has_the_rest(diary):
    hold(diary[0])

    assert free() == [1, 1]
    assert Slot.objects.count() == 0
    assert Booking.objects.count() == 0


def test_a_resident_holds_a_place_and_books_it(diary):
    case_id = uuid4()
    held = hold(diary[1], case_id)
    assert (held.state, held.held_until) == ("held", AT + dt.timedelta(hours=24))
    with resident(case_id):
        booked = actions.book(case_id=case_id, kind=KIND, at=AT, by=BY)

    assert booked.state == "booked"
    assert free() == [2]
    assert Fact.objects.filter(name="booking.SlotBooked").count() == 1


def test_the_last_place_goes_once(diary):
    hold(diary[1])
    with pytest.raises(actions.SlotTaken):
        hold(diary[1])


def test_choosing_again_moves_the_hold_and_keeps_it_when_the_new_day_is_gone(diary):
    case_id = uuid4()
    hold(diary[0], case_id)
    hold(diary[1], case_id)
    assert free() == [2]

    other = uuid4()
    hold(diary[0], other)
    with pytest.raises(actions.SlotTaken):
        hold(diary[1], other)
    assert free() == [1]


def test_a_booked_place_is_moved_and_stays_booked(diary):
    case_id = uuid4()
    hold(diary[0], case_id)
    with resident(case_id):
        actions.book(case_id=case_id, kind=KIND, at=AT, by=BY)
        moved = actions.reschedule(case_id=case_id, kind=KIND, slot_id=diary[1].id, at=AT, by=BY)

    assert (moved.state, moved.slot_id) == ("booked", diary[1].id)
    assert free() == [2]


def test_a_hold_that_ran_out_is_free_for_the_next_and_lost_to_the_first(diary):
    first, later = uuid4(), AT + dt.timedelta(hours=25)
    hold(diary[1], first)
    assert free(later) == [2, 1]

    hold(diary[1], at=later)

    with resident(first), pytest.raises(actions.NothingBooked):
        actions.book(case_id=first, kind=KIND, at=later, by=BY)


def test_holds_that_ran_out_are_swept_and_the_house_is_told(diary):
    hold(diary[0])
    with scoped(STAFF):
        sweep(body=ASHBY, at=AT + dt.timedelta(hours=23), by=BY)
        assert Slot.objects.get(id=diary[0].id).taken == 1
        sweep(body=ASHBY, at=AT + dt.timedelta(hours=25), by=BY)
        assert Slot.objects.get(id=diary[0].id).taken == 0
    assert Fact.objects.filter(name="booking.SlotReleased").count() == 1


def test_giving_up_frees_the_place(diary):
    case_id = uuid4()
    hold(diary[1], case_id)
    with resident(case_id):
        assert actions.release(case_id=case_id, at=AT, by=BY) == 1
        assert actions.release(case_id=case_id, at=AT, by=BY) == 0
    assert free() == [2, 1]


def test_units_count(diary):
    with pytest.raises(actions.SlotTaken):
        hold(diary[0], units=3)
    hold(diary[0], units=2)
    assert free() == [1]
    assert free(units=2) == []


def test_what_has_begun_or_is_closed_is_not_booked(diary):
    with pytest.raises(actions.SlotClosed):
        hold(diary[0], at=AT + dt.timedelta(days=5))
    with scoped(STAFF):
        actions.change_slot(slot_id=diary[0].id, closed=True, at=AT, by=BY)
    with pytest.raises(actions.SlotClosed):
        hold(diary[0])
    assert free() == [1]


def test_a_service_may_offer_fewer_days_than_the_diary_has(diary):
    assert len(queries.free(ASHBY, KIND, at=AT, ahead=4)) == 1
    assert len(queries.free(ASHBY, KIND, at=AT, ahead=5)) == 2


def test_less_notice_than_the_diary_asks_shows_nothing(diary):
    assert len(queries.free(ASHBY, KIND, at=diary[0].starts - dt.timedelta(hours=25))) == 2
    assert len(queries.free(ASHBY, KIND, at=diary[0].starts - dt.timedelta(hours=23))) == 1


def test_staff_cannot_make_a_slot_smaller_than_what_is_booked(diary):
    hold(diary[0], units=2)
    with scoped(STAFF), pytest.raises(actions.BookedAlready):
        actions.change_slot(slot_id=diary[0].id, capacity=1, at=AT, by=BY)


def test_one_case_cannot_touch_another_s_place(diary):
    mine, other = uuid4(), uuid4()
    hold(diary[0], mine)
    with resident(other):
        assert queries.of_case(mine) is None
        assert actions.release(case_id=mine, at=AT, by=BY) == 0
        with pytest.raises(actions.NoSuchSlot):
            actions.hold(slot_id=diary[0].id, case_id=mine, at=AT, by=BY)


def test_another_body_sees_and_changes_nothing(diary):
    hold(diary[0])
    with scoped(Scope(bodies=(EASTWOLD,), purpose="test")):
        assert Slot.objects.count() == Booking.objects.count() == 0
        with pytest.raises(actions.NoSuchSlot):
            actions.change_slot(slot_id=diary[0].id, closed=True, at=AT, by=BY)
        with pytest.raises(actions.NoSuchSlot):
            actions.hold(slot_id=diary[0].id, case_id=uuid4(), at=AT, by=BY)


@pytest.mark.parametrize(
    "statement",
    ["update booking_slot set taken = 0", "delete from booking_booking", "delete from booking_slot"],
)
def test_the_app_s_role_cannot_change_the_count_by_hand(diary, statement):
    with scoped(STAFF), pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert error.value.__cause__.diag.sqlstate == "42501"


def test_a_released_booking_stays_released(diary):
    held = hold(diary[1])
    with scoped(STAFF):
        Booking.objects.filter(id=held.id).update(state="released")
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.filter(id=held.id).update(state="booked")


def test_the_calendar_file_says_when(diary):
    case_id = uuid4()
    held = hold(diary[0], case_id)
    with resident(case_id):
        file = queries.calendar_file(held, summary="Large items", address="https://county.example/cases/1/", at=AT)
    text = file.decode().replace("\r\n ", "")

    assert "DTSTART:20261124T100000Z" in text
    assert f"UID:{case_id}-{KIND}@moothall" in text
    assert "STATUS:TENTATIVE" in text


def test_a_weekly_pattern_keeps_london_time_when_the_clocks_change():
    opened = list(
        weekly(
            dt.date(2026, 10, 19),
            dt.date(2026, 11, 1),
            weekdays=(0,),
            start=dt.time(7),
            end=dt.time(15),
            capacity=1,
            closed={dt.date(2026, 10, 20)},
        )
    )
    assert [w.starts.astimezone(dt.UTC).hour for w in opened] == [6, 7]


def test_two_hundred_who_book_at_once_never_oversell(real_db):
    """Forty places and two hundred connections, let loose together; most of them try the other day too."""
    open_diary(25, 15)
    slots = queries.free(ASHBY, KIND, at=AT)
    won, lost, wrong = [], [], []
    start = threading.Barrier(200, timeout=60)

    def book(number):
        case_id = uuid4()
        try:
            connection.ensure_connection()
            start.wait()
            for slot in (slots[number % 2], slots[(number + 1) % 2])[: 2 if number % 3 else 1]:
                try:
                    hold(slot, case_id)
                    won.append(case_id)
                except actions.SlotTaken:
                    lost.append(case_id)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=book, args=(n,)) for n in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert free() == []
    with scoped(STAFF):
        assert [s.taken for s in Slot.objects.order_by("starts")] == [25, 15]
        active = Booking.objects.filter(state="held")
        assert active.count() == 40
        assert active.values("case_id").distinct().count() == 40
    assert set(won) | set(lost)
    assert len(set(won)) >= 40
