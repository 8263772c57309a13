"""Public pages of bodies and places, looked at in a browser."""

import pytest
from tests import world

pytestmark = pytest.mark.browser
PAGES = (
    "/where/",
    "/where/?q=mill+lane",
    "/where/?q=14+mill+lane+ashby",
    "/where/?q=nowhere+at+all+xqz",
    "/where/?place=point:51.0,3.0",
    "/bodies/",
    "/bodies/marchshire/",
    "/bodies/national-trunk-roads/",
)


@pytest.mark.parametrize(("width", "scripts"), [(320, True), (1280, True), (320, False)])
def test_the_public_pages_are_accessible(visit, width, scripts):
    page, found = visit.window(width=width, scripts=scripts), {}
    for path in PAGES:
        page.goto(visit.site + path)
        if wrong := visit.wrong_with(page):
            found[path] = wrong
    assert not found, "\n".join(f"{path}: {line}" for path, lines in found.items() for line in lines)


def test_somebody_learns_who_does_what_from_a_street_name(visit):
    page = visit("/where/", width=320)
    page.get_by_label("Postcode, street or town").fill("mill lane")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Mill Lane, Ashby").click()
    assert "Marchshire County Council" in page.get_by_role("row", name="Roads, pavements and potholes").inner_text()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_manager_s_pages_about_colleagues_are_accessible(visit, width):
    manager = world.account_of(world.ASHBY, "manager")
    page = visit("/staff/colleagues/", width=width, account=manager)
    visit.check(page)
    page.get_by_role("link", name="Groups of our sign-in").click()
    page.get_by_label("Group", exact=True).fill("ashby-waste")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("rowheader", name="ashby-waste").wait_for()
    visit.check(page)
    page.get_by_role("link", name="Colleagues").first.click()
    page.get_by_role("button", name="Bring somebody in").click()
    page.get_by_role("button", name="Bring them in").wait_for()
    visit.check(page)
    page.get_by_role("button", name="Bring them in").click()
    page.get_by_text("There is a problem").wait_for()
    visit.check(page)
