"""A newcomer, from nothing to the first request: a service is written, read, published, offered and asked for."""

import os
import re
from pathlib import Path

import pytest
from tests import world
from tests.world import ASHBY

from moothall.core.clock import local, now

pytestmark = pytest.mark.browser


class Window:
    """One person's window; what they do is scripted clicks, and pages are kept as pictures where a folder is named."""

    def __init__(self, visit, path, role=None, width=1280):
        account = world.account_of(ASHBY, role) if role else None
        self.visit, self.page = visit, visit(path, width=width, account=account)

    def go(self, link):
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=re.compile(link)).first.click()

    def press(self, button):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()

    def fill(self, **boxes):
        for name, value in boxes.items():
            self.page.locator(f'[name="{name.replace("__", "-")}"]').fill(value)

    def kept(self, name):
        """Check the page, and keep a picture of it."""
        self.visit.check(self.page)
        if folder := os.environ.get("MOOTHALL_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def begun(manager):
    manager.press("Begin a new service")
    manager.fill(title="Report graffiti", title_cy="Rhoi gwybod am graffiti", name="report-graffiti")
    manager.page.locator('[name="work"]').select_option("street-cleaning")
    manager.page.locator('[name="topic"]').select_option("streets")
    manager.page.locator('[name="team"]').select_option("street-scene")
    manager.kept("1-begin")
    manager.press("Begin")
    assert "report-graffiti: good." in manager.page.content()
    manager.kept("2-draft")


def photo_asked(manager):
    manager.go("^Questions$")
    manager.fill(name="photo")
    manager.page.locator('[name="kind"]').select_option("file")
    manager.press("Add it")
    manager.fill(label__en="Add a photo", label__cy="Ychwanegu llun")
    manager.page.locator('[name="optional"]').check()
    manager.page.locator("#seen").get_by_text("Add a photo (optional)").first.wait_for()
    manager.kept("3-question")
    manager.press("Save")
    manager.go("^Report graffiti$")


def promised_sooner(manager):
    manager.go("^Promise and fee$")
    manager.fill(promise__done_within="3")
    manager.press("Save")
    assert "Worked examples come out otherwise" in manager.page.content()
    manager.go("^The worked examples$")
    text = manager.page.locator("#id_text")
    told = text.input_value()
    text.fill(told.replace("promise: 2026-06-08", "promise: 2026-06-0"))
    manager.page.locator("#seen").get_by_text("expected 2026-06-0, came 2026-06-04").wait_for()
    text.fill(told.replace("promise: 2026-06-08", "promise: 2026-06-04"))
    manager.page.locator("#seen").get_by_text("report-graffiti: good.").wait_for()
    manager.kept("4-text")
    manager.press("Save and go back")
    manager.fill(words="People ask for it every week")
    manager.press("Ask for a review")


def agreed(draft, visit):
    office = Window(visit, draft, "partnership-office")
    office.page.locator('[name="verdict"][value="agree"]').check()
    office.kept("5-second-person")
    office.press("Say so")
    office.press("Publish it")
    assert "Version 1 is published." in office.page.content()


def offered(manager, draft):
    manager.page.goto(draft)
    manager.press("Offer this version")
    manager.go("^What your body sets")
    manager.press("Keep these settings")
    manager.go("^A decision of your body")
    manager.fill(decided_by="Head of street scene", reference="OD/26/14")
    for part in ("day", "month", "year"):
        manager.page.locator(f'[name="decided_on-{part}"]').fill(str(getattr(local(now()), part)))
    manager.press("Write it down")
    manager.go("^Staff$")
    manager.page.locator('[name="moves"][value="no"]').check()
    manager.press("Write it down")
    manager.press("Go live")


def asked_for(visit):
    """Ask for the new service as a resident without scripts; return the reference."""
    resident = Window(visit, "/services/report-graffiti/?where=14+Mill+Lane,+Ashby", width=320)
    resident.kept("6-public")
    resident.press("Start now")
    for _ in range(8):
        page = resident.page
        if page.locator('[name="where-search"]').count():
            page.locator('[name="where-search"]').fill("14 Mill Lane, Ashby")
            page.locator('[name="where-find"]').click()
            page.locator("[data-place=results] [type=radio], [data-place=status]:not(:empty)").first.wait_for()
            if page.locator('[type="radio"][name^="where"]').count():
                page.locator('[type="radio"][name^="where"]').first.check()
        if page.locator('textarea[name="what"]').count():
            page.locator('textarea[name="what"]').fill("A scribble by the gate")
        if page.get_by_label("Email address").count():
            page.get_by_label("Email address").fill("resident@example.org")
        if page.get_by_role("button", name="Send", exact=True).count():
            resident.press("Send")
            return re.search(r"[A-Z]{3}-\d{4}-\d{3}[A-Z0-9]", page.locator(".govuk-panel").inner_text())[0]
        resident.press("Continue")
    raise AssertionError(resident.page.url)


def test_a_newcomer_comes_from_nothing_to_the_first_request_by_clicks_alone(visit):
    begin = now()
    manager = Window(visit, "/staff/editor/", "manager")
    begun(manager)
    draft = manager.page.url
    photo_asked(manager)
    promised_sooner(manager)
    agreed(draft.removeprefix(visit.site), visit)
    offered(manager, draft)
    assert asked_for(visit).startswith("ASH-")
    assert (now() - begin).total_seconds() < 15 * 60
    phone = Window(visit, draft.removeprefix(visit.site) + "preview/", "manager", width=320)
    phone.kept("7-preview")
