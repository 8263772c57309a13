"""Bin calendars for everybody; rounds and visits for those who do them."""

import datetime as dt
import re

import icalendar
import pytest
from tests.world import ASHBY, EASTWOLD, MILL_LANE_14, as_staff

from moothall.core.clock import local, now
from moothall.core.ids import new_id
from moothall.core.scope import scoped
from moothall.functions.waste import actions, queries, rules
from moothall.functions.waste.models import CrewNote, Incident, RoundDay, Visit
from moothall.functions.waste.tests.conftest import DISTRICT, SUPERVISOR, home, round_of


def today():
    return local(now()).date()


def test_a_resident_finds_the_bin_days_of_an_address(db, client):
    found = client.get("/bins/?q=14 Mill Lane, Ashby").content.decode()
    assert f"/bins/{MILL_LANE_14}/" in found
    page = client.get(f"/bins/{MILL_LANE_14}/").content.decode()
    assert "Rubbish" in page
    assert "Ashby District Council empties the bins here" in page


def test_the_bin_days_can_be_read_in_welsh(db, client):
    page = client.get(f"/bins/{MILL_LANE_14}/", headers={"Accept-Language": "cy"}).content.decode()
    assert "Y casgliadau nesaf" in page
    assert "Sbwriel" in page
    assert "The next collections" not in page


def test_an_unknown_address_says_what_to_try(db, client):
    assert "Try your postcode" in client.get("/bins/?q=qqqqqqqq").content.decode()


def test_a_holiday_moves_the_collection_and_the_page_says_so(db):
    with scoped(DISTRICT):
        rows = queries.calendar(usrn=home()["usrn"], first=dt.date(2026, 12, 21), days=20)
        found, _ = round_of("food")
    assert all(row["day"] not in (dt.date(2026, 12, 25), dt.date(2026, 12, 28)) for row in rows)
    after = dt.date(2026, 12, 28) + dt.timedelta(days=found.weekday + 1)
    assert after in [row["day"] for row in rows if row["moved"]]


