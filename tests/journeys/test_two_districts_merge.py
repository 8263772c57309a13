"""Ashby and Borley become one council: planned, decided, rehearsed, carried out, looked at, confirmed, in a browser."""

import datetime as dt
import os
import re

import pytest
from tests.world import ASHBY, BORLEY, account_of

from moothall.bodies.queries.edition import expect_change
from moothall.core import kept, queue
from moothall.core.clock import local, now
from moothall.core.scope import scoped
from moothall.reorganisation.tests import lives
from moothall.sharing import actions as sharing
from moothall.sharing import queries as adopted
from moothall.sharing.actions import adoptions

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
WIDTH = 320
SHOTS = os.environ.get("MOOTHALL_SHOTS")


def shot(page, name):
    """Keep a picture of a page where one was asked for."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{page.viewport_size['width']}.png", full_page=True)


def dearer_in_borley(pence=5_500):
    """Let Borley ask for more than Ashby for large items."""
    at, day = now(), local(now()).date() - dt.timedelta(days=3)
    with scoped(lives.staff(BORLEY)):
        before = adopted.adoption(BORLEY, "bulky-waste", day)
        sharing.end_adoption(body_id=BORLEY, service_id="bulky-waste", ends=day, at=at, by=lives.RESIDENT)
        adoptions.adopt(body_id=BORLEY, service_id="bulky-waste", version_id=before.version_id, starts=day, at=at,
                      parameters={"fee_pence": pence}, by=lives.RESIDENT)  # fmt: skip


def press(page, button):
    """Press a button, let what was asked for run, and look at the page again."""
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()
    queue.run_pending(at=now())
    expect_change()
    kept.forget_all()
    page.reload()


def filled(page):
    """Fill the plan's form in."""
    today = local(now())
    page.get_by_label("What is it called?").fill("Ashby and Borley become Westmarch")
    page.get_by_label("And in Welsh").fill("Ashby a Borley yn dod yn Westmarch")
    page.get_by_label("Its address on the web").fill("westmarch")
    page.get_by_label("By what right?").fill("The Marchshire (Structural Changes) Order 2026")
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_label("The new council: its name").fill("Westmarch Council")
    page.get_by_label("Three letters for its references").first.fill("WES")
    page.get_by_label("What kind?").first.select_option("district")
    page.get_by_label("Where do people read about it until then?").first.fill("https://westmarch.example/")
    for name in ("Ashby", "Borley"):
        group = page.get_by_role("group", name=f"What becomes of {name}")
        group.get_by_label("It goes to the first new council").check()


def test_two_districts_merge(visit):
    expect_change()
    at = now()
    waiting, mine = lives.complained(BORLEY, at=at), lives.complained(ASHBY, at=at, email="bob@example.org")
    dearer_in_borley()
    officer, manager = account_of(ASHBY, "monitoring-officer"), account_of(BORLEY, "manager")

    page = visit("/staff/reorganisations/", width=WIDTH, account=officer)
    visit.check(page)
    page.get_by_role("button", name="Plan a reorganisation").click()
    page.get_by_role("button", name="Save and publish the plan").click()
    visit.check(page)  # an empty form is asked for again
    filled(page)
    shot(page, "new")
    page.get_by_role("button", name="Save and publish the plan").click()
    assert "Nothing has been changed yet" in page.inner_text("main")
    visit.check(page)
    shot(page, "planned")
    plan = page.url.removeprefix(visit.site)

    page.get_by_role("link", name="Decide what is done differently").click()
    visit.check(page)
    shot(page, "services")
    undecided = page.get_by_role("link", name=re.compile(r"^Decide\s*:"))
    while undecided.count():  # a fee, and the number that is rung in need
        undecided.first.click()
        page.get_by_label("As Ashby District Council does it").check()
        page.get_by_label("Who decided?").fill("Shadow executive")
        page.get_by_label("Where is it minuted?").fill("S/1")
        visit.check(page)
        page.get_by_role("button", name="Decide").click()
        assert "Taken" in page.inner_text("main")

    page = visit(f"{plan}staff/", width=WIDTH, account=officer)
    visit.check(page)
    shot(page, "staff")
    page = visit(f"{plan}consents/", width=WIDTH, account=officer)
    page.get_by_label("A capital contract").check()
    page.get_by_label("What would we commit, to whom?").fill("Four lorries from a dealer")
    page.get_by_label("Under which reference will it be signed?").fill("ASH-2026-14")
    page.get_by_label("For how much").fill("1200000")
    page.get_by_role("button", name="Ask").click()
    visit.check(page)
    for of_the_plan in ("shadow/", "consents/direction/"):
        visit.check(visit(plan + of_the_plan, width=WIDTH, account=officer))
    other = visit(f"{plan}consents/", width=WIDTH, account=account_of(BORLEY, "monitoring-officer"))
    other.get_by_role("link", name="Answer").click()
    other.get_by_label("Yes").check()
    visit.check(other)
    other.get_by_role("button", name="Answer").click()
    assert "Agreed" in other.inner_text("main")
    other.goto(f"{visit.site}{plan}agree/")
    visit.check(other)
    other.get_by_role("button", name="Agree").click()
    other.goto(f"{visit.site}{plan}consents/")
    assert "Agreed" in other.inner_text("main")
    shot(other, "consents")

    page = visit(f"{plan}letters/", width=WIDTH, account=officer)
    visit.check(page)
    shot(page, "letters")

    page = visit(f"{plan}rehearse/", width=WIDTH, account=officer)
    visit.check(page)
    press(page, "Rehearse")
    assert "Before and after, on the copy" in page.inner_text("main")
    visit.check(page)
    shot(page, "rehearsed")

    page = visit(f"{plan}carry-out/", width=WIDTH, account=officer)
    press(page, "Carry it out now")
    assert "It can be undone until it is confirmed" in page.inner_text("main")
    assert "Westmarch" in page.inner_text("header") + page.inner_text("body")
    visit.check(page)
    shot(page, "carried-out")

    resident = visit("/track/", width=WIDTH)
    resident.get_by_label("reference", exact=False).first.fill(waiting.reference)
    resident.locator("input[name=contact]").fill("ann@example.org")
    resident.locator("main form button").first.click()
    assert "It was Borley District Council and is now Westmarch Council" in resident.inner_text("main")
    visit.check(resident)
    shot(resident, "track")
    front = visit("/b/ashby/", width=WIDTH)
    assert "Westmarch" in front.inner_text("body")
    told = visit("/your-council/westmarch/", width=WIDTH)
    assert "Your references" in told.inner_text("main")
    visit.check(told)
    shot(told, "public")

    queue_page = visit("/staff/queue/?show=all", width=WIDTH, account=manager)
    assert waiting.reference in queue_page.inner_text("main")
    assert mine.reference in queue_page.inner_text("main")
    shot(queue_page, "queue")

    page = visit(f"{plan}confirm/", width=WIDTH, account=officer)
    page.get_by_role("button", name="Confirm").click()
    assert "It is confirmed" in page.inner_text("main")
    visit.check(page)
