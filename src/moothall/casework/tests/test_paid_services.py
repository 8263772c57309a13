"""A service that is paid for: nothing is delivered unpaid, and what is cancelled in time is given back."""

import datetime as dt
from dataclasses import dataclass

import pytest
from pydantic import BaseModel
from tests.world import ASHBY, EASTWOLD, MILL_LANE_14, as_staff

from moothall.bodies import queries as bodies
from moothall.booking import actions as booking
from moothall.booking import queries as places
from moothall.casework import actions, queries
from moothall.casework.models import Case, Step
from moothall.casework.rules.money_back import in_time
from moothall.casework.tests.conftest import CONTACT, NOBODY, RESIDENT, scope
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.scope import scoped
from moothall.core.steps import Performer, Waiting, registry
from moothall.core.workdays import england
from moothall.ledger import actions as ledger
from moothall.ledger import queries as money

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)  # a Friday
ASHBY_STAFF = scope(ASHBY, by=Actor("staff", "301", ASHBY))
SOON = dt.timedelta(minutes=5)


class Collected(BaseModel):
    collected: bool = True


@dataclass
class Life:
    """One request for a collection, and what the tests do with it."""

    case_id: object

    def as_resident(self):
        return scoped(NOBODY.narrowed(case=self.case_id))

    def steps(self):
        with scoped(ASHBY_STAFF):
            return dict(Step.objects.filter(case_id=self.case_id).values_list("name", "state"))

    def case(self):
        with scoped(ASHBY_STAFF):
            return Case.objects.get(pk=self.case_id)

    def choose_day(self, which=0, at=AT):
        with self.as_resident():
            free = places.free(ASHBY, "bulky-waste", at=at)
            booking.hold(slot_id=free[which].id, case_id=self.case_id, at=at, by=RESIDENT)
        queue.run_pending(at=at)
        return free[which].day

    def charge(self):
        with self.as_resident():
            found = money.charges_for(self.case_id)
        return found[0] if found else None

    def pay(self, at=AT):
        with scoped(ASHBY_STAFF):
            ledger.record_payment(charge_id=self.charge().id, how="counter", at=at, by=RESIDENT)
        queue.run_pending(at=at)

    def cancel(self, at):
        with scoped(ASHBY_STAFF):
            actions.cancel_case(case_id=self.case_id, reason="Sold it", at=at, by=RESIDENT)
        queue.run_pending(at=at)

    def place(self):
        with self.as_resident():
            return places.of_case(self.case_id)


@pytest.fixture
def collection(real_db, monkeypatch):
    """A resident of Ashby has asked for three things to be collected."""

    def collect(ctx, *, at, by):
        return Waiting(task="Collect the items", team="waste-crew", due=ctx.due_at)

    performer = Performer("waste.collect_bulky", collect, Collected, Collected, "Collecting")
    monkeypatch.setitem(registry, "waste.collect_bulky", performer)
    home = bodies.place_of_dwelling(MILL_LANE_14)
    answers = {
        "where": home,
        "home": True,
        "items": ["sofa", "bed"],
        "count": 3,
        "low_income": False,
        "put_out": "front",
        "agreed": True,
    }
    with scoped(NOBODY):
        opened = actions.open_case(
            service_id="bulky-waste", answers=answers, place=home, contact=CONTACT, channel="web", at=AT, by=RESIDENT
        )
    queue.run_pending(at=AT)
    return Life(opened.case_id)


def test_a_day_is_chosen_then_it_is_paid_for_then_it_is_theirs(collection):
    assert collection.steps() == {"choose": "waiting"}

    day = collection.choose_day()
    assert collection.steps() == {"choose": "done", "pay": "waiting"}
    assert collection.charge().pence == 4000
    assert collection.place().state == "held"

    collection.pay()
    assert collection.steps() == {"choose": "done", "pay": "done", "confirm": "done", "collect": "waiting"}
    assert collection.place().state == "booked"
    with scoped(ASHBY_STAFF):
        assert Step.objects.get(case_id=collection.case_id, name="confirm").outputs == {
            "day": day.isoformat(),
            "time": "07:00",
        }
        assert money.balance(ASHBY, "1100", cost_centre="bulky-waste") == 0


def test_what_is_not_paid_in_a_day_is_neither_booked_nor_delivered(collection):
    collection.choose_day()
    queue.run_pending(at=AT + dt.timedelta(hours=25))

    assert collection.steps() == {"choose": "done", "pay": "done", "confirm": "skipped", "collect": "skipped"}
    assert (collection.case().state, collection.case().outcome) == ("closed", "not-paid")
    assert collection.charge().state == "cancelled"
    assert collection.place() is None
    with scoped(ASHBY_STAFF):
        assert money.balance(ASHBY, "4000", cost_centre="bulky-waste") == 0


def test_cancelled_in_time_the_day_is_free_and_the_money_goes_back(collection):
    collection.choose_day()
    collection.pay()
    collection.cancel(AT + SOON)

    assert collection.place() is None
    assert collection.charge().state == "refunded"


