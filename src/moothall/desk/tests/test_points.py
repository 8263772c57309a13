"""Places where people are received: kept by their body, read by all, with numbers for those who wait."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from tests.world import ASHBY, BORLEY, as_staff

from moothall.core.actor import Actor
from moothall.core.clock import LONDON, local, now
from moothall.core.ports import access_points
from moothall.core.scope import Scope, scoped
from moothall.desk import actions, queries
from moothall.desk.models import AccessPoint, Contact, Ticket
from moothall.desk.rules.points import about_minutes, slug_of

BY = Actor("staff", "77", ASHBY)
MONDAY = dt.datetime(2026, 6, 1, 10, tzinfo=LONDON)
HALL = {
    "name": "Town hall", "name_cy": "Neuadd y dref", "address": "14 Mill Lane, Ashby", "postcode": "ZM1 1EF",
    "phone": "01632 960 010", "hours": "Mo-Fr 09:00-17:00", "services": ["missed-bin"], "languages": ["en", "bsl"],
    "access": ["step-free", "hearing-loop"], "tickets": True,
}  # fmt: skip
TOLD = {"body_id": ASHBY, "at": MONDAY, "by": BY}


def test_one_waits_as_long_as_the_middle_one_waited_and_of_few_nothing_is_said():
    minutes = [dt.timedelta(minutes=m) for m in (4, 21, 11)]
    assert about_minutes(minutes) == 15
    assert about_minutes(minutes[:2]) is None


def test_a_name_becomes_an_address():
    assert slug_of("St John's House, Ashby") == "st-johns-house-ashby"


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def hall(db):
    """Keep Ashby's town hall, and act as its desk."""
    with scoped(Scope(bodies=(ASHBY,), purpose="staff", actor=BY)):
        yield actions.keep_point(**HALL, **TOLD)


def test_it_is_where_its_postcode_is_and_two_of_a_name_have_addresses_of_their_own(hall):
    assert (hall.slug, round(hall.lat)) == ("town-hall", 52)
    assert actions.keep_point(**HALL, **TOLD).slug == "town-hall-2"
    changed = actions.keep_point(point_id=hall.pk, **HALL | {"name": "New town hall"}, **TOLD)
    assert (changed.name, changed.slug) == ("New town hall", "town-hall"), "links to it still lead there"


@pytest.mark.parametrize(
    ("wrong", "refusal"), [({"hours": "nine to five"}, "HoursUnclear"), ({"postcode": "ZZ99 9ZZ"}, "NoSuchAddress")]
)
def test_what_residents_could_not_find_is_not_kept(hall, wrong, refusal):
    with pytest.raises(getattr(actions, refusal)):
        actions.keep_point(**HALL | wrong, **TOLD)


def test_it_is_closed_on_bank_holidays_and_as_its_body_says(hall):
    assert queries.opening(hall, MONDAY).until == "17:00"
    assert queries.opening(hall, MONDAY.replace(hour=18)).until is None
    may = dt.datetime(2026, 5, 25, 10, tzinfo=LONDON)
    assert queries.opening(hall, may).until is None, "the spring bank holiday"
    assert (may.date(), "", "") in queries.opening(hall, may - dt.timedelta(days=3)).otherwise
    said = {"point_id": hall.pk, "why": "Election", "why_cy": "Etholiad", **TOLD}
    actions.open_otherwise(day=MONDAY.date(), hours="", **said)
    assert queries.opening(hall, MONDAY).until is None
    actions.open_otherwise(day=MONDAY.date(), hours="Mo 10:00-12:00", **said)
    assert queries.opening(hall, MONDAY).until == "12:00"
    assert queries.opening(hall, MONDAY, "cy").otherwise == [(MONDAY.date(), "Mo 10:00-12:00", "Etholiad")]
    actions.open_otherwise(day=may.date(), hours="Mo 09:00-10:30", **said)
    assert queries.opening(hall, may).until == "10:30", "its body opens it all the same"


def later(minutes):
    """Return the same desk some minutes later."""
    return TOLD | {"at": MONDAY + dt.timedelta(minutes=minutes)}


