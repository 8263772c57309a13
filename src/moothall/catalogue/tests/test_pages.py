"""The catalogue's pages, as residents and officers open them."""

import json
import re

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from tests import world

from moothall.catalogue import queries
from moothall.catalogue.tests.test_shipped import SERVICES
from moothall.core.ports import Answer, service_figure

pytestmark = pytest.mark.django_db
SHIPPED = sorted(p.parent.name for p in SERVICES.glob("*/service.yaml"))


def page(client, address, **given):
    response = client.get(address, given)
    assert response.status_code == 200, address
    return response.content.decode()


def test_all_services_are_listed_by_letter_and_by_topic(client):
    html = page(client, "/services/")
    for published in queries.services():
        assert html.count(f'href="/services/{published.service_id}/"') >= 2
    assert "Roads, pavements and lights" in html


def test_the_list_of_services_costs_few_statements(client, django_assert_max_num_queries):
    page(client, "/services/")
    # scope, savepoint and session of the request, then one for the services and one for the topics' services
    with django_assert_max_num_queries(8):
        page(client, "/services/")


@pytest.mark.parametrize("service", SHIPPED)
def test_a_service_says_what_it_is_costs_needs_and_promises_and_how_to_start(service, client):
    html = page(client, f"/services/{service}/")
    definition = queries.current(service).definition
    for text in (definition.title, definition.summary, definition.who, *queries.needs(definition)):
        assert text.en in html.replace("&#x27;", "'").replace("&quot;", '"')
    assert f'href="/services/{service}/start"' in html
    assert queries.promise_words(definition).replace("'", "&#x27;") in html
    if definition.danger:
        assert html.index(definition.danger.en) < html.index("<h1")


@pytest.mark.parametrize("service", SHIPPED)
def test_a_service_reads_in_welsh(service, client):
    client.cookies["django_language"] = "cy"
    html = page(client, f"/services/{service}/").replace("&#x27;", "'").replace("&quot;", '"')
    definition = queries.current(service).definition
    assert 'lang="cy"' in html
    assert definition.summary.cy in html
    assert definition.title.en not in html.split("<footer")[0].split("<main")[1].split("mh-other-ways")[0]


def test_a_place_says_which_body_does_it_there_and_is_remembered(client):
    html = page(client, "/services/missed-bin/", where="14 Mill Lane, Ashby")
    assert "Ashby" in html
    assert "District Council does this there." in html
    assert "District Council does this there." in page(client, "/services/bulky-waste/")
    assert "District Council does this there." not in page(client, "/services/bulky-waste/", where="-")


def test_a_place_of_a_body_that_is_no_partner_is_sent_there_and_not_started_here(client):
    html = page(client, "/services/missed-bin/", where="Eastwold")
    assert "does not work on this platform" in html
    assert "/services/missed-bin/start" not in html


def test_a_place_nobody_knows_is_said_beside_the_box_and_what_was_typed_is_kept(client):
    html = page(client, "/services/find", q="bin", where="Atlantis Avenue 99zz")
    assert "We know no place called “Atlantis Avenue 99zz”" in html
    assert 'value="Atlantis Avenue 99zz"' in html


def test_the_figure_of_how_often_the_promise_is_kept_stands_beside_it(client, monkeypatch):
    answer = Answer(
        "tests", frozenset(), lambda service_id, body_id: (f"Kept 87 of 100 for {body_id}.", "/performance/")
    )
    monkeypatch.setattr(service_figure, "_answers", {"tests": answer})
    html = page(client, "/services/report-pothole/")
    assert f'<a class="govuk-link" href="/performance/">Kept 87 of 100 for {world.MARCHSHIRE}.</a>' in html


def test_search_leads_from_own_words_to_the_service(client):
    html = page(client, "/services/find", q="hole in road")
    assert html.index('href="/services/report-pothole/"') == html.index('href="/services/', html.index("fit"))


def test_search_without_a_find_says_what_to_try(client):
    html = page(client, "/services/find", q="zzzz<script>")
    assert "No service fits those words" in html
    assert "zzzz&lt;script&gt;" in html
    assert "<script>" not in html.split("<main")[1]


def test_a_topic_lists_its_services_and_an_unknown_one_is_not_found(client):
    assert "/services/street-light/" in page(client, "/services/topics/roads/")
    assert client.get("/services/topics/dragons/").status_code == 404
    assert client.get("/services/no-such-service/").status_code == 404


def test_the_schema_is_published_and_every_shipped_service_fits_it(client):
    response = client.get("/services/schema.json")
    assert response["Content-Type"] == "application/schema+json"
    schema = json.loads(response.content)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for service in SHIPPED:
        given = json.loads(
            json.dumps(YAML(typ="safe").load((SERVICES / service / "service.yaml").read_text()), default=str)
        )
        assert [e.message for e in validator.iter_errors(given)] == []
    assert not validator.is_valid({"moothall": 1})
    assert "letters" not in schema["properties"]


def test_a_service_is_told_to_search_engines(client):
    response = client.get("/services/bulky-waste/service.jsonld")
    told = response.json()
    assert response["Content-Type"] == "application/ld+json"
    assert (told["@type"], told["name"]) == ("GovernmentService", "Have large items collected")
    assert {"@type": "GovernmentOrganization", "name": "Ashby District Council"} in told["provider"]
    assert told["availableChannel"][0]["serviceUrl"].endswith("/services/bulky-waste/")
    page = client.get("/services/bulky-waste/").content.decode()
    (inside,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(inside) == told


def test_the_definition_is_open_to_read(client):
    text = client.get("/services/complaint/service.yaml").content.decode()
    assert text == (SERVICES / "complaint" / "service.yaml").read_text()


def test_an_officer_sees_the_workflow_drawn_with_steps_settings_and_letters(client):
    world.as_staff(client, world.ASHBY, "officer")
    html = page(client, "/staff/services/bulky-waste/")
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in html
    assert "payments.take" in html
    assert "Fee for up to five items</th>" in html
    assert "£0.00 to £120.00" in html
    assert "In Welsh: Cadwch yr eitemau" in html
    assert "offers version 1" in html
    assert "bulky-waste" in page(client, "/staff/services/")


def test_the_staff_s_pages_are_not_for_residents(client):
    assert client.get("/staff/services/").status_code == 302
    assert client.get("/staff/services/complaint/").status_code == 302


def test_nothing_is_written_in_a_page_that_the_strict_policy_would_block(client):
    world.as_staff(client, world.ASHBY, "officer")
    for address in ("/services/complaint/", "/services/find", "/staff/services/complaint/"):
        html = page(client, address)
        assert "style=" not in html
        assert "onclick=" not in html
