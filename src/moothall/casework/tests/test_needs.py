"""What those who ask need goes with their request, and is respected by letters, diaries and those who meet them."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from tests.world import ASHBY, EASTWOLD, MARCHSHIRE, as_staff

from moothall.casework import actions, queries
from moothall.casework.models import Case, Draft, Task
from moothall.casework.tests.booked import COUNTY, a_birth, a_tip_visit
from moothall.casework.tests.conftest import AT, CONTACT, NOBODY, OFFICER, open_pothole, scope
from moothall.casework.tests.test_asking import place_boxes
from moothall.core import queue
from moothall.core.clock import now
from moothall.core.models import Account, Outgoing
from moothall.core.scope import Scope, scoped
from moothall.people import actions as people
from moothall.people import queries as known

pytestmark = pytest.mark.django_db
POST = "14 Mill Lane\nAshby\nZM1 1EF"
DEAF = CONTACT | {"needs": "interpreter:bfi,calls:none"}


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def asked(client, place, contact=None):
    """Answer everything about a pothole; return the address of the check page."""
    at = client.post("/services/report-pothole/ask", place_boxes(place)).headers["Location"]
    said = {"surface": "road", "width": "dustbin-lid", "depth": "fist", "avoiding": "yes", "photo": None, "more": ""}
    while not at.endswith("/contact/"):
        name = at.rstrip("/").split("/")[-1].partition("?")[0]
        value = said.get(name)
        at = client.post(at, {} if value is None else {name: value}).headers["Location"]
    contact = contact or {"email": "ann@example.org", "postcode": "ZM1 2AB", "name": "Ann Example"}
    return client.post(at, contact).headers["Location"]


def the_case():
    with scoped(scope(MARCHSHIRE)):
        return queries.case_file(Case.objects.latest("opened_at").pk)


@pytest.mark.usefixtures("functions")
def test_it_is_said_on_the_way_kept_with_the_request_and_goes_to_nobody_else(client, place):
    check = asked(client, place)
    page = client.get(check).content.decode()
    assert "Do you need anything to make this easier?" in page
    assert "Nothing said" in page
    at = check.replace("/check/", "/needs/")
    assert client.post(at, {"format": "braille", "post": "Ashby"}).status_code == 200
    assert "on three to six lines" in client.post(at, {"format": "braille", "post": "Ashby"}).content.decode()
    client.post(at, {"format": "braille", "interpreter": "bfi", "post": POST})
    page = client.get(check).content.decode()
    assert "British Sign Language interpreter<br>Letters in: Braille" in page
    client.post(at.replace("/needs/", "/contact/"), {"email": "bob@example.org"})  # changing one keeps the other
    client.post(check)
    file = the_case()
    assert file.contact["needs"] == "interpreter:bfi,format:braille"
    with scoped(scope(EASTWOLD)):
        assert queries.needs_when_met([file.case.pk]) == {}
    with scoped(NOBODY):
        assert Draft.objects.count() == 0


@pytest.mark.usefixtures("functions")
def test_who_is_signed_in_says_nothing_twice_and_their_council_knows_from_then_on(client, place):
    client.force_login(Account.objects.create_user("nia@post.example", name="Nia Hollis"))
    client.post("/account/details/", {"language": "cy", "format": "large-print", "post": POST})
    check = asked(client, place)
    assert "Letters in: Large print" in client.get(check).content.decode()
    client.post(check)
    queue.run_pending(at=now())
    file = the_case()
    assert file.case.language == "cy", "they asked for Welsh, whatever the page was in"
    assert file.contact["needs"] == "language:cy,format:large-print"
    with scoped(scope(MARCHSHIRE)):
        mail, letter = Outgoing.objects.filter(case_id=file.case.pk).select_related("words").order_by("channel")
        assert (mail.channel, mail.made_as, mail.language) == ("email", "", "cy")
        assert (letter.channel, letter.made_as, letter.state) == ("letter", "large-print", "to-print")
        assert "Ashby" in letter.words.recipient
        assert known.needs_of(file.case.person_id) == ("language:cy", "format:large-print")


def test_a_reminder_that_would_come_too_late_on_paper_is_only_sent_at_once():
    birth = a_birth(contact=CONTACT | {"address": POST, "needs": "format:audio"})
    with birth.seen():
        assert actions.remind_of_day(case_id=birth.case_id, booking_id=birth.place().id, at=now(), by=OFFICER)
    queue.run_pending(at=now())
    with scoped(COUNTY):
        sent = Outgoing.objects.filter(case_id=birth.case_id)
        assert {row.channel for row in sent.filter(template__contains="remind")} == {"email"}
        booked = sent.filter(template__contains="booked")
        assert {(row.channel, row.made_as) for row in booked} == {("email", ""), ("letter", "audio")}


@pytest.mark.usefixtures("functions")
def test_letters_that_people_make_wait_in_the_council_s_list(client):
    with scoped(NOBODY):
        open_pothole(at=now(), contact={"name": "Ann", "address": POST, "needs": "format:easy-read"})
    queue.run_pending(at=now())
    page = as_staff(client, MARCHSHIRE, "officer").get("/staff/letters/by-hand/").content.decode()
    assert "1 letter waits" in page
    assert "14 Mill Lane" in page
    assert "Easy Read</strong>" in page


@pytest.mark.usefixtures("functions")
def test_what_is_no_need_is_left_out_and_words_are_kept_in_their_order():
    with scoped(NOBODY):
        open_pothole(contact=CONTACT | {"needs": "format:audio,safety:protected,language:cy,nothing"})
    assert the_case().contact["needs"] == "language:cy,format:audio"


@pytest.mark.usefixtures("functions")
def test_needs_said_without_an_account_are_noted_once_it_is_known_whose_request_it_is():
    with scoped(NOBODY):
        opened = open_pothole(contact=DEAF)
    with scoped(scope(MARCHSHIRE)):
        person = people.record_person(body_id=MARCHSHIRE, name="Ann Example", at=AT, by=OFFICER)
        assert known.needs_of(person) == ()
        actions.link_person(case_id=opened.case_id, person_id=person, at=AT, by=OFFICER)
        assert known.needs_of(person) == ("interpreter:bfi", "calls:none")


@pytest.mark.usefixtures("functions")
def test_a_case_s_page_says_first_what_its_resident_needs(client):
    with scoped(NOBODY):
        opened = open_pothole(contact=CONTACT | {"needs": "language:pl,calls:relay,format:audio"})
    page = as_staff(client, MARCHSHIRE, "officer").get(f"/staff/cases/{opened.case_id}/").content.decode()
    for words in ("What they need", "Written to in Polish", "dial 18002", "have what matters translated"):
        assert words in page, words
    assert page.index("What they need") < page.index("What is asked")


def tasks(case_id):
    with scoped(COUNTY):
        rows = Task.objects.filter(case_id=case_id, detail__has_key="interpreter").order_by("opened_at", "id")
        return [(row.title, row.state) for row in rows]


def test_whoever_meets_a_deaf_person_has_to_book_an_interpreter_and_sees_it_in_the_diary(client):
    birth = a_birth(contact=DEAF)
    ((title, state),) = tasks(birth.case_id)
    assert title.startswith("Book an interpreter, ")
    assert title.endswith("British Sign Language interpreter")
    assert state == "open"
    with scoped(COUNTY):
        task = Task.objects.get(case_id=birth.case_id, detail__has_key="interpreter")
        assert task.team.code == "registrars"
        assert queries.needs_when_met([birth.case_id]) == {
            birth.case_id: ["British Sign Language interpreter", "Cannot use the phone"]
        }
    slot = birth.place().slot_id
    page = as_staff(client, MARCHSHIRE, "officer").get(reverse("booking:slot", args=[slot])).content.decode()
    assert "British Sign Language interpreter" in page


def test_on_another_day_the_interpreter_is_booked_for_that_one_or_moved():
    birth = a_birth(contact=DEAF)
    birth.move(birth.slots[-1])
    first, second = tasks(birth.case_id)
    assert (first[1], second[1]) == ("cancelled", "open")
    assert second[0].startswith("Book")
    with scoped(COUNTY):
        task = Task.objects.get(case_id=birth.case_id, detail__has_key="interpreter", state="open")
        actions.finish_task(task_id=task.pk, at=now(), by=OFFICER)
    birth.move(birth.slots[-5])
    assert tasks(birth.case_id)[-1][0].startswith("Move an interpreter, ")


def test_when_the_day_is_given_up_an_interpreter_who_was_booked_is_cancelled():
    birth = a_birth(contact=DEAF)
    with scoped(COUNTY):
        task = Task.objects.get(case_id=birth.case_id, detail__has_key="interpreter")
        actions.finish_task(task_id=task.pk, at=now(), by=OFFICER)
    with birth.seen():
        actions.cancel_case(case_id=birth.case_id, reason="", at=now(), by=OFFICER)
    queue.run_pending(at=now())
    assert [title.partition(":")[0] for title, _state in tasks(birth.case_id)][1:] == ["Cancel the interpreter"]


def test_nobody_books_an_interpreter_where_nobody_is_met_or_none_is_needed():
    assert tasks(a_tip_visit(contact=DEAF).case_id) == []
    assert tasks(a_birth().case_id) == []


@pytest.mark.usefixtures("functions")
def test_what_was_said_is_erased_with_the_request():
    birth = a_birth(contact=DEAF)
    with birth.seen():
        actions.cancel_case(case_id=birth.case_id, reason="", at=now(), by=OFFICER)
    queue.run_pending(at=now())
    with scoped(COUNTY):
        person = people.record_person(body_id=MARCHSHIRE, name="Ann Example", at=now(), by=OFFICER)
        actions.link_person(case_id=birth.case_id, person_id=person, at=now(), by=OFFICER)
        actions.erase_person(person_ids=[person], body_id=MARCHSHIRE, at=now(), by=OFFICER)
        assert queries.case_file(birth.case_id).contact == {}
        assert not Task.objects.filter(title__contains="Sign Language").exists()


def test_another_system_says_needs_and_is_told_what_is_none(client, place):
    sent = {
        "service": "report-pothole", "place": {"lat": place["lat"], "lon": place["lon"]},
        "answers": {"surface": "road", "width": "dustbin-lid", "depth": "fist", "avoiding": True},
        "contact": {"name": "Ann", "address": POST, "needs": ["format:braille", "access:step-free"]},
    }  # fmt: skip
    wrong = sent | {"contact": {"needs": ["format:papyrus"]}}
    assert client.post("/api/v1/cases", wrong, content_type="application/json").status_code == 422
    wrong = sent | {"contact": {"address": "Ashby"}}
    assert "three to six lines" in client.post("/api/v1/cases", wrong, content_type="application/json").content.decode()
    assert client.post("/api/v1/cases", sent, content_type="application/json").status_code == 201
    assert the_case().contact["needs"] == "format:braille,access:step-free"


def test_a_partner_that_has_no_part_in_the_request_learns_nothing():
    birth = a_birth(contact=DEAF)
    with scoped(Scope(bodies=(ASHBY,), purpose="staff", actor=OFFICER)):
        assert queries.needs_when_met([birth.case_id]) == {}
