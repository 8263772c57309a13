"""Public pages and map data, as the browser and the place picker ask for them."""

import pytest
from tests import world

from moothall.bodies import queries
from moothall.bodies.rules.duties import DUTIES
from moothall.bodies.rules.kinds import KIND_NAMES

pytestmark = pytest.mark.django_db


def test_the_picker_is_given_places_that_it_can_post_back(client):
    results = client.get("/places/search", {"q": "14 mill lane ashby"}).json()["results"]
    assert results[0]["value"] == f"uprn:{world.MILL_LANE_14}"
    assert queries.chosen(results[0]["value"])["label"] == results[0]["label"]


def test_every_kind_of_find_comes_back_from_its_short_text_as_the_same_spot():
    code = queries.place_of_dwelling(world.MILL_LANE_14)["postcode"]
    for text in ("Ashby", "High Street, Borley", "14 mill lane ashby", code):
        found = queries.find_places(text)[0]
        again = queries.chosen(queries.choice_of(found))
        assert (again["easting"], again["northing"]) == (found["easting"], found["northing"]), text


def test_a_pin_on_the_map_gets_its_street_and_one_at_sea_a_404(client):
    home = queries.place_of_dwelling(world.MILL_LANE_14)
    assert "Mill Lane" in client.get("/places/at", {"lat": home["lat"], "lon": home["lon"]}).json()["label"]
    assert client.get("/places/at", {"lat": 51, "lon": 3}).status_code == 404


@pytest.mark.parametrize("path", ["/places/at", "/places/at?lat=x&lon=y", "/places/at?lat=nan&lon=inf",
                                  "/places/streets.geojson", "/places/streets.geojson?bbox=1,2,3",
                                  "/places/streets.geojson?bbox=a,b,c,d", "/places/streets.geojson?bbox=nan,1,2,inf",
                                  "/places/areas.geojson?kind=dragon"])  # fmt: skip
def test_a_question_we_cannot_read_is_answered_with_how_to_ask_it(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_streets_come_as_lines_with_names_inside_the_rectangle(client):
    home = queries.place_of_dwelling(world.MILL_LANE_14)
    box = f"{home['lon'] - 0.002},{home['lat'] - 0.002},{home['lon'] + 0.002},{home['lat'] + 0.002}"
    streets = client.get("/places/streets.geojson", {"bbox": box}).json()["features"]
    assert "Mill Lane" in [street["properties"]["name"] for street in streets]
    assert 1 < len(streets) < 100


def test_a_wide_map_draws_only_the_larger_roads(client):
    streets = client.get("/places/streets.geojson", {"bbox": "-2.5,52.2,-1.5,52.6"}).json()["features"]
    assert {street["properties"]["class"] for street in streets} == {"trunk", "main", "secondary"}


def test_the_districts_tile_the_land(client):
    names = {f["properties"]["name"] for f in client.get("/places/areas.geojson").json()["features"]}
    assert names == {"Ashby", "Borley", "Coveham", "Dunmere", "Eastwold", "Fenmouth"}


def test_a_picker_s_post_is_completed_from_our_own_data_and_not_from_what_was_posted():
    posted = {"uprn": world.MILL_LANE_14, "label": "<b>elsewhere</b>", "lat": 0.0, "lon": 0.0, "note": "by the gate"}
    place = queries.complete(posted)
    assert place["label"].startswith("14 Mill Lane")
    assert place["note"] == "by the gate"
    assert queries.complete({"search": "mill lane"}) is None
    with pytest.raises(queries.UnknownPlace):
        queries.complete({"choice": "uprn:1"})


def test_who_does_what_answers_a_postcode_at_once(client):
    code = queries.place_of_dwelling(world.MILL_LANE_14)["postcode"]
    page = client.get("/where/", {"q": code}).content.decode()
    assert "Marchshire County Council" in page
    assert "Ashby District Council" in page
    assert "Highways Act 1980" in page
    assert "Borley District Council" not in page


def test_who_does_what_offers_a_choice_when_several_places_have_the_name(client):
    page = client.get("/where/", {"q": "mill lane"}).content.decode()
    assert "Which of these?" in page
    assert "Mill Lane, Coveham" in page


def test_who_does_what_says_where_to_go_outside_our_area_and_in_a_neighbour_s(client):
    town = next(find for find in queries.find_places("Eastwold") if find["kind"] == "settlement")
    page = client.get("/where/", {"place": queries.choice_of(town)}).content.decode()
    assert "https://www.eastwold.example/contact" in page
    sea = client.get("/where/", {"place": "point:51.0,3.0"}).content.decode()
    assert "https://www.gov.uk/find-local-council" in sea
    assert client.get("/where/", {"place": "point:x"}).status_code == 404


def test_the_list_of_bodies_leads_to_each_body_s_page(client):
    listed = client.get("/bodies/").content.decode()
    for body in queries.bodies():
        assert f"/bodies/{body.slug}/" in listed
        page = client.get(f"/bodies/{body.slug}/")
        assert page.status_code == 200
        assert body.name in page.content.decode()
    assert client.get("/bodies/nowhere/").status_code == 404


def test_a_body_is_named_in_welsh_to_those_who_read_welsh(client):
    client.cookies["django_language"] = "cy"
    assert "Cyngor Sir Marchshire" in client.get("/bodies/").content.decode()


def test_every_kind_of_work_and_of_body_has_its_welsh():
    from django.utils.translation import gettext, override

    with override("cy"):
        for text in [row.does for row in DUTIES] + list(KIND_NAMES.values()):
            assert gettext(text) != text, f"{text} has no Welsh"