def test_numbers_run_from_one_each_day_and_are_called_in_order(hall):
    assert [actions.take_ticket(point_id=hall.pk, **TOLD).number for _ in range(3)] == [1, 2, 3]
    first = actions.call_next(point_id=hall.pk, counter="1", **later(5))
    second = actions.call_next(point_id=hall.pk, counter="2", **later(6))
    assert (first.number, second.number) == (1, 2)
    third = actions.call_next(point_id=hall.pk, counter="1", **later(30))
    queue = queries.queue_of(hall, later(31)["at"])
    assert ([t.number for t in queue.called], queue.waiting, queue.served) == ([3, 2], [], 1), (
        "whoever was there is done"
    )
    assert queue.minutes == 10, "they waited 5, 6 and 30 minutes"
    with pytest.raises(actions.NobodyWaits):
        actions.call_next(point_id=hall.pk, counter="1", **later(32))
    ended = {"at": MONDAY, "by": BY}
    assert actions.end_ticket(ticket_id=third.pk, came=False, **ended).state == "gone"
    with pytest.raises(actions.NoSuchTicket):
        actions.end_ticket(ticket_id=third.pk, came=True, **ended)
    tomorrow = TOLD | {"at": MONDAY + dt.timedelta(days=1)}
    assert actions.take_ticket(point_id=hall.pk, **tomorrow).number == 1


def test_another_body_keeps_nothing_and_calls_nobody_here(hall):
    theirs = {"body_id": BORLEY, "at": MONDAY, "by": Actor("staff", "78", BORLEY)}
    ticket = actions.take_ticket(point_id=hall.pk, **TOLD)
    actions.call_next(point_id=hall.pk, counter="1", **TOLD)
    with scoped(Scope(bodies=(BORLEY,))):
        for act in (actions.take_ticket, actions.close_point):
            with pytest.raises(actions.NoSuchPoint):
                act(point_id=hall.pk, **theirs)
        with pytest.raises(actions.NoSuchTicket):
            actions.end_ticket(ticket_id=ticket.pk, came=True, at=MONDAY, by=theirs["by"])
        assert [point.pk for point in queries.points()] == [hall.pk], "where it is, all may know"


def test_a_place_that_is_closed_for_good_is_listed_no_more(hall, client):
    assert [place["name"] for answer in access_points for place in answer.give(ASHBY, "missed-bin")] == ["Town hall"]
    actions.close_point(point_id=hall.pk, **TOLD)
    assert [place for answer in access_points for place in answer.give(None, "")] == []
    assert client.get("/visit/ashby/town-hall/").status_code == 404


def test_everybody_reads_where_and_when_in_two_languages(hall, client):
    listed = client.get("/visit/").content.decode()
    assert "Town hall" in listed
    assert "Monday to Friday, 9am to 5pm" in listed
    page = client.get("/visit/ashby/town-hall/").content.decode()
    for said in (
        "14 Mill Lane, Ashby",
        "British Sign Language",
        "Hearing loop",
        "Report a missed bin",
    ):
        assert said in page, said
    client.get("/b/ashby/")
    assert "/visit/ashby/town-hall/" in client.get("/services/missed-bin/").content.decode(), "where one can come"
    client.cookies["django_language"] = "cy"
    page = client.get("/visit/ashby/town-hall/").content.decode()
    assert "Neuadd y dref" in page
    assert "Dolen glyw" in page
    assert client.get("/visit/nowhere/town-hall/").status_code == 404


def test_days_that_are_otherwise_come_along_with_all_places(hall, django_assert_num_queries):
    for day in (1, 2):
        actions.open_otherwise(
            day=MONDAY.date() + dt.timedelta(days=day), hours="", why="Election", point_id=hall.pk, **TOLD
        )
    actions.keep_point(**HALL | {"name": "Library"}, **TOLD)
    with django_assert_num_queries(2):
        told = {point.name: queries.opening(point, MONDAY).otherwise for point in queries.points(body_id=ASHBY)}
    assert {name: len(days) for name, days in told.items()} == {"Town hall": 2, "Library": 0}


