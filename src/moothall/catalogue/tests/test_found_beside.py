"""Pages and signposts are found beside services, by the same words and under the same topics."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.management import CommandError, call_command

from moothall.catalogue import queries
from moothall.catalogue.management.commands import service
from moothall.catalogue.rules.load import BadDefinition
from moothall.catalogue.rules.pages import load_pages
from moothall.catalogue.rules.search import build, search
from moothall.catalogue.tests.test_shipped import DEFINITIONS

INDEX = build([*DEFINITIONS, *queries.pages()])
GOOD = """
passport:
  title: {en: Passport, cy: Pasbort}
  summary: {en: Get one., cy: Cael un.}
  topics: [help]
  synonyms: {en: [a, b, c]}
  by: {en: The office, cy: Y swyddfa}
  link: https://example.org/
"""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bin day", "bin-day"),
        ("which bin this week", "bin-day"),
        ("diwrnod biniau", "bin-day"),
        ("which council is responsible", "who-does-what"),
        ("car tax", "vehicle-tax"),
        ("renew my passport", "passport"),
        ("self assessment", "tax-return"),
        ("register with a gp", "find-a-gp"),
        ("missed bin", "missed-bin"),
        ("garden bin", "garden-waste"),
        ("council tax reduction", "council-tax-reduction"),
        ("blue badge", "blue-badge"),
    ],
)
def test_what_people_type_leads_to_the_page_or_the_service_they_mean(typed, found):
    assert search(INDEX, typed)[0][0] == found


def test_a_page_stands_in_the_search_in_its_topic_and_from_a_to_z_and_says_whose_it_is(db, client):
    for address in ("/services/find?q=car+tax", "/services/topics/elsewhere/", "/services/"):
        said = client.get(address).content.decode()
        assert 'href="https://www.gov.uk/vehicle-tax"' in said, address
    said = client.get("/services/find?q=car+tax").content.decode()
    assert "This leads to the pages of the Driver and Vehicle Licensing Agency." in said
    assert 'href="/bins/"' in client.get("/services/topics/bins/").content.decode()
    client.cookies["django_language"] = "cy"
    assert "yn arwain at dudalennau" in client.get("/services/find?q=treth+car").content.decode()


def test_our_own_pages_are_there(db, client):
    for page in queries.pages():
        if page.page:
            assert client.get(page.page).status_code == 200, page.id


def test_the_search_of_services_alone_gives_no_page(db):
    assert "vehicle-tax" not in [getattr(one, "service_id", "") for one in queries.find("car tax")]
    assert queries.look_up("car tax")[0].id == "vehicle-tax"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("topics: [help]", "topics: [nowhere]"), "there is no topic `nowhere`"),
        (("passport:", "missed-bin:"), "`missed-bin` is a service"),
        (("link: https://example.org/", "page: /x/"), "either `page`, or `link` and `by`"),
        (("https://", "http://"), "link"),
    ],
)
def test_a_page_that_will_not_do_is_refused_with_its_line(change, what):
    assert load_pages(GOOD, {"help"}, set())[0].url == "https://example.org/"
    with pytest.raises(BadDefinition) as bad:
        load_pages(GOOD.replace(*change), {"help"}, {"missed-bin"})
    assert what in str(bad.value)
    assert bad.value.problems[0].line == 2


class Answering(BaseHTTPRequestHandler):
    """Answers /gone with 404 and all else with a page."""

    def do_GET(self):
        self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


def test_addresses_that_no_longer_answer_are_told_with_where_they_stand(monkeypatch, capsys):
    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}"
    asked = {f"{there}/gone": "pages.yaml, passport", f"{there}/here": "pages.yaml, tax-return"}
    monkeypatch.setattr(service.Command, "_addresses", lambda self, law: sorted(asked.items()))
    with pytest.raises(CommandError):
        call_command("service", "links")
    assert capsys.readouterr().out.strip() == f"pages.yaml, passport: {there}/gone answers 404"
    server.shutdown()
    server.server_close()
    with pytest.raises(CommandError):
        call_command("service", "links")
    assert "does not answer" in capsys.readouterr().out


def test_every_address_that_people_are_sent_to_is_asked():
    found = dict(service.Command()._addresses(law=True))
    assert found["https://www.gov.uk/vehicle-tax"] == "pages.yaml, vehicle-tax"
    assert any(where.endswith("the law") for where in found.values())
    assert all(address.startswith("https://") for address in found)
