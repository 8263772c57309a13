"""The inbox in a real browser: readable at both widths, and a request made of a letter."""

import os

import pytest
from tests.browser import WIDTHS
from tests.letters import letter, taken
from tests.world import ASHBY, MARCHSHIRE, account_of

from moothall.core.clock import now
from moothall.core.queue import run_pending
from moothall.desk.tests.test_letters import a_bill

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


@pytest.mark.parametrize("width", WIDTHS)
def test_who_wrote_is_made_sure_of_before_their_cases_about_money_are_shown(visit, width):
    page = visit("/desk/inbox/", width=width, account=account_of(ASHBY, "adviser"))
    cases = [a_bill("ann@example.org"), a_bill("bob@example.org")]
    row = taken(letter(f"My bill is wrong, and {cases[1].reference} too."), body_id=ASHBY, at=now())
    page.goto(f"{page.url}{row.pk}/")
    page.get_by_text("2 cases are shown once you know who wrote").wait_for()
    for n in (1, 2):
        page.get_by_text(f"Make sure of who wrote: person {n} of 2").click()
    if folder := os.environ.get("MOOTHALL_SHOTS"):
        page.screenshot(path=f"{folder}/who-wrote-{width}.png", full_page=True)
    visit.check(page)
    page.get_by_role("button", name="I am sure").first.click()
    page.get_by_text("Choose how you made sure of who it is").wait_for()
    page.get_by_text("Make sure of who wrote: person 1 of 2").click()
    page.get_by_label("Answered questions about what we know").first.check()
    page.get_by_role("button", name="I am sure").first.click()
    page.get_by_text("1 more case is shown once you know who wrote").wait_for()
    visit.check(page)
