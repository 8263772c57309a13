"""The pages of standards in a real browser: how to connect a system, and a key from its making to its end."""

import os
from pathlib import Path

import pytest
from tests.world import MARCHSHIRE, account_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_a_key_is_made_and_taken_back_and_the_page_for_others_reads_well(visit, width):
    def look(page, name):
        if folder := os.environ.get("MOOTHALL_SHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        visit.check(page)

    look(visit("/open311/", width=width), "open311")
    page = visit("/staff/keys/", width=width, account=account_of(MARCHSHIRE, "operator"))
    page.get_by_label("Which system will use it").fill("FixMyStreet")
    page.get_by_role("button", name="Make a key").click()
    page.get_by_role("heading", name="The key of FixMyStreet").wait_for()
    look(page, "keys")
    page.get_by_role("link", name="Change its limit").click()
    look(page, "limit")
    page.get_by_label("Requests an hour").fill("40")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("FixMyStreet may send 40 requests an hour").wait_for()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("opens nothing any more").wait_for()
    visit.check(page)
