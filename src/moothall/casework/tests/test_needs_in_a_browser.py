"""Saying what one needs, and what those see who must think of it, in a real browser without scripts."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from tests.browser import WIDTHS
from tests.world import ASHBY, MARCHSHIRE, account_of

from moothall.casework import actions
from moothall.casework.tests.booked import a_birth
from moothall.casework.tests.conftest import CONTACT, NOBODY, POTHOLE, RESIDENT, a_place, open_pothole
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.models import Account
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped
from moothall.people import actions as people

pytestmark = pytest.mark.browser
POST = "14 Mill Lane\nAshby\nZM1 1EF"
LONG = "Rhiannon Gwenllian Featherstonehaugh-Llewellyn"


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_resident_says_it_on_the_way_to_sending(visit, look, width):
    page = visit("/services/report-pothole/", width=width, scripts=False)
    draft = a_draft(page, visit)
    page.goto(f"{visit.site}/drafts/{draft}/check/")
    look(page, f"needs-{width}-check")
    page.get_by_role("link", name="Do you need anything").click()
    look(page, f"needs-{width}-form")
    page.get_by_label("Braille").check()
    page.get_by_label("Address for letters").fill("Ashby")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("There is a problem").wait_for()
    assert page.get_by_label("Braille").is_checked()
    look(page, f"needs-{width}-error")
    page.get_by_label("Address for letters").fill(POST)
    page.get_by_label("Interpreter").select_option("bfi")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("British Sign Language interpreter").wait_for()
    look(page, f"needs-{width}-checked")


def a_draft(page, visit):
    """Begin a request about a pothole in this browser, with all answered but what is needed; return its id."""
    page.goto(f"{visit.site}/services/report-pothole/ask")
    page.get_by_role("textbox").first.fill("14 Mill Lane, Ashby")
    page.get_by_role("button", name="Continue").click()
    draft = page.url.split("/drafts/")[1].split("/")[0]
    where = a_place()
    with scoped(NOBODY.narrowed(case=draft)):
        actions.save_draft(
            draft_id=draft, answers=POTHOLE | {"where": where, "avoiding": True, "photo": [], "more": ""},
            contact={"asked": "yes", **CONTACT}, at=now(), by=RESIDENT,
        )  # fmt: skip
    return draft


@pytest.mark.parametrize("width", WIDTHS)
def test_staff_see_it_first_and_make_by_hand_what_no_machine_makes(visit, look, width):
    with scoped(NOBODY):
        said = {"name": LONG, "address": POST, "needs": "language:pl,interpreter:bfi,format:braille,calls:relay"}
        opened = open_pothole(at=now(), contact=said)
        open_pothole(at=now(), contact=said | {"needs": "format:large-print"})
    birth = a_birth(contact=CONTACT | {"needs": "interpreter:bfi,access:step-free"})
    run_pending(at=now())
    officer = account_of(MARCHSHIRE, "officer")
    page = visit(f"/staff/cases/{opened.case_id}/", width=width, account=officer, scripts=False)
    look(page, f"needs-{width}-case")
    page.get_by_text("British Sign Language interpreter").first.wait_for()
    page.goto(f"{visit.site}/staff/letters/")
    look(page, f"needs-{width}-letters")
    page.get_by_role("link", name="Letters to make by hand").click()
    look(page, f"needs-{width}-by-hand")
    page.get_by_role("button", name="Mark as sent").first.click()
    page.get_by_text("No letter waits").wait_for()
    look(page, f"needs-{width}-by-hand-empty")
    page.goto(f"{visit.site}/diaries/slots/{birth.place().slot_id}/")
    page.get_by_text("British Sign Language interpreter").wait_for()
    look(page, f"needs-{width}-slot")


@pytest.mark.parametrize("width", WIDTHS)
def test_advisers_note_it_and_write_to_who_cannot_use_the_phone(visit, look, width):
    told = {"at": now(), "by": Actor("staff", "77", ASHBY)}
    with scoped(Scope(bodies=(ASHBY,), purpose="staff", actor=told["by"])):
        person = people.record_person(body_id=ASHBY, name=LONG, **told)
        people.add_contact(person_id=person, body_id=ASHBY, kind="email", value="ann@example.org", **told)
        needs = ("interpreter:bfi", "calls:none", "format:easy-read")
        people.add_needs(person_id=person, body_id=ASHBY, needs=needs, **told)
    adviser = account_of(ASHBY, "adviser")
    page = visit(f"/desk/people/{person}/", width=width, account=adviser, scripts=False)
    look(page, f"needs-{width}-desk-person")
    page.goto(f"{visit.site}/desk/start/missed-bin/?person={person}")
    look(page, f"needs-{width}-desk-start")
    page.goto(f"{visit.site}/desk/people/{person}/")
    page.get_by_label("What was it?").fill("4")
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_text("Promise to ring back").first.wait_for()
    look(page, f"needs-{width}-call-back")
    page.get_by_label("Write an email").check()
    page.get_by_label("What about").fill("When is my bin emptied?")
    page.locator('input[name="due"]').first.check()
    page.get_by_role("button", name="Promise it").click()
    page.goto(f"{visit.site}/desk/call-backs/")
    look(page, f"needs-{width}-call-backs")
    page.get_by_role("button", name="Write to them").click()
    look(page, f"needs-{width}-write-back")
    page.get_by_label("Your answer").fill("On Tuesday.")
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("Nobody waits to be rung back").wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_resident_says_it_once_in_their_account_in_welsh(visit, look, width):
    account = Account.objects.create_user("nia@post.example", name=LONG)
    page = visit("/account/details/", width=width, account=account, scripts=False)
    look(page, f"needs-{width}-account")
    page.goto(f"{visit.site}/language/cy/")
    page.goto(f"{visit.site}/account/details/")
    page.get_by_label("Print bras").check()
    page.get_by_role("button").last.click()
    look(page, f"needs-{width}-account-cy")
    assert page.get_by_label("Print bras").is_checked()
    page.get_by_label("Print cyffredin").check()
    page.get_by_role("button").last.click()
    expect(page.get_by_label("Print bras")).not_to_be_checked()
