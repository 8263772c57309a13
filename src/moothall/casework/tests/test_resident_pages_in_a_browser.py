"""The pages beside the straight way, in a real browser: neighbours' reports, saving, coming back, writing, Welsh."""

import re

import pytest
from django.core.cache import cache
from tests.browser import WIDTHS

from moothall.casework.tests.conftest import CONTACT, NOBODY, a_place, open_pothole
from moothall.core.clock import now
from moothall.core.scope import scoped

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("functions")]


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def reference(visit):
    """Return the reference of a case that was sent just now."""
    with scoped(NOBODY):
        return open_pothole(at=now(), place=a_place()).reference


def go_on(page, button="Continue"):
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_neighbours_report_is_followed(visit, look, reference, width):
    page = visit("/services/report-pothole/ask", width=width, scripts=False)
    page.get_by_label("Where is it?").fill("14 mill lane ashby")
    go_on(page)
    look(page, f"more-{width}-nearby")
    page.get_by_role("button", name="Yes: follow this one").first.click()
    page.wait_for_load_state()
    go_on(page)
    look(page, f"more-{width}-follow-error")
    page.get_by_label("Email address").fill("bob@example.org")
    go_on(page)
    assert "You follow this report" in page.content()
    look(page, f"more-{width}-following")


@pytest.mark.parametrize("width", WIDTHS)
def test_answers_are_saved_for_later(visit, look, width):
    page = visit("/services/report-pothole/ask", width=width, scripts=False)
    page.get_by_label("Where is it?").fill("14 mill lane ashby")
    go_on(page)
    page.get_by_role("link", name="Save this and come back later").click()
    look(page, f"more-{width}-save")
    page.get_by_label("Email address").fill("ann@example.org")
    go_on(page, "Send me a code")
    look(page, f"more-{width}-saved")
    other = visit("/drafts/", width=width, scripts=False)
    other.get_by_label("Email address").fill("ann@example.org")
    go_on(other, "Send me a code")
    other.get_by_label("Code").fill("000000")
    go_on(other)
    look(other, f"more-{width}-code-error")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_case_is_written_to_added_to_cancelled_and_opened_again(visit, look, reference, width):
    page = visit("/track/", width=width)
    page.get_by_label("Reference").fill(reference)
    page.get_by_label("Email address, phone number or postcode").fill(CONTACT["email"])
    go_on(page)
    page.get_by_role("button", name="Write to us about this").click()
    page.get_by_label("Your message").fill("It is deeper now.")
    look(page, f"more-{width}-write")
    go_on(page, "Send message")
    page.get_by_text("We have your message").wait_for()
    page.get_by_role("button", name="Add something").click()
    go_on(page, "Add it")
    look(page, f"more-{width}-add-error")
    page.get_by_label("What do you want to add?").fill("There are two.")
    go_on(page, "Add it")
    look(page, f"more-{width}-case-talked")
    page.get_by_role("link", name="Cancel this").click()
    look(page, f"more-{width}-cancel")
    go_on(page, "Cancel it")
    look(page, f"more-{width}-case-cancelled")
    page.get_by_role("link", name="Open it again").click()
    page.get_by_label("What is not right?").fill("It came back.")
    go_on(page, "Open it again")
    look(page, f"more-{width}-case-again")


@pytest.mark.parametrize("width", WIDTHS)
def test_it_is_all_there_in_welsh(visit, look, reference, width):
    page = visit("/language/cy/?next=/services/report-pothole/start", width=width)
    look(page, f"cy-{width}-danger")
    page.get_by_role("button", name="Nid oes neb mewn perygl: parhau").click()
    page.get_by_label("Ble mae e?").wait_for()
    look(page, f"cy-{width}-where")
    page.goto(page.url.split("/services")[0] + "/track/")
    page.get_by_label("Cyfeirnod").fill(reference)
    page.get_by_label("Cyfeiriad e-bost, rhif ffôn neu god post").fill(CONTACT["postcode"])
    page.get_by_role("button", name="Parhau").click()
    page.get_by_text("Anfonoch hwn").wait_for()
    look(page, f"cy-{width}-case")
    assert not re.search(r"We will|You sent", page.inner_text("main").split("Negeseuon")[0])


def test_a_place_outside_says_who_looks_after_it(visit, look):
    page = visit("/services/report-pothole/ask", width=320, scripts=False)
    page.get_by_label("Where is it?").fill("Eastwold")
    go_on(page)
    if page.get_by_role("radio").count():
        page.get_by_role("radio").first.check()
        go_on(page)
    look(page, "more-320-elsewhere")
    assert "looks after that place" in page.content()


def test_the_apis_document_is_readable(visit, look):
    for width in WIDTHS:
        look(visit("/api/v1/docs", width=width), f"api-{width}")