def test_cancelled_too_late_the_money_stays(collection):
    day = collection.choose_day()
    collection.pay()
    collection.cancel(dt.datetime.combine(day, dt.time(6), dt.UTC))

    assert collection.charge().state == "paid"
    assert collection.place() is None


def test_cancelled_before_paying_nothing_is_asked_for_any_more(collection):
    collection.choose_day()
    collection.cancel(AT + SOON)

    assert collection.charge().state == "cancelled"
    assert collection.place() is None


def test_hearing_twice_that_it_is_paid_finishes_the_step_once(collection):
    from moothall.casework.handlers import paid
    from moothall.ledger.events import PaymentSettled

    collection.choose_day()
    collection.pay()
    owed = collection.charge()
    with scoped(ASHBY_STAFF):
        told = PaymentSettled(ASHBY, owed.id, owed.case_id, owed.step_id, owed.pence)
        paid(told, at=AT, by=RESIDENT)
    assert collection.steps()["collect"] == "waiting"


@pytest.mark.parametrize(
    ("cancelled", "booked", "given_back"),
    [
        ("2026-11-20T16:59", "2026-11-23", True),
        ("2026-11-20T17:01", "2026-11-23", False),
        ("2026-12-24T12:00", "2026-12-29", True),
        ("2026-12-28T12:00", "2026-12-29", False),
        ("2026-11-15T23:59", None, True),
        ("2026-11-16T00:01", None, False),
    ],
)
def test_the_time_for_changing_one_s_mind(cancelled, booked, given_back):
    """5pm of the working day before the booked day (bank holidays do not count); without a day, 14 days from paying."""
    moment = dt.datetime.fromisoformat(cancelled).replace(tzinfo=dt.UTC)
    day = dt.date.fromisoformat(booked) if booked else None
    paid_at = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)
    assert in_time(moment, paid=paid_at, booked=day, calendar=england()) is given_back


def walk(client, case_id):
    """Let a browser hold a case, as after sending or tracking it."""
    with scoped(ASHBY_STAFF):
        reference = queries.case(case_id, at=AT).case.reference
    session = client.session
    session["cases"] = {reference: str(case_id)}
    session.save()
    return reference


def test_the_pages_lead_from_the_day_to_the_payment(collection, client):
    reference = walk(client, collection.case_id)
    shown = client.get(f"/cases/{reference}/")
    assert "Choose a day" in shown.text

    days = client.get(f"/cases/{reference}/day/")
    assert "Which day suits you?" in days.text
    assert client.post(f"/cases/{reference}/day/", {}).text.count("Choose a day") >= 1
    first = days.text.split('name="slot"')[1].split('value="')[1].split('"')[0]
    answer = client.post(f"/cases/{reference}/day/", {"slot": first})
    assert answer.url == f"/cases/{reference}/pay/"
    assert "One moment" in client.get(answer.url).text

    from moothall.core.clock import now

    queue.run_pending(at=now())
    to_pay = client.get(answer.url).url
    assert to_pay == f"/pay/{collection.charge().id}/"
    assert "£40.00" in client.get(to_pay).text
    shown = client.get(f"/cases/{reference}/").text
    assert "Pay £40.00" in shown
    assert "kept for you while you pay" in shown
    day = client.get(f"/cases/{reference}/day.ics")
    assert day.headers["Content-Type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in day.text


def test_somebody_without_the_reference_and_contact_chooses_and_pays_nothing(collection, client):
    with scoped(ASHBY_STAFF):
        reference = queries.case(collection.case_id, at=AT).case.reference
    for page in ("day", "pay"):
        assert client.get(f"/cases/{reference}/{page}/").url.startswith("/track/")


def test_an_adviser_chooses_the_day_and_takes_the_money_for_a_caller(collection, client):
    adviser = as_staff(client, ASHBY, "adviser")
    case = f"/staff/cases/{collection.case_id}/"
    assert "Choose a day for them" in adviser.get(case).text
    days = adviser.get(case + "day/").text
    first = days.split('name="slot"')[1].split('value="')[1].split('"')[0]

    assert adviser.post(case + "day/", {"slot": first}).url == case
    from moothall.core.clock import now

    queue.run_pending(at=now())
    shown = adviser.get(case).text
    assert "kept while they pay" in shown
    assert f"/ledger/charges/{collection.charge().id}/" in shown
    adviser.post(f"/ledger/charges/{collection.charge().id}/paid/")
    queue.run_pending(at=now())
    assert collection.steps()["collect"] == "waiting"
    assert "Who asked for another day?" in adviser.get(case + "day/").text


def test_another_council_s_adviser_chooses_nothing(collection, client):
    other = as_staff(client, EASTWOLD, "adviser")
    assert other.get(f"/staff/cases/{collection.case_id}/day/").status_code == 404
