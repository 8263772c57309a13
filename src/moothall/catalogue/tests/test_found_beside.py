"""Pages and signposts are found beside services, by the same words and under the same topics."""

import pytest

from moothall.catalogue import queries
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
