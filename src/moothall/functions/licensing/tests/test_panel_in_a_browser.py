"""The queue and the case of whoever writes down what the panel decides; and a service in words: in a real browser."""

import os

import pytest
from tests.world import ASHBY, account_of

from moothall.functions.licensing.tests.test_panel import case_page, heard

pytestmark = pytest.mark.browser
__all__ = ["heard"]


def look(visit, page, name):
    """Check a page; with MOOTHALL_SHOTS set to a folder, keep a picture of it there."""
    if folder := os.environ.get("MOOTHALL_SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)
    visit.check(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_governance_works_through_its_queue(visit, heard, width):
    account = account_of(ASHBY, "monitoring-officer", "governance")
    page = visit("/staff/queue/", width=width, account=account)
    page.get_by_text("Let the licensing panel hear").first.wait_for()
    look(visit, page, "clerk-queue")
    page = visit(case_page(heard), width=width, account=account)
    page.get_by_role("heading", name="What happened").first.wait_for()
    look(visit, page, "clerk-case")


@pytest.mark.parametrize("width", [320, 1280])
def test_officers_read_the_conditions_of_a_service_in_words(visit, heard, width):
    page = visit("/staff/services/taxi-driver-licence/", width=width, account=account_of(ASHBY, "officer", "licensing"))
    page.get_by_text("As written").first.click()
    look(visit, page, "service-words")
