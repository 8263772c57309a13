"""The way from an offer to a live service, walked in a browser: narrow and wide, every page looked at."""

import re

import pytest
from tests import world
from tests.world import ASHBY, BORLEY

from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions
from moothall.sharing.rules.prices import PriceRule
from moothall.sharing.tests.test_drawing import live, ready
from moothall.sharing.tests.test_versions import newer, version_offered

pytestmark = pytest.mark.browser
published = newer
"""A fixture: a newer version of garden waste."""


@pytest.fixture
def offer(real_db):
    with scoped(Scope(bodies=(ASHBY,), purpose="tests", actor=Actor("staff", "1", ASHBY))):
        return actions.offer_service(
            body_id=ASHBY, service_id="garden-waste", provision="own-staff", capacity=20,
            price=PriceRule(method="per-case", pence=420), vat="non-business", clock=10,
            terms="We bring the bin and empty it every two weeks.", languages=["en", "cy"], hours="Weekdays",
            starts=local(now()).date(), at=now(), by=world.BY,
        )  # fmt: skip


class Walk:
    """One person's window: every page that it comes to is checked."""

    def __init__(self, visit, path, width, role, body_id=BORLEY):
        self.visit = visit
        self.page = visit(path, width=width, account=world.account_of(body_id, role))
        visit.check(self.page)

    def go(self, link):
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=re.compile(link)).first.click()
        self.visit.check(self.page)

    def press(self, button):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()
        self.visit.check(self.page)

    def fill(self, **boxes):
        for label, value in boxes.items():
            self.page.get_by_label(label.replace("_", " ")).first.fill(value)

    def pick(self, name, value):
        self.page.locator(f'[name="{name}"][value="{value}"]').check()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_service_is_drawn_down_in_a_browser(visit, offer, width):
    office = Walk(visit, "/staff/offers/", width, "partnership-office")
    office.go("^Side by side")
    office.page.get_by_label("What a year of it costs you now").fill("nonsense")
    office.press("Compare with it")
    office.go("^Ashby District Council$")
    office.press("Draw it down")
    draft = office.page.url
    office.go("^What your body sets")
    office.page.locator('[name="deliver_days"]').fill("5")
    office.press("Keep these settings")
    assert "promises 10 at the soonest" in office.page.content()
    office.page.locator('[name="deliver_days"]').fill("12")
    office.press("Keep these settings")
    office.go("^Who of your own is told")
    office.press("Tell them")
    assert "Choose at least one moment." in office.page.content()
    office.page.get_by_label("Who?").select_option("role:manager")
    office.page.get_by_label("When a promise is missed").check()
    office.press("Tell them")
    assert "They are told from now on." in office.page.content()
    office.page.goto(draft)
    office.go("^Try it out")
    office.page.locator('[name="where"]').fill("14 Mill Lane, Ashby")
    office.page.locator('[name="start"]').select_option("new")
    office.page.locator('[name="bins"]').fill("2")
    office.page.locator('[name="agreed"]').check()
    office.press("See what would come of it")
    assert "They would pay £100.00" in office.page.content()
    office.page.goto(draft)
    office.go("^A legal route")
    office.press("Write it down")
    office.pick("route", "executive-functions")
    office.press("Write it down")
    office.go("^A decision of your body")
    for name in ("decided_by", "reference", "councillor"):
        office.page.locator(f'[name="{name}"]').fill("CAB/26/41")
    for part in ("day", "month", "year"):
        office.page.locator(f'[name="decided_on-{part}"]').fill(str(getattr(local(now()), part)))
    office.press("Write it down")
    office.go("^Staff$")
    office.pick("moves", "no")
    office.press("Write it down")
    for role in ("monitoring-officer", "section-151-officer"):
        signer = Walk(visit, draft.removeprefix(visit.site), width, role)
        signer.go("^Signed by")
        signer.press("Sign")
    office.page.reload()
    visit.check(office.page)
    office.press("Go live")
    assert "stays accountable" in office.page.content()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_provider_s_pages_are_accessible_empty_filled_and_with_errors(visit, offer, width):
    manager = Walk(visit, "/staff/offers/ours/", width, "manager", ASHBY)
    manager.go("^Offer it.*missed bin")
    manager.press("Offer it")
    assert "There is a problem" in manager.page.content()
    manager.page.goto(f"{visit.site}/staff/offers/{offer.pk}/")
    visit.check(manager.page)
    manager.press("Withdraw this offer from today")
    manager.page.goto(f"{visit.site}/staff/offers/")
    visit.check(manager.page)
    manager.page.goto(f"{visit.site}/staff/draw-downs/")
    visit.check(manager.page)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_newer_version_is_read_and_taken_and_the_work_taken_back(visit, offer, published, width):
    draw_id = ready(offer)
    live(draw_id)
    version_offered(offer, published)
    office = Walk(visit, "/staff/draw-downs/", width, "partnership-office")
    office.go("^Garden waste bin")
    office.go("^See what changes$")
    office.press("Take the new version")
    assert "Decide this before you take the new version." in office.page.content()
    for name, value in (("fee_pence", "45.00"), ("most_bins", "2"), ("deliver_days", "14")):
        office.page.locator(f'[name="{name}"]').fill(value)
    office.pick("winter", "yes")
    office.press("Take the new version")
    assert "Version 2 is taken" in office.page.content()
    office.page.goto(f"{visit.site}/staff/draw-downs/ours/")
    visit.check(office.page)
    office.page.goto(f"{visit.site}/staff/draw-downs/{draw_id}/")
    office.press("Do it ourselves")
    office.go("^What your body sets")
    office.press("Keep these settings")
    office.go("^A decision of your body")
    office.press("Write it down")
    assert "There is a problem" in office.page.content()
    for name in ("decided_by", "reference"):
        office.page.locator(f'[name="{name}"]').fill("CAB/27/3")
    for part in ("day", "month", "year"):
        office.page.locator(f'[name="decided_on-{part}"]').fill(str(getattr(local(now()), part)))
    office.press("Write it down")
    office.go("^Staff$")
    office.pick("moves", "no")
    office.press("Write it down")
    office.press("Go live")
    assert "done by its own staff" in office.page.content()
