"""The adviser's counter, through its pages."""

import re
from uuid import UUID

import pytest
from django.core.cache import cache
from tests.world import ASHBY, BORLEY, MARCHSHIRE, MILL_LANE_14, as_staff

from moothall.core.clock import now
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.django_db
POTHOLE = {"surface": "road", "width": "dustbin-lid", "depth": "fist", "avoiding": "yes"}
CALLER = {"channel": "phone", "name": "Bob Example", "phone": "01632 960 001", "postcode": "ZM1 2AB"}


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def where():
    """Return what the place picker posts for a place outside 14 Mill Lane, Ashby."""
    from moothall.bodies import queries as bodies

    home = bodies.dwelling(MILL_LANE_14)
    return {"where-lat": home.lat, "where-lon": home.lon, "where-search": "14 Mill Lane"}


@pytest.fixture
def adviser(client):
    """Sign in an adviser of Ashby, whose desk may take Marchshire's potholes."""
    return as_staff(client, ASHBY, "adviser")


@pytest.fixture
def taken(adviser, where):
    """Return the address and reference of a pothole that the adviser took for a caller."""
    answer = adviser.post("/desk/start/report-pothole/", POTHOLE | CALLER | where | {"key": "call-1"})
    assert answer.status_code == 302, re.findall(r'error-message".*?</p>', answer.content.decode(), re.S)
    page = adviser.get(answer["Location"]).content.decode()
    return answer["Location"], re.search(r"MAR-\d{4}-\d{3}\w", page)[0]


def test_a_districts_desk_takes_a_countys_pothole_on_one_page(adviser, taken):
    page = adviser.get(taken[0]).content.decode()
    assert "Marchshire County Council deals with it" in page
    assert "promised to finish by" in page


def test_the_same_page_sent_twice_makes_one_case(adviser, taken, where):
    again = adviser.post("/desk/start/report-pothole/", POTHOLE | CALLER | where | {"key": "call-1"})
    assert again["Location"] == taken[0]


def test_all_questions_are_on_the_page_and_unneeded_ones_do_not_matter(adviser, where):
    page = adviser.get("/desk/start/report-pothole/").content.decode()
    for label in (
        "Where is it?",
        "How wide is it?",
        "Do people swerve or step round it?",
        "Email address",
        "How they came",
    ):
        assert label in page
    small = POTHOLE | {"width": "dinner-plate", "avoiding": ""}
    answer = adviser.post("/desk/start/report-pothole/", small | CALLER | where | {"key": "call-2"})
    assert answer.status_code == 302


def test_what_is_missing_is_said_beside_its_question_and_the_rest_is_kept(adviser, where):
    page = adviser.post("/desk/start/report-pothole/", {"surface": "road"} | CALLER | where).content.decode()
    assert "Choose how wide it is; a guess is fine" in page
    assert re.search(r'value="road" checked', page)
    assert 'value="Bob Example"' in page


def test_a_box_of_several_says_which_question_it_belongs_to(adviser):
    page = adviser.get("/desk/start/complaint/").content.decode()
    assert "Who is it for? Email address" in page


def test_find_offers_places_and_complains_of_nothing(adviser):
    page = adviser.post("/desk/start/report-pothole/", {"where-search": "mill lane", "where-find": "yes"})
    text = page.content.decode()
    assert 'name="where-choice"' in text
    assert "There is a problem" not in text


@pytest.mark.parametrize("words", ["01632960001", "zm12ab", "reference"])
def test_the_box_finds_the_callers_open_case_by_phone_postcode_or_reference(adviser, taken, words):
    text = taken[1].lower().replace("-", " ") if words == "reference" else words
    page = adviser.get("/desk/", {"q": text}).content.decode()
    assert taken[1] in page
    assert "<strong>Open</strong>" in page


def test_another_bodys_desk_finds_nothing_of_it(client, taken):
    other = as_staff(client, BORLEY, "adviser")
    for words in (taken[1], "01632960001"):
        page = other.get("/desk/", {"q": words}).content.decode()
        assert "Nothing found" in page
    case_id = re.search(r"[0-9a-f-]{36}", taken[0])[0]
    assert other.get(f"/desk/cases/{case_id}/").status_code == 404
    assert other.get("/desk/start/report-pothole/").status_code == 404, "no agreement lets Borley take it"


def test_words_about_it_offer_the_service_to_start(adviser):
    page = adviser.get("/desk/", {"q": "hole in the road"}).content.decode()
    assert "/desk/start/report-pothole/" in page


def test_a_chase_is_added_and_reaches_whoever_deals_with_it(adviser, taken, client):
    case_id = re.search(r"[0-9a-f-]{36}", taken[0])[0]
    page = adviser.post(
        f"/desk/cases/{case_id}/",
        {"text": "Still there, and deeper.", "kind": "chase", "channel": "phone"},
        follow=True,
    ).content.decode()
    assert "Whoever deals with it answers the caller" in page
    assert "Still there, and deeper." in page
    county = as_staff(client, MARCHSHIRE, "officer")
    assert taken[1] in county.get("/staff/queue/?show=all&q=message").content.decode()
    assert "Answer a message from the resident" in county.get(f"/staff/cases/{case_id}/").content.decode()


def test_an_empty_chase_says_what_to_do(adviser, taken):
    case_id = re.search(r"[0-9a-f-]{36}", taken[0])[0]
    assert "Write what the caller says" in adviser.post(f"/desk/cases/{case_id}/", {"text": " "}).content.decode()


def test_without_anything_to_pay_no_link_is_sent(adviser, taken):
    case_id = re.search(r"[0-9a-f-]{36}", taken[0])[0]
    answer = adviser.post(f"/desk/cases/{case_id}/payment-link/")
    assert answer.status_code == 409
    assert "nothing to pay" in answer.content.decode()


def test_a_payment_link_is_sent_to_the_caller(adviser, taken, monkeypatch):
    from moothall.casework import queries as casework
    from moothall.ledger import actions as ledger

    case_id = UUID(re.search(r"[0-9a-f-]{36}", taken[0])[0])
    charge = {"case_id": case_id, "pence": 4000}
    with scoped(Scope(bodies=(MARCHSHIRE,), case=case_id)):
        due = ledger.charge(**charge, **charged(case_id))
    page = adviser.post(f"/desk/cases/{case_id}/payment-link/", follow=True).content.decode()
    assert "The payment link is on its way" in page
    with scoped(Scope(bodies=(MARCHSHIRE,))):
        said = casework.case(case_id, at=now()).messages[-1].text
    assert "£40.00" in said
    assert f"/pay/{due.pk}/" in said


def charged(case_id):
    """Return the rest of what a charge is told."""
    from moothall.core.actor import Actor

    said = {"description": "A test", "what": "test"}
    return said | {"body_id": MARCHSHIRE, "at": now(), "by": Actor.system("test")}


def test_the_desk_is_for_advisers(client):
    assert client.get("/desk/").status_code == 302
    assert as_staff(client, ASHBY, "officer").get("/desk/").status_code == 403
