"""Savings, plans and ideas in a real browser: the officers' pages, and what everybody reads."""

import pytest
from tests.plans import adopted, begun
from tests.savings import AT, NEXT, SPENT, actor, carried_out, ledger, promised, reported
from tests.terms import as_body
from tests.world import ASHBY, account_of

from moothall.core.money import pounds
from moothall.promises import actions

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


def test_plans_and_ideas_are_readable(visit):
    row = adopted()
    begun(year=NEXT)
    with as_body(ASHBY):
        actions.learn(plan_id=row.pk, words="Ask the crews before the map is drawn.", at=AT, by=actor("manager"))
        actions.propose_idea(body_id=ASHBY, title="Stickers", words="On every lid.", origin="staff", at=AT,
                             by=actor("crew"))  # fmt: skip
    manager = account_of(ASHBY, "manager")
    for path in ("plans/", "plans/ASH-P1/", "plans/ASH-P2/", "plans/ASH-P2/action/", "ideas/", "ideas/ASH-I1/grant/"):
        visit.check(visit(f"/staff/{path}", width=320, scripts=False, account=manager))
    for path, width in (("plans/", 320), ("plans/ASH-P1/", 320), ("plans/ASH-P1/", 1280), ("ideas/", 320)):
        visit.check(visit(f"/{path}", width=width, scripts=False))
