"""Paying, seen in a real browser: narrow and wide, with and without scripts."""

import re
import time

import pytest
from tests.world import ASHBY, account_of

from moothall.core.clock import now
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped
from moothall.ledger import actions, provider, queries
from moothall.ledger.tests.paying import BY, raise_charge

pytestmark = pytest.mark.browser


@pytest.fixture
def owed(real_db, settings):
    """A charge of Ashby raised now, with the practice provider on this site."""
    provider.the_standin.cache_clear()
    provider._account.cache_clear()
    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        actions.open_books(body_id=ASHBY, month=now().date(), months=2, at=now(), by=BY)
        made = raise_charge(body_id=ASHBY)
    yield made
    provider.the_standin.cache_clear()
    provider._account.cache_clear()


def choose(visit, page, label):
    page.get_by_role("button", name=re.compile("Pay by card|Try again")).click()
    page.wait_for_url("**/stand-ins/pay/card/*")
    visit.check(page)
    page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Continue").click()


@pytest.mark.parametrize(("width", "scripts"), [(320, True), (1280, False)])
def test_declined_then_paid(visit, owed, width, scripts):
    page = visit(f"/pay/{owed.id}/", width=width, scripts=scripts)
    visit.check(page)

    choose(visit, page, "The bank says no")
    page.wait_for_url("**/back/")
    page.get_by_role("heading", name="Nothing was taken").wait_for()
    visit.check(page)

    choose(visit, page, "Pay: the card is accepted")
    page.wait_for_url("**/back/")
    page.get_by_role("heading", name="You paid £42.00").wait_for()
    visit.check(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_slow_bank(visit, owed, width):
    page = visit(f"/pay/{owed.id}/", width=width)
    choose(visit, page, "Pay, but the bank takes its time")
    page.wait_for_url("**/back/")
    page.get_by_role("heading", name="We are waiting for the bank").wait_for()
    visit.check(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_books(visit, owed, width):
    finance = account_of(ASHBY, "finance")
    pages = ("reconciliation/", "trial-balance/", "accounts/1100/", "charges/", f"charges/{owed.id}/")
    for where in pages:
        page = visit(f"/ledger/{where}", width=width, account=finance)
        assert "/ledger/" in page.url
        visit.check(page)


def test_the_provider_s_message_tells_us_of_a_payer_who_never_came_back(visit, owed, settings):
    settings.PAY = settings.PAY | {"webhook": f"{visit.site}/pay/webhook/"}
    page = visit(f"/pay/{owed.id}/")
    choose(visit, page, "Pay, then close the browser")
    page.get_by_role("heading", name="You can close this page now").wait_for()
    visit.check(page)

    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not run_pending(at=now()):
        time.sleep(0.2)

    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        assert queries.charge(owed.id).state == "paid"
