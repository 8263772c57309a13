"""Asking for urgent help where somebody watches: in a real browser, with scripts and without."""

import pytest
from django.core.cache import cache

from moothall.casework.models import Draft

pytestmark = pytest.mark.browser
AWAY = "/where/"
"""Stands for the page outside that the way out leads to: tests ask no other host."""


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    cache.clear()
    monkeypatch.setattr("moothall.catalogue.queries.AWAY", AWAY)


def go_on(page):
    page.get_by_role("button", name="Continue", exact=True).click()
    page.wait_for_load_state()


def begin(visit, look, *, width: int, scripts: bool):
    """Ask for help as far as the second question; return the page."""
    page = visit("/services/homelessness/", width=width, scripts=scripts)
    look(page, f"urgent-{width}-service")
    page.get_by_role("button", name="Start now").click()
    look(page, f"urgent-{width}-safety")
    page.get_by_role("button", name="Nobody is in danger: continue").click()
    page.get_by_label("I am", exact=True).check()
    go_on(page)
    page.get_by_label("There is nowhere to sleep").check()
    look(page, f"urgent-{width}-question")
    return page


def test_whoever_must_hide_it_leaves_at_once_and_going_back_shows_nothing(visit, look):
    page = begin(visit, look, width=320, scripts=False)
    page.get_by_role("link", name="Leave this page quickly").click()
    page.wait_for_url(f"**{AWAY}")
    page.go_back()
    assert "sleep" not in page.inner_text("body")

    page = begin(visit, look, width=1280, scripts=True)
    pages = page.evaluate("history.length")
    assert page.get_by_text("Or press the Shift key three times.").is_visible()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(f"**{AWAY}")
    assert page.evaluate("history.length") == pages  # it took the page's place
    page.go_back()
    page.wait_for_load_state()
    assert "sleep" not in page.inner_text("main")
    assert not page.get_by_label("I am", exact=True).is_checked()
    assert not Draft.objects.exists()