def test_the_calendar_can_be_subscribed_to(db, client):
    answer = client.get(f"/bins/{MILL_LANE_14}.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    sheet = icalendar.Calendar.from_ical(answer.content)
    days = [entry["dtstart"].dt for entry in sheet.walk("VEVENT")]
    assert len(days) > 40
    assert len({entry["uid"] for entry in sheet.walk("VEVENT")}) == len(days)


def test_the_street_is_told_before_it_asks(real_db, client):
    found, day = round_of()
    with scoped(DISTRICT):
        actions.mark_incomplete(
            round_=found, day=day, usrns=[home()["usrn"]], reason="Snow blocked the hill.",
            return_on=day + dt.timedelta(days=1), at=now(), by=SUPERVISOR,
        )  # fmt: skip
    for path in (f"/bins/{MILL_LANE_14}/", f"/bins/street/{home()['usrn']}/"):
        page = client.get(path).content.decode()
        assert "we could not finish your street" in page
        assert "Snow blocked the hill." in page
    asked = client.get("/services/missed-bin/", {"where": "Mill Lane, Ashby"}).content.decode()
    assert "we could not finish your street" in asked
    assert "You need not tell us." in asked
    assert "could not finish" not in client.get("/services/fly-tipping/").content.decode()
    assert "1 street was not reached" in client.get("/b/ashby/", follow=True).content.decode()
    assert "was not reached" not in client.get("/b/borley/", follow=True).content.decode()


def number_in(page) -> str:
    return re.search(r'name="number" value="([0-9a-f-]{36})"', page.content.decode())[1]


def test_a_supervisor_marks_a_round_incomplete_and_then_done(real_db, client):
    found, day = round_of()
    as_staff(client, ASHBY, "manager")
    page = client.get(f"/waste/?day={day}").content.decode()
    assert found.name in page
    address = f"/waste/rounds/{found.pk}/{day}/incomplete/"
    assert "Mill Lane" in client.get(address).content.decode()
    back = day + dt.timedelta(days=1)
    said = {"usrns": [home()["usrn"]], "reason": "Ice.", "return_on-day": back.day, "return_on-month": back.month,
            "return_on-year": back.year}  # fmt: skip
    assert "Choose the streets" in client.post(address, {**said, "usrns": []}).content.decode()
    assert client.post(address, said).status_code == 302
    listed = client.get(f"/waste/?day={day}").content.decode()
    assert "Not finished" in listed
    assert "1 street waits" in listed
    assert client.post(f"/waste/rounds/{found.pk}/{day}/collected/").status_code == 302
    assert "Not finished" not in client.get(f"/waste/?day={day}").content.decode()
    with scoped(DISTRICT):
        assert Incident.objects.get().ended_at is not None
        assert RoundDay.objects.get().state == "collected"


def test_a_crew_member_notes_an_address_once(real_db, client):
    found, day = round_of()
    as_staff(client, ASHBY, "crew")
    address = f"/waste/rounds/{found.pk}/{day}/note/"
    said = {"number": number_in(client.get(address)), "address": "14 Mill Lane Ashby", "code": "not_out"}
    assert [client.post(address, said).status_code for _ in range(2)] == [302, 302]
    with scoped(DISTRICT):
        assert [note.uprn for note in CrewNote.objects.all()] == [MILL_LANE_14]
    wrong = client.post(address, said | {"number": str(new_id()), "address": "qqqq"})
    assert "We do not know that address" in wrong.content.decode()


def visit_to_make(**more):
    from moothall.casework import actions as casework
    from moothall.core import queue
    from moothall.functions.waste.tests.conftest import CONTACT, NOBODY

    answers = {"where": home(), "what": ["bags"], "amount": "bag", "land": "public", "blocks": False, "saw": False}
    contact = CONTACT | more
    with scoped(NOBODY):
        casework.open_case(service_id="fly-tipping", answers=answers, place=home(), contact=contact, channel="web",
                           at=now(), by=NOBODY.actor)  # fmt: skip
    queue.run_pending(at=now())
    with scoped(DISTRICT):
        return Visit.objects.get()


def test_a_crew_member_clears_dumped_rubbish(real_db, client):
    visit = visit_to_make()
    as_staff(client, ASHBY, "crew")
    assert "Clear dumped rubbish" in client.get("/crew/waste/").content.decode()
    assert "Not done because" in client.get(f"/crew/waste/{visit.pk}/").content.decode()
    form = client.get(f"/crew/waste/{visit.pk}/done/")
    assert client.post(f"/crew/waste/{visit.pk}/done/", {"number": number_in(form)}).status_code == 302
    assert "No visits to make" in client.get("/crew/waste/").content.decode()


def test_a_crew_member_says_why_not(real_db, client):
    visit = visit_to_make()
    as_staff(client, ASHBY, "crew")
    address = f"/crew/waste/{visit.pk}/not-done/"
    assert "Choose why it could not be done" in client.post(
        address, {"number": number_in(client.get(address))}).content.decode()  # fmt: skip
    said = {"number": number_in(client.get(address)), "reason": "not_found"}
    assert client.post(address, said).status_code == 302
    assert "There was nothing there" in client.get(f"/crew/waste/{visit.pk}/").content.decode()


def test_an_outsider_s_crew_finds_none_of_our_visits(real_db, client):
    visit = visit_to_make()
    found, day = round_of()
    as_staff(client, EASTWOLD, "crew")
    assert client.get(f"/crew/waste/{visit.pk}/").status_code == 404
    assert client.post(f"/waste/rounds/{found.pk}/{day}/collected/").status_code == 404


@pytest.mark.parametrize("path", ["/waste/", "/crew/waste/"])
def test_a_stranger_is_asked_to_sign_in(db, client, path):
    assert client.get(path)["Location"].startswith("/sign-in/")


def test_every_street_of_a_district_has_a_day_for_every_kind_of_bin(db):
    with scoped(DISTRICT):
        streams = {one.stream for one in queries.rounds_at(usrn=home()["usrn"], on=today())}
    assert streams == set(rules.STREAMS)


def test_a_crew_knows_what_those_need_at_whose_door_it_stands_and_nothing_of_others(real_db, client):
    outdoors = visit_to_make(needs="interpreter:bfi,access:step-free,format:braille")
    told = {"case_id": outdoors.case_id, "reference": outdoors.reference, "what": "Rubbish", "place": home()}
    with scoped(DISTRICT):
        actions.plan_visit(
            body_id=ASHBY, step_id=new_id(), kind="return", day=None, due_at=now(), at=now(), by=SUPERVISOR, **told
        )
        door = Visit.objects.get(kind="return")
    as_staff(client, ASHBY, "crew")
    page = client.get("/crew/waste/").content.decode()
    assert page.count("British Sign Language interpreter") == 1
    assert "Needs step-free access" in client.get(f"/crew/waste/{door.pk}/").content.decode()
    assert "Braille" not in client.get(f"/crew/waste/{door.pk}/").content.decode()
    assert "Sign Language" not in client.get(f"/crew/waste/{outdoors.pk}/").content.decode()
