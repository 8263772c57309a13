"""The desk in a real browser: readable at both widths, with and without scripts."""

import pytest
from tests.browser import WIDTHS
from tests.world import ASHBY, account_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_a_call_is_taken(visit, width, scripts):
    adviser = account_of(ASHBY, "adviser")
    page = visit("/desk/?q=hole+in+the+road", width=width, scripts=scripts, account=adviser)
    visit.check(page)
    page.get_by_role("link", name="Report a pothole").first.click()
    page.wait_for_url("**/start/**")
    visit.check(page)
    page.get_by_label("Where is it?").fill("14 mill lane ashby")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("radio", name="14 Mill Lane").check()
    for answer in ("A road", "Like a dinner plate or smaller", "Up to a fist", "Phone"):
        page.get_by_label(answer, exact=True).check()
    page.get_by_label("Your name").fill("Bob Example")
    page.get_by_label("Mobile phone number").fill("01632 960 001")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Read out:").wait_for()
    visit.check(page)
    page.get_by_role("link", name="Look at the case").click()
    page.get_by_text("Add what the caller says").wait_for()
    visit.check(page)
