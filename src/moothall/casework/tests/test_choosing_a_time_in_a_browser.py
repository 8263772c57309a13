"""A time with the registrar, in a real browser: the day, then the time, then it is booked, and changed. No script."""

import pytest
from django.core.cache import cache
from tests.world import MARCHSHIRE, account_of

from moothall.casework import actions
from moothall.casework.tests.conftest import CONTACT, NOBODY, a_place
from moothall.core.clock import now
from moothall.core.queue import run_pending
from moothall.core.scope import scoped

WIDTH = 320


@pytest.mark.browser
def test_a_time_is_chosen_without_a_script_and_changed_and_an_adviser_sees_the_pages_for_both(visit, look):
    cache.clear()
    death = {"what": "death", "where": a_place(), "certified": True, "day": now().date().isoformat(), "copies": 0}
    with scoped(NOBODY):
        opened = actions.open_case(
            service_id="registrar-appointment", answers=death, place=a_place(), contact=CONTACT, channel="web",
            at=now(), by=NOBODY.actor,
        )  # fmt: skip
    run_pending(at=now())
    desk = visit(f"/staff/cases/{opened.case_id}/day/", width=WIDTH, account=account_of(MARCHSHIRE, "adviser"))
    look(desk, f"time-{WIDTH}-desk")

    page = visit("/track/", width=WIDTH, scripts=False)
    page.get_by_label("Reference").fill(opened.reference)
    page.get_by_label("Email address, phone number or postcode").fill(CONTACT["email"])
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_role("button", name="Choose a day").or_(page.get_by_role("link", name="Choose a day")).first.click()
    look(page, f"time-{WIDTH}-day")
    day = page.get_by_label("Day")
    second = day.locator("option").nth(1)
    said = second.inner_text()
    day.select_option(index=1)
    page.get_by_role("button", name="Show times").click()
    page.get_by_text(f"What time on {said}?").wait_for()
    page.get_by_role("button", name="Continue", exact=True).click()
    look(page, f"time-{WIDTH}-error")
    page.get_by_label("10:30am to 11:15am").check()
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_text("10:30am to 11:15am").first.wait_for()
    run_pending(at=now())
    look(page, f"time-{WIDTH}-chosen")

    changed(visit, look, page, opened.case_id)


def changed(visit, look, page, case_id):
    """The resident takes the time an hour earlier; an adviser sees the page on which they would do it for them."""
    page.reload()
    page.get_by_role("link", name="Change the day").click()
    look(page, f"time-{WIDTH}-change")
    page.get_by_label("9:30am to 10:15am").check()
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_text("Your day is changed.").wait_for()
    look(page, f"time-{WIDTH}-changed")
    desk = visit(f"/staff/cases/{case_id}/day/", width=WIDTH, account=account_of(MARCHSHIRE, "adviser"))
    look(desk, f"time-{WIDTH}-desk-change")
