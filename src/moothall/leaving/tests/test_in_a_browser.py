"""Pages of leaving in a real browser, narrow and wide, with and without scripts."""

import datetime as dt

import pytest
from tests.terms import BY, as_body, propose
from tests.terms import decide as decide_on
from tests.world import BORLEY, account_of

from moothall.core.clock import now
from moothall.leaving import actions

pytestmark = pytest.mark.browser
WAYS = pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])


def _partners():
    """Let Ashby and Borley share with six months' notice, from today."""
    at = now()
    row = propose(at=at, contributions=[{"body_id": BORLEY, "what": "Two officers", "pence_a_year": 3_650_000}])
    for member in row.member_ids:
        decide_on(member, row, at=at)


def decided(days=200):
    """Let Borley decide today to leave in so many days."""
    at, today = now(), now().date()
    with as_body(BORLEY):
        actions.decide_to_leave(
            body_id=BORLEY, leaves=today + dt.timedelta(days=days), reason="We join another platform.",
            decided_by="Full council", minute="C/26/201", decided_on=today, address="https://www.borley.example",
            phone="01632 960 000", at=at, by=BY,
        )  # fmt: skip


@WAYS
def test_what_leaving_means_is_read_before_anything_is_decided(visit, width, scripts):
    _partners()
    councillor = account_of(BORLEY, "councillor")
    visit.check(visit("/staff/leaving/", width=width, scripts=scripts, account=councillor))
    page = visit("/staff/leaving/decide/", width=width, scripts=scripts, account=councillor)
    page.get_by_role("button", name="Record the decision").click()  # an empty form is asked for again
    visit.check(page)


@WAYS
def test_what_was_decided_is_read_by_staff_and_by_everybody(visit, width, scripts):
    _partners()
    decided()
    officer = account_of(BORLEY, "monitoring-officer")
    for path in ("/staff/leaving/", "/staff/leaving/afterwards/", "/staff/leaving/stay/"):
        visit.check(visit(path, width=width, scripts=scripts, account=officer))
    visit.check(visit("/leaving/borley/", width=width, scripts=scripts))
