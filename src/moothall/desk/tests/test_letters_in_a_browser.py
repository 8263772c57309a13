"""The inbox in a real browser: readable at both widths, and a request made of a letter."""

import pytest
from tests.browser import WIDTHS
from tests.world import MARCHSHIRE, account_of

from moothall.core.clock import now
from moothall.core.queue import run_pending

pytestmark = pytest.mark.browser
TEXT = "The street lamp outside 14 Mill Lane, Ashby has gone out.\n\nBob Example\n01632 960 001"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_letter_comes_in_and_becomes_a_request(visit, width):
    adviser = account_of(MARCHSHIRE, "adviser")
    page = visit("/desk/inbox/", width=width, account=adviser)
    visit.check(page)
    page.get_by_role("link", name="Let something come in").click()
    visit.check(page)
    page.get_by_label("Subject").fill("Lamp out in Mill Lane")
    page.get_by_label("What it says").fill(TEXT)
    page.get_by_role("button", name="Let it come in").click()
    page.get_by_text("It has come in").wait_for()
    run_pending(at=now())
    page.reload()
    visit.check(page)
    page.get_by_role("link", name="Street light", exact=False).first.click()
    page.get_by_text("What they wrote").wait_for()
    visit.check(page)
