"""The queue and the case page in a real browser: readable at both widths, and by keys alone."""

import pytest
from tests.browser import WIDTHS
from tests.world import MARCHSHIRE, account_of

from moothall.casework.tests.conftest import NOBODY, a_place, open_pothole
from moothall.core.clock import now
from moothall.core.queue import run_pending
from moothall.core.scope import scoped

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("functions")]


@pytest.fixture
def officer(visit):
    """Return an officer who has some work."""
    at = now()
    for n in range(3):
        with scoped(NOBODY):
            open_pothole(at=at, place=a_place(n * 60))
    run_pending(at=at)
    return account_of(MARCHSHIRE, "officer")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_the_queue_and_a_case_are_readable(visit, look, officer, width, scripts):
    tag = f"staff-{width}-{'js' if scripts else 'plain'}"
    page = visit("/staff/queue/?show=all", width=width, scripts=scripts, account=officer)
    look(page, f"{tag}-1-queue")
    page.get_by_role("link", name="Inspect the defect").first.click()
    page.wait_for_load_state()
    look(page, f"{tag}-2-case")
    page.get_by_text("Write a note").first.click()
    page.get_by_role("button", name="Write a note").click()
    page.wait_for_load_state()
    look(page, f"{tag}-3-case-error")
    empty = visit("/staff/queue/?show=mine", width=width, scripts=scripts, account=officer)
    look(empty, f"{tag}-4-empty")


def test_keys_go_down_the_list_mark_take_and_open(visit, officer):
    page = visit("/staff/queue/?show=all", account=officer)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("a")
    page.get_by_text("1 is yours now").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/staff/cases/**")
    page.go_back()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
