"""A life event as somebody does it on a phone without scripts: chosen, asked once, sent together."""

import pytest
from django.core.cache import cache

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("functions")]


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def go_on(page, button="Continue"):
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def test_moving_home_is_told_once(visit, look):
    page = visit("/life/moved-home/", width=320, scripts=False)
    go_on(page)
    look(page, "together-320-nothing-chosen")
    page.get_by_label("A bin for the new home").check()
    page.get_by_label("Large things taken away from the old home").check()
    go_on(page)
    for street in ("14 Mill Lane, Ashby", "1 Mill Lane, Ashby"):
        page.get_by_role("textbox").first.fill(street)
        go_on(page)
        if page.get_by_role("radio").count():
            look(page, f"together-320-{street[:2].strip()}")
            page.get_by_role("radio").first.check()
            go_on(page)
    assert page.get_by_role("heading", name="I am moving home").is_visible()
    look(page, "together-320-list")
    page.get_by_role("link", name="How we tell you what happens").click()
    look(page, "together-320-contact")
    page.get_by_label("Email address").fill("ann@example.org")
    go_on(page)
    for _turn in range(20):
        left = page.locator(".govuk-task-list__item:has(.govuk-tag) a")
        if left.count():
            left.first.click()
        elif page.get_by_role("button", name="Check and send").count():
            break
        page.wait_for_load_state()
        if page.get_by_role("button", name="Continue", exact=True).count():
            answer(page)
            go_on(page)
    page.get_by_role("button", name="Check and send").click()
    look(page, "together-320-check")
    go_on(page, "Send")
    look(page, "together-320-done")
    assert page.get_by_text("Your reference is").count() == 2
    assert page.get_by_role("button", name="Choose a day").count() == 1


def answer(page) -> None:
    """Answer the question that is shown with the first thing that will do."""
    for kind in ("radio", "checkbox"):
        if page.get_by_role(kind).count():
            page.get_by_role(kind).first.check()
            return
    if page.get_by_role("textbox").count():
        page.get_by_role("textbox").first.fill("1")
