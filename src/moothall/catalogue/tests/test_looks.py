"""The catalogue's pages in a real browser: narrow and wide, in both languages, with and without scripts."""

import pytest
from tests import world

pytestmark = pytest.mark.browser

PUBLIC = [
    "/services/",
    "/services/find",
    "/services/find?q=hole+in+road&where=14+Mill+Lane,+Ashby",
    "/services/find?q=zzzz",
    "/services/find?q=bin&where=Atlantis+99zz",
    "/services/topics/bins/",
    "/services/report-pothole/",
    "/services/bulky-waste/?where=14+Mill+Lane,+Ashby",
    "/services/garden-waste/?where=Eastwold",
    "/services/complaint/",
]


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_every_public_page_reads_well(visit, width, scripts):
    for path in PUBLIC:
        visit.check(visit(path, width=width, scripts=scripts))


def test_the_pages_read_well_in_welsh_on_a_small_phone(visit):
    page = visit("/services/", width=320)
    page.get_by_role("link", name="Cymraeg").click()
    for path in PUBLIC:
        page.goto(visit.site + path)
        assert page.locator("html").get_attribute("lang") == "cy"
        visit.check(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_an_officer_reads_how_the_work_goes(visit, width):
    account = world.account_of(world.ASHBY, "officer")
    page = visit("/staff/services/complaint/", width=width, account=account)
    visit.check(page)
    page.get_by_role("img", name="Make a complaint: how the work goes").wait_for()
    visit.check(visit("/staff/services/", width=width, account=account))


def test_somebody_types_what_is_wrong_and_comes_to_the_first_question(visit):
    page = visit("/services/", width=320, scripts=False)
    page.get_by_label("What do you need?").fill("there is a masive hole in my road")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Report a pothole").first.click()
    page.get_by_label("Where is it?").fill("Mill Lane, Ashby")
    page.get_by_role("button", name="Use this place").click()
    page.get_by_text("Marchshire County Council does this there.").wait_for()
    page.get_by_role("button", name="Start now").click()
    page.get_by_text("Ring 999 now").wait_for()
