"""People's pages, looked at in a browser: readable, reachable, nothing from elsewhere."""

import pytest
from tests import world

from moothall.core.actor import Actor
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.people import actions

pytestmark = pytest.mark.browser
TOLD = {"at": world.BUILT, "by": Actor("staff", "1", world.ASHBY)}
LONG = "Rhiannon Gwenllian Featherstonehaugh-Llewellyn"


def somebody(email, phone=""):
    with scoped(Scope(bodies=(world.ASHBY,))):
        person = actions.record_person(body_id=world.ASHBY, name=LONG, **TOLD)
        add = {"person_id": person, "body_id": world.ASHBY}
        actions.add_contact(**add, kind="email", value=email, **TOLD)
        if phone:
            actions.add_contact(**add, kind="phone", value=phone, **TOLD)
        actions.move_home(**add, uprn=world.MILL_LANE_14, starts=world.BUILT.date(), **TOLD)
        actions.set_need(**add, kind="safety", value="protected", **TOLD)
        return person


@pytest.fixture
def staff_page(visit):
    """Return a function that opens a page as an officer of Ashby."""
    officer = world.account_of(world.ASHBY, "officer")
    return lambda path, width, scripts=True: visit(path, width=width, scripts=scripts, account=officer)


@pytest.mark.parametrize(("width", "scripts"), [(320, True), (1280, False)])
def test_staff_find_compare_link_and_undo_by_hand(visit, staff_page, width, scripts):
    one, other = (
        somebody("rhiannon@a-rather-long-address.example", "01632 960111"),
        somebody("RHIANNON@a-rather-long-address.example"),
    )
    page = staff_page("/staff/people/", width, scripts)
    visit.check(page)
    page.get_by_label("Name, e-mail").fill("featherstone")
    page.get_by_role("button", name="Find").click()
    visit.check(page)
    page.goto(f"{visit.site}/staff/people/{one}/")
    visit.check(page)
    page.get_by_role("link", name="Compare them").click()
    visit.check(page)
    page.get_by_role("button", name="They are the same person").click()
    page.get_by_text("There is a problem").wait_for()
    visit.check(page)
    page.get_by_label("I have seen papers").first.check()
    page.get_by_role("button", name="They are the same person").click()
    page.wait_for_url(f"**/{min(one, other)}/")
    visit.check(page)
    page.get_by_role("link", name="Compare or undo").click()
    visit.check(page)
    page.get_by_label("linked by mistake").check()
    page.get_by_role("button", name="Undo the link").click()
    page.get_by_text("Link undone").wait_for()
    visit.check(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_staff_note_what_they_are_told(visit, staff_page, width):
    person = somebody("rhiannon@post.example")
    for what in ("contact", "home", "need", "household", "agent"):
        page = staff_page(f"/staff/people/{person}/{what}/", width)
        visit.check(page)
        page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_resident_sees_what_is_held_and_says_how_to_reach_them(visit, width):
    account = Account.objects.create_user("nia@post.example", name=LONG)
    page = visit("/account/details/", width=width, account=account)
    visit.check(page)
    page.get_by_label("Phone number").fill("12")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("There is a problem").wait_for()
    visit.check(page)
    page.get_by_label("Phone number").fill("01632 960123")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/account/details/")
    assert "01632 960123" in page.content()
