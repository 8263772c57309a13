"""The register and the officers' pages in a real browser, on a phone and on a desk."""

import os

import pytest
from tests.world import ASHBY, account_of

from moothall.core.clock import local, now
from moothall.core.scope import scoped
from moothall.functions.licensing import actions
from moothall.functions.licensing.tests.conftest import DAY, DISTRICT, OFFICER, VEHICLE, ask, grant, pay, steps

pytestmark = pytest.mark.browser


def look(visit, page):
    """Check a page; with MOOTHALL_SHOTS set to a folder, keep a picture of it there."""
    if folder := os.environ.get("MOOTHALL_SHOTS"):
        name = page.url.split("/", 3)[3].replace("/", "-")[:60]
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)
    visit.check(page)


def test_anybody_checks_a_licence_and_officers_look_after_it(visit):
    when = now()
    car = grant(ask("taxi-vehicle-licence", VEHICLE, when=when), when, until=local(when).date() + 20 * DAY)
    waits = ask(when=when)
    pay(waits, when)
    with scoped(DISTRICT):
        actions.take_measure(
            licence_id=car.pk, kind="suspension", ground="unfit", reason="The tyres are worn.", at=when, by=OFFICER
        )
    page = visit("/licences/", width=320)
    page.get_by_label("Licence number, registration or name").fill("zm26 abc")
    page.get_by_role("button", name="Find").click()
    page.get_by_text(car.number).wait_for()
    look(visit, page)
    page.get_by_label("The code at its foot").fill(car.code.lower())
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("heading", name=f"Licence {car.number} is in force").wait_for()
    look(visit, page)
    manager, at = account_of(ASHBY, "manager", "licensing"), f"/licensing/{car.pk}"
    check = f"/licensing/checks/{steps(waits)['record'].pk}/"
    look(visit, visit(f"{at}/revoke/", width=320, account=manager))
    for path in ("/licensing/", f"{at}/", check):
        look(visit, visit(path, width=1280, account=manager))
