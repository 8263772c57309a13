"""From the first question to the reference, as a browser without scripts goes."""

import re

import pytest
from django.core.cache import cache

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("functions")]


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


EMAIL = {"email": "ann@example.org", "postcode": "ZM1 2AB", "name": "Ann Example"}


def place_boxes(place):
    return {
        "where-search": place["label"],
        "where-lat": place["lat"],
        "where-lon": place["lon"],
        "where-note": "by the post box",
    }


@pytest.fixture
def asking(client, place):
    """Answer everything about a pothole, and stand before the check."""
    answer = client.post("/services/report-pothole/ask", place_boxes(place))
    answers = {"surface": "road", "width": "dustbin-lid", "depth": "fist", "avoiding": "yes", "photo": None, "more": ""}
    while (name := re.search(r"/ask/(\w+)/", answer.headers["Location"])) or "nearby" in answer.headers["Location"]:
        value = answers[name[1]]
        answer = client.post(answer.headers["Location"], {} if value is None else {name[1]: value})
        assert answer.status_code == 302, answer.content.decode()
    assert answer.headers["Location"].endswith("/contact/")
    answer = client.post(answer.headers["Location"], EMAIL)
    return answer.headers["Location"]


def test_danger_to_life_comes_before_the_form(client):
    page = client.get("/services/report-pothole/start").content.decode()
    assert "Ring 999 now" in page
    assert 'href="/services/report-pothole/ask"' in page


def test_a_pothole_goes_from_the_first_question_to_a_reference(client, asking):
    page = client.get(asking).content.decode()
    assert "Mill Lane" in page
    assert "Like a dustbin lid" in page
    assert "ann@example.org" in page
    sent = client.post(asking, follow=True)
    text = sent.content.decode()
    assert re.search(r"MAR-\d{4}-\d{3}\w", text)
    assert "We will finish this by" in text
    assert "We look at it" in text


def test_a_double_click_makes_one_case(client, asking):
    from moothall.casework.models import Case

    first, again = client.post(asking), client.post(asking)
    assert first.headers["Location"] == again.headers["Location"]
    reference = re.search(r"MAR-\d{4}-\d{3}\w", client.get(first.headers["Location"]).content.decode())[0]
    assert reference in client.get(f"/cases/{reference}/").content.decode()
    assert Case.objects.count() == 0, "without a scope nothing is seen"


def test_an_empty_answer_says_what_to_do_and_links_to_the_question(client):
    page = client.post("/services/report-pothole/ask", {"where-search": ""}).content.decode()
    assert "There is a problem" in page
    assert "Say where it is: give a street, or pick the spot on the map" in page
    assert "<title>Error:" in page


def test_what_was_typed_is_kept_when_there_are_several_such_places(client):
    page = client.post("/services/report-pothole/ask", {"where-search": "mill lane", "where-note": "by the tree"})
    text = page.content.decode()
    assert 'value="mill lane"' in text
    assert 'value="by the tree"' in text
    assert 'name="where-choice"' in text
    assert "Choose one of these places" in text


def test_find_shows_places_without_calling_it_a_mistake(client):
    page = client.post("/services/report-pothole/ask", {"where-search": "mill lane", "where-find": "yes"})
    text = page.content.decode()
    assert 'name="where-choice"' in text
    assert "There is a problem" not in text


def test_a_motorway_is_somebody_elses_and_the_page_says_whose(client, place):
    answer = client.post("/services/report-pothole/ask", place_boxes(place))
    page = client.post(answer.headers["Location"], {"surface": "motorway"}).content.decode()
    assert "National Highways looks after motorways" in page
    assert "https://report.nationalhighways.co.uk/" in page


def test_another_browser_cannot_open_a_draft(client, asking):
    from django.test import Client

    assert client.get(asking).status_code == 200
    assert Client().get(asking).status_code == 404


