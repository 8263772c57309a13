"""The crew's and the inspector's pages in a real browser, on a phone and on a desk, with and without scripts."""

import pytest
from tests.world import MARCHSHIRE, account_of

from moothall.core.clock import now
from moothall.core.scope import scoped
from moothall.functions.highways import queries
from moothall.functions.highways.tests.conftest import COUNTY
from moothall.functions.highways.tests.test_pages import ordered, reported

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_a_crew_member_mends_a_hole_on_a_phone(visit, scripts):
    ordered()
    ordered(40)
    page = visit("/crew/", width=320, scripts=scripts, account=account_of(MARCHSHIRE, "crew"))
    visit.check(page)
    page.get_by_role("link", name="Pothole").first.click()
    visit.check(page)
    page.get_by_role("link", name="Mended").click()
    visit.check(page)
    page.get_by_role("button", name="Send").click()
    visit.check(page)
    page.get_by_label("Permanent patch, up to 1 square metre").check()
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="Mended and saved").wait_for()
    visit.check(page)
    with scoped(COUNTY):
        assert len(queries.jobs(at=now())) == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_an_inspector_s_pages_are_readable(visit, width):
    order, waiting = ordered(), reported(60)
    officer = account_of(MARCHSHIRE, "officer")
    paths = ["/highways/", f"/highways/defects/{waiting.pk}/inspect/", f"/highways/defects/{order.defect_id}/",
             f"/highways/segments/{order.defect.segment_id}/", "/highways/streets/?q=mill"]  # fmt: skip
    for path in paths:
        visit.check(visit(path, width=width, account=officer))
