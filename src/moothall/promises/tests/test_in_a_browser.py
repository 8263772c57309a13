"""Fit and health in a real browser, narrow and wide, with and without scripts."""

import pytest
from tests.terms import AT, BY, as_body, cases, running
from tests.world import ASHBY, BORLEY, account_of

from moothall.promises import actions

pytestmark = pytest.mark.browser
AT_ITS_PAGE = "/partnerships/ashby-and-borley-waste/"


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_fit_and_health_are_readable(visit, width, scripts):
    row = running()
    visit.check(visit(f"{AT_ITS_PAGE}fit/", width=width, scripts=scripts))
    cases(BORLEY, 40, ASHBY, days_ago=0)
    with as_body(ASHBY):
        actions.run_fit(body_id=ASHBY, partnership_id=row.partnership_id, at=AT, by=BY)
    for path in (f"{AT_ITS_PAGE}fit/", f"{AT_ITS_PAGE}health/", "/fit-test/"):
        visit.check(visit(path, width=width, scripts=scripts))
    officer = account_of(ASHBY, "partnership-office")
    at = "/staff/partnerships/at/ashby-and-borley-waste/measure/"
    visit.check(visit(at, width=width, scripts=scripts, account=officer))
