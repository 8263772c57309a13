"""A booked day is changed in time, or by staff, and all that hangs on it goes along."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from icalendar import Calendar
from tests.world import ASHBY, MARCHSHIRE, MILL_LANE_14, as_staff

from moothall.bodies import queries as bodies
from moothall.booking import actions as booking
from moothall.booking import queries as places
from moothall.casework import actions
from moothall.casework.models import Case, Message, Step, Task
from moothall.casework.tests.booked import COUNTY, OFFICER
from moothall.casework.tests.conftest import CONTACT, NOBODY, RESIDENT, scope
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import end_of, local, now
from moothall.core.models import Fact
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped
from moothall.ledger import actions as ledger
from moothall.ledger import queries as money

pytestmark = pytest.mark.django_db
DISTRICT = scope(ASHBY, by=Actor("staff", "301", ASHBY))


def test_what_hangs_on_the_day_goes_along(birth):
    later = birth.slots[-1]
    birth.move(later)

    chosen = {"day": later.day.isoformat(), "time": f"{local(later.starts):%H:%M}"}
    assert birth.step("choose").outputs == birth.step("confirm").outputs == chosen
    assert birth.step("meet").due_at == end_of(later.day)
    with scoped(COUNTY):
        assert Task.objects.get(case_id=birth.case_id, state="open").due_at == end_of(later.day)
        letters = Message.objects.filter(case_id=birth.case_id, letter="birth-booked").order_by("at", "id")
        assert letters.count() == 2
    assert birth.place().slot_id == later.id


def test_a_step_that_waits_for_the_day_wakes_on_the_new_one(tip):
    before, later = local(tip.step("visit").due_at), tip.slots[-1]
    assert before.date() < later.day
    tip.move(later)

    queue.run_pending(at=before + dt.timedelta(minutes=5))
    assert tip.step("visit").state == "waiting"
    queue.run_pending(at=dt.datetime.combine(later.day, dt.time(9, 5), dt.UTC))
    assert (tip.step("visit").state, tip.case().outcome) == ("done", "booked")


def test_the_same_day_again_changes_nothing(birth):
    birth.move(birth.slots[-9])
    with scoped(COUNTY):
        assert Message.objects.filter(case_id=birth.case_id, letter="birth-booked").count() == 1


def test_if_the_new_day_is_taken_the_old_one_is_kept(birth):
    with scoped(COUNTY):
        booking.change_slot(slot_id=birth.slots[-1].id, capacity=0, at=now(), by=OFFICER)
    with pytest.raises(booking.SlotTaken):
        birth.move(birth.slots[-1])
    assert birth.place().slot_id == birth.slots[-9].id
    assert birth.step("confirm").outputs["day"] == birth.slots[-9].day.isoformat()


def test_after_five_on_the_working_day_before_only_staff_change_it(birth):
    late = birth.too_late()
    with pytest.raises(actions.TooLateToChange):
        birth.move(birth.slots[-1], at=late)
    assert birth.place().slot_id == birth.slots[-9].id

    birth.move(birth.slots[-1], at=late, by=OFFICER)
    assert birth.place().slot_id == birth.slots[-1].id


def test_the_promise_goes_with_a_later_day_only_if_the_resident_wanted_it(birth):
    with scoped(COUNTY):
        Case.objects.filter(pk=birth.case_id).update(promise_due=end_of(birth.slots[-9].day))
    birth.move(birth.slots[-5], by=OFFICER, wanted=False)
    assert birth.case().promise_due == end_of(birth.slots[-9].day)
    birth.move(birth.slots[-1], by=OFFICER)
    assert birth.case().promise_due == end_of(birth.slots[-1].day)


def test_a_withdrawn_request_has_no_day_to_change(birth):
    with scoped(COUNTY):
        actions.cancel_case(case_id=birth.case_id, at=now(), by=OFFICER)
    queue.run_pending(at=now())
    with pytest.raises(booking.NothingBooked):
        birth.move(birth.slots[-1])


def test_somebody_else_changes_nothing(birth):
    with scoped(NOBODY.narrowed(case=uuid4())), pytest.raises(NotYours):
        actions.move_day(case_id=birth.case_id, slot_id=birth.slots[-1].id, at=now(), by=RESIDENT)


def test_the_resident_changes_it_on_the_page_of_their_request(birth, client):
    where = birth.walk(client)
    shown = client.get(where).text
    assert "Change the day" in shown
    assert ("day.ics" in shown, "promise.ics" in shown) == (True, False), "one day for one's calendar, not two"
    page = client.get(f"{where}day/?day={birth.slots[-1].day}").text
    assert "It stays yours until you have chosen another day" in page
    assert f'value="{birth.slots[-9].id}"' not in page

    answer = client.post(f"{where}day/?day={birth.slots[-1].day}", {"slot": birth.slots[-1].id})
    assert answer.url == where
    shown = client.get(where).text
    assert "Your day is changed." in shown
    assert "The day was changed" in shown
    assert birth.place().slot_id == birth.slots[-1].id


def test_when_it_is_too_late_the_pages_say_so_and_change_nothing(birth, client, monkeypatch):
    where, late = birth.walk(client), birth.too_late()
    monkeypatch.setattr("moothall.site.middleware.now", lambda: late)
    assert "too late to change the day" in client.get(where).text
    page = client.get(where + "day/").text
    assert "too late to change the day" in page
    assert 'name="slot"' not in page
    assert "too late to change this" in client.post(where + "day/", {"slot": birth.slots[-1].id}).text
    assert birth.place().slot_id == birth.slots[-9].id


def test_an_adviser_changes_it_and_says_who_wanted_it(birth, client):
    adviser = as_staff(client, MARCHSHIRE, "adviser")
    where = f"/staff/cases/{birth.case_id}/"
    assert "Change the day" in adviser.get(where).text
    there = f"{where}day/?day={birth.slots[-1].day}"
    assert "Choose who asked for another day" in adviser.post(there, {"slot": birth.slots[-1].id}).text
    assert adviser.post(there, {"slot": birth.slots[-1].id, "wanted": "no"}).url == where
    shown = adviser.get(where).text
    assert re.search(r"Day changed.*?From \w+ \d+ \w+ to \w+ \d+ \w+, as we asked", shown, re.S)
    assert birth.place().slot_id == birth.slots[-1].id


def test_a_diary_replaces_the_day_and_takes_it_out_again(birth, client):
    where = birth.walk(client)

    def entry():
        calendar = Calendar.from_ical(client.get(where + "day.ics").content)
        return calendar["METHOD"], next(iter(calendar.walk("VEVENT")))

    _, first = entry()
    birth.move(birth.slots[-1])
    method, second = entry()
    assert (method, second["STATUS"], second["UID"]) == ("PUBLISH", "CONFIRMED", first["UID"])
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["DTSTART"].dt == birth.slots[-1].starts
    assert second["ORGANIZER"].startswith("mailto:")
    assert second["URL"].endswith(where)

    client.post(where + "cancel/", {"text": ""})
    queue.run_pending(at=now())
    assert "Take the day out of your calendar" in client.get(where).text
    method, third = entry()
    assert (method, third["STATUS"], third["UID"]) == ("CANCEL", "CANCELLED", first["UID"])
    assert third["SEQUENCE"] > second["SEQUENCE"]


@pytest.fixture
def collection(db):
    """A collection that was paid for after its day was lost, and the days that are free."""
    home = bodies.place_of_dwelling(MILL_LANE_14)
    answers = {"where": home, "home": True, "items": ["sofa"], "count": 1, "low_income": False, "put_out": "front",
               "agreed": True}  # fmt: skip
    with scoped(NOBODY):
        case_id = actions.open_case(
            service_id="bulky-waste", answers=answers, place=home, contact=CONTACT, channel="web", at=now(), by=RESIDENT
        ).case_id
    queue.run_pending(at=now())
    slots = places.free(ASHBY, "bulky-waste", at=now())
    with scoped(NOBODY.narrowed(case=case_id)):
        booking.hold(slot_id=slots[0].id, case_id=case_id, at=now(), by=RESIDENT)
    queue.run_pending(at=now())
    with scoped(DISTRICT):
        booking.release(case_id=case_id, at=now(), by=RESIDENT)
        charge = money.charges_for(case_id)[0]
        ledger.record_payment(charge_id=charge.id, how="counter", at=now(), by=DISTRICT.actor)
    queue.run_pending(at=now())
    return case_id, slots


def test_who_lost_the_day_while_paying_is_offered_another_which_is_then_theirs(collection, client):
    case_id, slots = collection
    with scoped(DISTRICT):
        assert Step.objects.get(case_id=case_id, name="confirm").state == "waiting"

    officer = as_staff(client, ASHBY, "officer")
    answer = officer.post(f"/staff/cases/{case_id}/day/", {"slot": slots[1].id})
    assert answer.url == f"/staff/cases/{case_id}/"
    queue.run_pending(at=now())
    with scoped(DISTRICT):
        steps = {step.name: step for step in Step.objects.filter(case_id=case_id)}
        assert steps["confirm"].outputs["day"] == slots[1].day.isoformat()
        assert steps["collect"].state == "waiting"
        assert places.of_case(case_id).state == "booked"


def test_who_does_the_work_hears_of_the_other_day(collection):
    case_id, slots = collection
    own = NOBODY.narrowed(case=case_id)
    with scoped(own):
        booking.hold(slot_id=slots[1].id, case_id=case_id, at=now(), by=RESIDENT)
    queue.run_pending(at=now())
    with scoped(own):
        actions.move_day(case_id=case_id, slot_id=slots[3].id, at=now(), by=RESIDENT)
    with scoped(DISTRICT):
        step = Step.objects.get(case_id=case_id, name="collect")
        assert step.due_at == end_of(slots[3].day)
        told = Fact.objects.get(name="casework.StepMoved").payload
        assert (told["step_id"], told["day"]) == (str(step.pk), slots[3].day.isoformat())
