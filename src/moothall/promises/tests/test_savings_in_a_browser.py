"""A saving from promise to proof in a real browser: the finance officer's pages, and what everybody reads."""

import pytest
from tests.savings import SPENT, carried_out, ledger, promised, reported
from tests.world import ASHBY, account_of

from moothall.core.money import pounds

pytestmark = pytest.mark.browser


def test_a_saving_is_verified_by_a_finance_officer_and_read_by_everybody(visit):
    ledger()
    reported(carried_out())
    promised(service_id="", title="A saving that nobody owns yet")
    manager, finance = account_of(ASHBY, "manager"), account_of(ASHBY, "finance")
    for path, width in (("", 320), ("promise/", 320), ("ASH-S2/", 320), ("ASH-S1/report/", 1280)):
        visit.check(visit(f"/staff/savings/{path}", width=width, scripts=False, account=manager))
    page = visit("/staff/savings/ASH-S1/verify/", width=320, scripts=False, account=finance)
    with page.expect_navigation():
        page.get_by_role("button", name="Work it out").click()
    net = pounds(600_000 * 183 // 365 - sum(SPENT.values()))
    assert f"{net} is verified." in page.content()
    visit.check(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Verify it").click()
    assert "Verified, and published with its entries." in page.content()
    for path, width, scripts in (("", 320, False), ("ASH-S1/", 320, False), ("", 1280, True), ("ASH-S1/", 1280, True)):
        page = visit(f"/savings/{path}", width=width, scripts=scripts)
        assert net in page.content()
        visit.check(page)
