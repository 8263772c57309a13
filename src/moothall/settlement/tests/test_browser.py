"""Recharges in a real browser: the list, a statement, a line in dispute, costs and ways of sharing them."""

import pytest
from tests.work_done import BY_PAYER, OF_PAYER, agreed, provided, sent, worked
from tests.world import ASHBY, BORLEY, account_of

from moothall.core.scope import scoped
from moothall.settlement import actions, queries

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_recharges_are_readable(visit, width):
    provided()
    agreed()
    worked(2)
    row = sent()
    with scoped(OF_PAYER):
        line = queries.lines(row.pk).lines[0]
        actions.dispute(line_id=line.pk, reason="It was ours to do", **BY_PAYER)
    for body_id in (ASHBY, BORLEY):
        page = visit("/recharges/", width=width, account=account_of(body_id, "section-151-officer"))
        visit.check(page)
        for path in (f"/recharges/{row.pk}/", f"/recharges/{row.pk}/check/",
                     f"/recharges/lines/{line.pk}/", "/recharges/costs/", "/recharges/compare/",
                     "/recharges/compare/?cost=1,200"):  # fmt: skip
            page.goto(f"{visit.site}{path}")
            visit.check(page)


def test_two_officers_agree_a_price_by_bands(visit):
    provided()
    page = visit("/recharges/prices/propose/", width=320, account=account_of(BORLEY, "section-151-officer"))
    for choice in ("We work for them", "A sum for each request that falls"):
        page.get_by_label(choice).first.check()
    page.get_by_role("group", name="VAT").get_by_role("radio").first.check()
    page.get_by_label("Which other body?").select_option("Ashby District Council")
    page.get_by_label("For which service?").select_option("Report dumped rubbish")
    page.get_by_label("Bands").fill("up to 100: 21.50\nafter that: 18")
    for name, number in (("Day", "1"), ("Month", "4"), ("Year", "2027")):
        page.get_by_role("group", name="From which day?").get_by_label(name).fill(number)
    page.get_by_label("Which decision or agreement").fill("Joint committee, 12 May 2026, minute 14")
    visit.check(page)
    page.get_by_role("button", name="Propose it").click()
    page.get_by_text("Ashby District Council answers it.").wait_for()
    visit.check(page)
    page = visit("/recharges/prices/", account=account_of(ASHBY, "section-151-officer"))
    visit.check(page)
    page.get_by_role("link", name="Report dumped rubbish").click()
    page.get_by_label("We agree").check()
    visit.check(page)
    page.get_by_role("button", name="Answer").click()
    page.get_by_text("Agreed.").wait_for()
    assert "£18.00" in page.get_by_role("table", name="Terms that hold today or later").inner_text()
    visit.check(page)
