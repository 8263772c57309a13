"""The desk in a real browser: readable at both widths, with and without scripts."""

import pytest
from tests.world import ASHBY, MILL_LANE_14, account_of

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.desk import actions

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_a_call_is_taken(visit, width, scripts):
    adviser = account_of(ASHBY, "adviser")
    page = visit("/desk/?q=hole+in+the+road", width=width, scripts=scripts, account=adviser)
    visit.check(page)
    page.get_by_role("link", name="Report a pothole").first.click()
    page.wait_for_url("**/start/**")
    visit.check(page)
    page.get_by_label("Where is it?").fill("14 mill lane ashby")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("radio", name="14 Mill Lane").check()
    for answer in ("A road", "Like a dinner plate or smaller", "Up to a fist", "Phone"):
        page.get_by_label(answer, exact=True).check()
    page.get_by_label("Your name").fill("Bob Example")
    page.get_by_label("Mobile phone number").fill("01632 960 001")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Read out:").wait_for()
    visit.check(page)
    page.get_by_role("link", name="Look at the case").click()
    page.get_by_text("Add what the caller says").wait_for()
    visit.check(page)
    page.get_by_label("What was it? Write the number").press("4")
    page.keyboard.press("Enter")
    page.get_by_text("By when we promise to answer").wait_for()
    visit.check(page)
    page.locator("[name=due]").last.check()
    page.get_by_label("What about").fill("When will it be mended?")
    page.get_by_role("button", name="Promise it").click()
    page.get_by_role("link", name="Call-backs").click()
    page.get_by_text("1 person waits").wait_for()
    visit.check(page)


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_a_visitor_finds_the_place_and_is_called(visit, width, scripts):
    told = {"body_id": ASHBY, "at": now(), "by": Actor("staff", "77", ASHBY)}
    with scoped(Scope(bodies=(ASHBY,), actor=told["by"])):
        hall = actions.keep_point(
            name="Town hall", name_cy="", address="14 Mill Lane, Ashby", postcode="ZM1 1EF", phone="",
            hours="Mo-Fr 09:00-17:00", services=["missed-bin", "bulky-waste"], languages=["en", "bsl"],
            access=["step-free", "toilet"], tickets=True, **told,
        )  # fmt: skip
    adviser = account_of(ASHBY, "adviser")
    page = visit(f"/desk/visits/{hall.pk}/", width=width, scripts=scripts, account=adviser)
    for button in ("Give a number", "Give a number", "Call the next"):
        page.get_by_role("button", name=button).click()
        page.wait_for_load_state()
    page.get_by_text("Number 1 is at your counter").wait_for()
    visit.check(page)
    for path in ("/visit/", "/visit/ashby/town-hall/", "/visit/ashby/town-hall/wall/"):
        visit.check(visit(path, width=width, scripts=scripts))
    manager = account_of(ASHBY, "manager")
    visit.check(visit(f"/staff/access-points/{hall.pk}/", width=width, scripts=scripts, account=manager))


def test_who_calls_about_money_is_made_sure_of_first(visit):
    place, told = bodies.place_of_dwelling(MILL_LANE_14), {"at": now(), "by": Actor("staff", "77", ASHBY)}
    with scoped(Scope(bodies=(ASHBY,), actor=told["by"])):
        bill = casework.open_case(
            service_id="council-tax-payment", answers={"where": place, "wanted": "copy", "copy_by": "email"},
            place=place, contact={"name": "Bob Example", "email": "bob@example.org"}, body_id=ASHBY, channel="phone",
            **told,
        )  # fmt: skip
    page = visit(f"/desk/cases/{bill.case_id}/", width=320, account=account_of(ASHBY, "adviser"))
    page.get_by_text("Who is it?").first.wait_for()
    visit.check(page)
