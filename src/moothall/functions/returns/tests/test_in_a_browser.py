"""Who owes a return, in a real browser on a phone and on a desk: entered, brought, corrected, ended; and one's own."""

import datetime as dt
import os
from itertools import count
from pathlib import Path

import pytest
from tests.world import ASHBY, MILL_LANE_14, account_of

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.functions.returns import actions
from moothall.functions.returns.models import Entry
from moothall.functions.returns.tests.test_returns import DISTRICT, OFFICER, send
from moothall.people import actions as people

pytestmark = pytest.mark.browser
MARCH = {"Day": "1", "Month": "3", "Year": "2028"}


PICTURES = count(1)


def look(visit, page):
    """Check a page; with MOOTHALL_SHOTS set to a folder, keep a picture of it there."""
    if folder := os.environ.get("MOOTHALL_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        name = f"{next(PICTURES):02}-{page.viewport_size['width']}.png"
        page.screenshot(path=Path(folder) / name, full_page=True)
    visit.check(page)


def owed(days: int, service: str = "food-business-registration", home: int = 0) -> Entry:
    """Let an address of Ashby owe a return so many days from now."""
    uprn = bodies.homes_in(ASHBY, 9)[home]
    with scoped(DISTRICT):
        return actions.open_entry(
            body_id=ASHBY, service_id=service, uprn=uprn, due_on=now().date() + dt.timedelta(days=days),
            why="Found on a visit", at=now(), by=OFFICER,
        )  # fmt: skip


@pytest.mark.parametrize("width", [320, 1280])
def test_an_officer_looks_at_an_entry_corrects_and_ends_it(visit, width):
    send()
    with scoped(DISTRICT):
        entry = Entry.objects.get()
    page = visit(f"/returns/{entry.pk}/", width=width, account=account_of(ASHBY, "officer"))
    look(visit, page)
    page.get_by_role("link", name="Correct the day or the address").click()
    page.get_by_role("button", name="Correct it").click()
    page.get_by_text("Write the reason in a few words").first.wait_for()
    look(visit, page)
    for box, value in MARCH.items():
        page.get_by_label(box).fill(value)
    page.get_by_label("Why?").fill("They asked for more time")
    page.get_by_role("button", name="Correct it").click()
    page.get_by_text("Due on another day").wait_for()
    look(visit, page)

    page.get_by_role("link", name="No more are owed for this address").click()
    look(visit, page)
    page.locator("main button").last.click()
    page.get_by_text("Write why no more are owed").first.wait_for()
    look(visit, page)
    page.get_by_label("Why are no more owed?").fill("The licence was given back")
    page.locator("main button").last.click()
    page.get_by_text("No more returns are owed for this address.").wait_for()
    look(visit, page)


@pytest.mark.parametrize("width", [320, 1280])
def test_an_officer_enters_one_by_hand_and_many_from_a_file(visit, width):
    for home, (days, service) in enumerate(
        [(-40, "food-business-registration"), (20, "food-business-registration"), (-9, "business-rates-return")]
    ):
        owed(days, service, home)
    page = visit("/returns/", width=width, account=account_of(ASHBY, "officer"))
    look(visit, page)
    page.get_by_role("link", name="Nobody to write to").click()
    look(visit, page)
    page.get_by_role("link", name="Enter an address by hand").click()
    look(visit, page)
    page.get_by_label("Register a food business").check()
    page.get_by_label("Which address?").fill(bodies.place_of_dwelling(MILL_LANE_14)["postcode"])
    page.get_by_label("Why?").fill("Found on a visit")
    page.get_by_role("button", name="Enter it").click()
    page.get_by_role("group", name="Which of these?").wait_for()
    look(visit, page)
    page.get_by_label("14 Mill Lane").check()
    page.get_by_role("button", name="Enter it").click()
    page.get_by_text("This address owes the return from now on.").wait_for()

    page.goto(f"{visit.site}/returns/bring/")
    page.get_by_label("Yearly business rates return").check()
    one, two = bodies.homes_in(ASHBY, 9)[5:7]
    page.get_by_label("Or type it, or correct it here").fill(f"uprn,due\n{one},30/04/2027\n{two},soon")
    page.get_by_role("button", name="Look at it").click()
    page.get_by_text("1 of 2 lines would be taken in; 1 is wrong.").wait_for()
    look(visit, page)
    page.get_by_label("Leave the wrong lines out").check()
    page.get_by_role("button", name="Take it in").click()
    page.get_by_text("Taken in: 1 of 2 lines.").wait_for()
    look(visit, page)


@pytest.mark.parametrize("width", [320, 1280])
def test_who_signed_in_reads_what_they_have_to_send_and_sends_it(visit, width):
    account = Account.objects.create_user(email="sam@example.org")
    by = Actor("resident", str(account.pk))
    with scoped(Scope(account=account.pk, purpose="front door", actor=by)):
        person = people.welcome(account_id=account.pk, email=account.email, name="Sam Rowe", at=now(), by=by)
    send(tested=now().date() - dt.timedelta(days=370), when=now() - dt.timedelta(days=300), person_id=person)
    page = visit("/account/", width=width, account=account)
    look(visit, page)
    page.get_by_role("heading", name="What you have to send us").wait_for()
    page.locator("main a").first.click()
    page.get_by_role("heading", name="Your returns").wait_for()
    look(visit, page)
