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
        for path in ("/recharges/", f"/recharges/{row.pk}/", f"/recharges/{row.pk}/check/",
                     f"/recharges/lines/{line.pk}/", "/recharges/costs/", "/recharges/compare/",
                     "/recharges/compare/?cost=1,200"):  # fmt: skip
            visit.check(visit(path, width=width, account=account_of(body_id, "section-151-officer")))