def test_how_many_wait_is_told_while_it_is_open(hall, client, monkeypatch):
    for hour, said in ((10, "Open now, until 5pm. 1 person waits."), (20, "Closed now.")):
        moment = MONDAY.replace(hour=hour)
        actions.take_ticket(point_id=hall.pk, **TOLD | {"at": moment})
        monkeypatch.setattr("moothall.site.middleware.now", lambda moment=moment: moment)
        page = client.get("/visit/ashby/town-hall/").content.decode()
        assert f'<p class="mh-finding">{said}' in page
    assert "wait" not in page.partition('<p class="mh-finding">')[2].partition("</p>")[0]


def test_the_wall_shows_the_number_and_asks_again_without_a_script(hall, client):
    actions.take_ticket(point_id=hall.pk, **TOLD | {"at": now()})
    actions.call_next(point_id=hall.pk, counter="7", **TOLD | {"at": now()})
    answer = client.get("/visit/ashby/town-hall/wall/")
    assert answer["Refresh"] == "10"
    page = answer.content.decode()
    assert re.search(r'mh-wall__number">1<', page)
    assert "Counter 7" in page


def test_a_visit_is_received_from_the_number_to_the_wrap_up(hall, client):
    adviser = as_staff(client, ASHBY, "adviser")
    address = f"/desk/visits/{hall.pk}/"
    assert "Town hall" in adviser.get("/desk/visits/").content.decode()
    assert "Their number is 1" in adviser.post(f"{address}ticket/", follow=True).content.decode()
    page = adviser.post(f"{address}next/", {"counter": "3"}, follow=True).content.decode()
    assert "Number 1 is at your counter" in page
    adviser.post("/desk/wrap-up/", {"channel": "visit", "ended_as": "3"})
    ticket = re.search(r"/desk/tickets/([0-9a-f-]{36})/", page)[0]
    assert "served" in adviser.post(ticket, {"came": "yes"}, follow=True).content.decode()
    with scoped(Scope(bodies=(ASHBY,))):
        one = Contact.objects.get()
        assert (one.channel, one.ended_at > one.at) == ("visit", True), "it began with the call"
        assert Ticket.objects.get().state == "done"
    assert adviser.post(f"{address}next/", {"counter": "3"}).status_code == 409


def test_whoever_does_not_come_is_no_contact(hall, client):
    adviser = as_staff(client, ASHBY, "adviser")
    address = f"/desk/visits/{hall.pk}/"
    adviser.post(f"{address}ticket/")
    page = adviser.post(f"{address}next/", {"counter": "3"}, follow=True).content.decode()
    adviser.post(re.search(r"/desk/tickets/([0-9a-f-]{36})/", page)[0], {"came": "no"})
    assert "contact" not in adviser.session


def test_a_manager_keeps_a_place_and_a_day_on_which_it_is_otherwise(client, db):
    manager = as_staff(client, ASHBY, "manager")
    sent = HALL | {"tickets": "on"}
    wrong = manager.post("/staff/access-points/new/", sent | {"hours": "nine to five"}).content.decode()
    assert "Write the hours like" in wrong
    answer = manager.post("/staff/access-points/new/", sent)
    assert answer.status_code == 302, re.findall(r'error-message".*?</p>', answer.content.decode(), re.S)
    day = local(now()).date() + dt.timedelta(days=8)
    when = {"day-day": day.day, "day-month": day.month, "day-year": day.year}
    said = when | {"other_times": "10:00-12:00, 13:00-14:00", "why": "Training"}
    page = manager.post(answer["Location"] + "otherwise/", said, follow=True).content.decode()
    assert "10:00-12:00" in page
    assert "Write why" in manager.post(answer["Location"] + "otherwise/", when).content.decode()
    public = client.get("/visit/ashby/town-hall/").content.decode()
    assert "10am to midday, 1pm to 2pm" in public
    assert "Training" in public
    with scoped(Scope(bodies=(ASHBY,))):
        assert AccessPoint.objects.get().services == ["missed-bin"]
    assert "listed no more" in manager.post(answer["Location"] + "close/", follow=True).content.decode()
    assert as_staff(client, ASHBY, "adviser").get("/staff/access-points/").status_code == 403
