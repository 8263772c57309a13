"""A body's way in, in a real browser: empty, half-way, with mistakes, on a phone and on a desk."""

import pytest
from tests.world import MARCHSHIRE, account_of

from moothall.core.clock import now
from moothall.core.models import Account
from moothall.core.queue import run_pending
from moothall.onboarding import actions
from moothall.onboarding.tests.conftest import FIRST, PAPERS, as_force, invited, told

pytestmark = pytest.mark.browser
OURS = "/staff/joining/ours/"
PAGES = ("", "identity/", "look/", "area/", "services/", "teams/", "staff/", "books/", "data/", "trials/")
CASES = """number,service,opened,email,answer_wanted,answer_form
F-1,information-request,2026-11-02,ann@example.org,How many?,email
F-2,information-request,2026-11-03,ann@example.org,,email
"""


def looked_at(visit, paths, **window):
    """Look at pages one after the other in one window; return it."""
    page = visit(paths[0], **window)
    visit.check(page)
    for path in paths[1:]:
        page.goto(f"{visit.site}{path}")
        visit.check(page)
    return page


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_readable_at_the_beginning_and_half_way(visit, width):
    body_id = invited()
    first = Account.objects.get(email=FIRST["first_email"])
    operator = account_of(MARCHSHIRE, "operator")
    looked_at(visit, ("/staff/joining/", "/staff/joining/invite/"), width=width, account=operator)
    page = looked_at(visit, [f"{OURS}{page}" for page in PAGES], width=width, account=first)
    with as_force(body_id):
        actions.take_pack(code="police", papers=PAPERS, **told(body_id))
        actions.open_books(**told(body_id))
        actions.try_services(**told(body_id))
        row = actions.bring_file(kind="cases", system="Old CRM", title="open-cases.csv", content=CASES, **told(body_id))
    for there in ("", "services/", "teams/", "books/", "data/", "trials/", f"data/{row.pk}/"):
        page.goto(f"{visit.site}{OURS}{there}")
        visit.check(page)
    page.get_by_label("Leave the wrong lines out").check()
    page.get_by_role("button", name="Take it in").click()
    page.get_by_text("It will begin in a moment").wait_for()
    visit.check(page)
    run_pending(at=now())
    page.get_by_text("1 of 2 lines taken in").wait_for()
    visit.check(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_mistake_is_told_beside_its_question(visit, width):
    invited()
    page = visit(f"{OURS}staff/", width=width, account=Account.objects.get(email=FIRST["first_email"]))
    page.get_by_label("Or type it").fill("name,email,roles\nOwen Reed,owen@woldshire-police.example,boss\n")
    page.get_by_role("button", name="Check it").click()
    page.get_by_text("Line 2: There is no role “boss”").wait_for()
    visit.check(page)


def test_the_colours_are_shown_while_they_are_typed(visit):
    invited()
    page = visit(f"{OURS}look/", account=Account.objects.get(email=FIRST["first_email"]))
    page.get_by_label("Header and buttons").fill("#ffee00")
    page.get_by_text("It cannot be read well enough").wait_for()
    page.get_by_label("Header and buttons").fill("#123a5c")
    page.get_by_text("White text on #123a5c has a contrast of 11.8 to 1").wait_for()
    visit.check(page)
