"""The diary's pages in a real browser, narrow and wide."""

import pytest
from tests.world import ASHBY, account_of

from moothall.booking import queries
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped

BOOKS = Scope(bodies=(ASHBY,), purpose="test", actor=Actor("staff", "1", ASHBY))


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_the_diary_s_pages_in_a_browser(visit, width):
    account = account_of(ASHBY, "officer")
    with scoped(BOOKS):
        slot = queries.free(ASHBY, "bulky-waste", at=now())[0]
    for where in ("", "bulky-waste/", "bulky-waste/times/", f"slots/{slot.id}/"):
        page = visit(f"/diaries/{where}", width=width, account=account)
        assert "/diaries/" in page.url
        visit.check(page)
