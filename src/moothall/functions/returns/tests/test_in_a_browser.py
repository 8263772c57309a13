"""An entry that owes a return, and the end of it, in a real browser on a phone."""

import pytest
from tests.world import ASHBY, account_of

from moothall.core.scope import scoped
from moothall.functions.returns.models import Entry
from moothall.functions.returns.tests.test_returns import DISTRICT, send

pytestmark = pytest.mark.browser


def test_an_officer_looks_at_an_entry_and_ends_it(visit):
    send()
    with scoped(DISTRICT):
        entry = Entry.objects.get()
    page = visit(f"/returns/{entry.pk}/", width=320, account=account_of(ASHBY, "officer"))
    visit.check(page)
    page.goto(f"{visit.site}/returns/{entry.pk}/end/")
    visit.check(page)
    page.locator("main button").last.click()
    page.get_by_text("Write why no more are owed").first.wait_for()
    visit.check(page)
    page.get_by_label("Why are no more owed?").fill("The licence was given back")
    page.locator("main button").last.click()
    page.get_by_text("No more returns are owed for this address.").wait_for()
    visit.check(page)