def test_a_branch_that_is_not_led_to_is_not_asked(client, place):
    answer = client.post("/services/report-pothole/ask", place_boxes(place))
    for name, value in (("surface", "road"), ("width", "dinner-plate"), ("depth", "fist")):
        answer = client.post(answer.headers["Location"], {name: value})
    assert "/ask/photo/" in answer.headers["Location"]


def test_back_leads_to_the_question_before(client, place):
    answer = client.post("/services/report-pothole/ask", place_boxes(place))
    url = answer.headers["Location"]
    assert "/ask/where/" in client.get(url).content.decode()


def test_an_answer_can_be_changed_from_the_check(client, asking):
    change = re.search(r'href="([^"]+/ask/width/\?change=yes)"', client.get(asking).content.decode())[1]
    assert "checked" in client.get(change).content.decode()
    answer = client.post(change, {"width": "larger"})
    assert answer.headers["Location"] == asking
    assert "Larger" in client.get(asking).content.decode()


def test_a_change_that_leads_to_a_new_question_asks_it(client, place):
    answer = client.post("/services/report-pothole/ask", place_boxes(place))
    for name, value in (("surface", "road"), ("width", "dinner-plate"), ("depth", "fist"), ("photo", ""), ("more", "")):
        answer = client.post(answer.headers["Location"], {name: value} if value else {})
    check = client.post(answer.headers["Location"], {"none": "on"}).headers["Location"]
    answer = client.post(check.replace("/check/", "/ask/width/?change=yes"), {"width": "larger"})
    assert "/ask/avoiding/" in answer.headers["Location"]


def test_neighbours_reports_are_offered_and_can_be_followed(client, asking, place):
    from django.test import Client

    client.post(asking)
    neighbour = Client()
    offered = neighbour.post("/services/report-pothole/ask", place_boxes(place)).headers["Location"]
    page = neighbour.get(offered).content.decode()
    assert "Is it the same one?" in page
    follow = re.search(r'href="([^"]+/follow/[^"]+)"', page)[1]
    page = neighbour.post(follow, {"email": "bob@example.org"}).content.decode()
    assert "We write to bob@example.org when it is done" in page
    assert (
        "2 people reported it"
        in Client().post("/services/report-pothole/ask", place_boxes(place), follow=True).content.decode()
    )


def test_welsh_is_asked_in_welsh(client):
    page = client.get("/services/report-pothole/ask", headers={"accept-language": "cy"}).content.decode()
    assert "Ble mae e?" in page
    assert 'lang="cy"' in page


def test_other_words_typed_over_a_place_chosen_before_are_what_counts(client, place):
    url = client.post("/services/report-pothole/ask", place_boxes(place)).headers["Location"]
    where = url.replace("/ask/surface/", "/ask/where/")
    page = client.get(where).content.decode()
    hidden = dict(re.findall(r'name="(where-(?:lat|lon|usrn|uprn|label))" value="([^"]*)"', page))
    assert hidden["where-lat"]
    page = client.post(where, hidden | {"where-search": "high street"}).content.decode()
    assert "High Street" in page
    assert "Choose one of these places" in page


def test_neighbours_reports_are_asked_for_at_a_place_question_only(client, asking):
    """An address with another question's name, or of a draft without a place, was an error."""
    draft = re.search(r"/drafts/([\w-]+)/", asking)[1]
    assert client.get(f"/drafts/{draft}/nearby/width/").status_code == 404
    assert client.get(f"/drafts/{draft}/nearby/no-such/").status_code == 404
    first = client.post("/services/complaint/ask", {"about": "delay"}).headers["Location"]
    complaint = re.search(r"/drafts/([\w-]+)/", first)[1]
    assert client.get(f"/drafts/{complaint}/nearby/happened/").status_code == 404
    address = {"where-search": "14 Mill Lane, Ashby", "where-uprn": "990000069488"}
    asked = client.post("/services/bulky-waste/ask", address).headers["Location"]
    items = re.search(r"/drafts/([\w-]+)/", asked)[1]
    assert client.get(f"/drafts/{items}/follow/{draft}/").status_code == 404
