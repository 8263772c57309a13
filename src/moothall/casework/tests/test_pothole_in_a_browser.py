"""A pothole from the first page to its tracking page, in a real browser, at both widths, with and without scripts."""

import re

import pytest
from tests.browser import WIDTHS

pytestmark = pytest.mark.browser


def go_on(page, button="Continue"):
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_a_pothole_is_reported_and_tracked(visit, look, width, scripts):
    tag = f"{width}-{'js' if scripts else 'plain'}"
    page = visit("/services/report-pothole/start", width=width, scripts=scripts)
    look(page, f"{tag}-01-danger")
    page.get_by_role("button", name="Nobody is in danger: continue").click()
    look(page, f"{tag}-02-where")
    go_on(page)
    assert page.title().startswith("Error:")
    look(page, f"{tag}-03-where-error")
    page.get_by_label("Where is it?").fill("14 mill lane ashby")
    page.get_by_role("button", name="Find").click()
    page.wait_for_load_state()
    if scripts:
        page.get_by_text("You have chosen:").wait_for()
    elif page.get_by_role("radio").count():
        page.get_by_role("radio").first.check()
    look(page, f"{tag}-04-where-found")
    if "/surface/" not in page.url:
        go_on(page)
    look(page, f"{tag}-05-surface")
    page.get_by_label("A road", exact=True).check()
    go_on(page)
    page.get_by_label("Like a dustbin lid").check()
    go_on(page)
    look(page, f"{tag}-06-depth")
    page.get_by_label("Up to a fist").check()
    go_on(page)
    page.get_by_label("Yes").check()
    go_on(page)
    look(page, f"{tag}-07-photo")
    go_on(page)
    page.get_by_role("textbox").fill("It is deep.")
    look(page, f"{tag}-08-more")
    go_on(page)
    look(page, f"{tag}-09-contact")
    page.get_by_label("Email address").fill("ann@example.org")
    go_on(page)
    look(page, f"{tag}-10-check")
    go_on(page, "Send")
    look(page, f"{tag}-11-done")
    reference = re.search(r"MAR-\d{4}-\d{3}\w", page.content())[0]
    other = visit("/track/", width=width, scripts=scripts)
    other.get_by_label("Reference").fill("MAR-0000-000Z")
    other.get_by_label("Email address, phone number or postcode").fill("ann@example.org")
    go_on(other)
    look(other, f"{tag}-12-track-error")
    other.get_by_label("Reference").fill(reference.lower())
    go_on(other)
    assert reference in other.content()
    look(other, f"{tag}-13-case")
