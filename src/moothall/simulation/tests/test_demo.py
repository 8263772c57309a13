"""The demonstration's first page: be somebody, or take the tour."""

import html

import pytest
from django.urls import resolve

from moothall.simulation.rules.personas import PERSONAS, TOUR

pytestmark = pytest.mark.django_db
COME_WITH_THE_YEAR = ("resident", "joiner")
"""Who is not there yet when the county has only been laid out."""


def test_it_offers_every_persona_of_the_staff_and_every_stop(client):
    page = html.unescape(client.get("/demo/").content.decode())

    for persona in PERSONAS:
        assert persona.title in page or persona.slug in COME_WITH_THE_YEAR
    for stop in TOUR:
        assert stop.title in page


def test_being_somebody_starts_their_day_with_their_scope(client):
    answer = client.post("/demo/be/councillor/")

    assert answer["Location"] == "/performance/"
    assert "Acting for <strong>Marchshire" in client.get("/staff/body/").content.decode()


def test_each_page_of_the_tour_says_what_to_see_and_leads_to_the_next_stop(client):
    address = client.post("/demo/tour/4/")["Location"]
    page = html.unescape(client.get(address).content.decode())
    assert f"Step 4 of {len(TOUR)}:" in page
    assert TOUR[3].see in page
    assert 'action="/demo/tour/5/"' in page

    last = client.get(client.post(f"/demo/tour/{len(TOUR)}/")["Location"]).content.decode()
    assert f"Step {len(TOUR)} of {len(TOUR)}:" in last
    assert f'action="/demo/tour/{len(TOUR) + 1}/"' not in last

    client.post("/demo/be/councillor/")
    assert "Step " not in client.get("/performance/").content.decode()


def test_there_is_no_such_page_outside_a_demonstration(client, settings):
    settings.DEMO = False

    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/be/councillor/").status_code == 404
    assert client.post("/demo/tour/1/").status_code == 404


def test_nobody_unknown_can_be_played(client):
    assert client.post("/demo/be/prime-minister/").status_code == 404
    assert client.post("/demo/tour/99/").status_code == 404


@pytest.mark.parametrize("stop", TOUR, ids=lambda stop: stop.title)
def test_every_stop_of_the_tour_leads_to_a_page(stop):
    assert resolve(stop.address.partition("?")[0])
