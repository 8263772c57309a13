"""Bin days and the waste crew's pages in a real browser."""

import pytest
from tests.world import ASHBY, MILL_LANE_14, account_of

from moothall.core.clock import now
from moothall.core.scope import scoped
from moothall.functions.waste import actions
from moothall.functions.waste.tests.conftest import DISTRICT, SUPERVISOR, home, round_of
from moothall.functions.waste.tests.test_pages import visit_to_make

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_a_resident_reads_the_bin_days_and_the_alert(visit, width):
    found, day = round_of()
    with scoped(DISTRICT):
        actions.mark_incomplete(round_=found, day=day, usrns=[home()["usrn"]], reason="Snow.", return_on=day,
                                at=now(), by=SUPERVISOR)  # fmt: skip
    page = visit("/bins/", width=width)
    visit.check(page)
    page.get_by_label("Your address, street or postcode").fill("14 Mill Lane, Ashby")
    page.get_by_role("button", name="Find").click()
    visit.check(page)
    page.get_by_role("link", name="14 Mill Lane").first.click()
    page.get_by_text("we could not finish your street").wait_for()
    assert MILL_LANE_14 in page.url
    visit.check(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_supervisors_and_crews_can_read_their_pages(visit, width):
    row = visit_to_make()
    found, day = round_of()
    manager = account_of(ASHBY, "manager")
    on = f"/waste/rounds/{found.pk}/{day}"
    at = f"/crew/waste/{row.pk}"
    paths = [f"/waste/?day={day}", f"{on}/incomplete/", f"{on}/note/", "/crew/waste/", f"{at}/", f"{at}/done/"]
    for path in [*paths, f"{at}/not-done/"]:
        visit.check(visit(path, width=width, account=manager))
