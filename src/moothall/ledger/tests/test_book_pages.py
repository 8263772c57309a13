"""The pages of those who keep the books."""

import datetime as dt

import pytest
from tests.world import ASHBY, EASTWOLD, as_staff

from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.ledger import actions, queries
from moothall.ledger.models import Charge, Journal, Payment, Refund
from moothall.ledger.tests.paying import BACK, BY, raise_charge

pytestmark = pytest.mark.django_db
ASHBY_BOOKS = Scope(bodies=(ASHBY,), purpose="test", actor=Actor("staff", "1", ASHBY))


@pytest.fixture
def finance(client):
    return as_staff(client, ASHBY, "finance")


def pay(practice, owed, outcome="success"):
    """Pay a charge on the practice page, without coming back."""
    with scoped(ASHBY_BOOKS):
        attempt = actions.begin_payment(charge_id=owed.id, at=now(), by=BY)
        attempt = actions.offer(payment_id=attempt.id, return_url=BACK, at=now(), by=BY)
        practice.choose(attempt.next_url, outcome)
        return attempt


def reload(row):
    with scoped(ASHBY_BOOKS):
        return type(row).objects.get(pk=row.pk)


def hear(attempt):
    with scoped(ASHBY_BOOKS):
        return actions.ask(payment_id=attempt.id, at=now(), by=BY)


@pytest.fixture(autouse=True)
def this_month(owed, practice):
    practice.time = now().timestamp()


def test_when_all_agree_one_sentence_says_so(finance, owed, practice):
    hear(pay(practice, owed))
    assert "Nothing has been read" in finance.get("/ledger/reconciliation/").text

    assert finance.post("/ledger/reconciliation/read/").url == "/ledger/reconciliation/"

    shown = finance.get("/ledger/reconciliation/").text
    assert "All 1 card payments agree: £42.00." in shown
    assert "The books prove" in shown


def test_a_payment_we_have_not_heard_of_stands_there_until_we_ask(finance, owed, practice):
    attempt = pay(practice, owed, "closed")
    finance.post("/ledger/reconciliation/read/")

    shown = finance.get("/ledger/reconciliation/").text
    assert "1 of 1 card payments differs" in shown
    assert "Ask again: the ledger will catch up" in shown
    finance.post(f"/ledger/payments/{attempt.reference}/ask/")

    assert "All 1 card payments agree" in finance.get("/ledger/reconciliation/").text
    assert reload(owed).state == "paid"


def test_a_refund_the_provider_did_not_send_is_paid_by_transfer_and_said_so(finance, owed, practice):
    attempt = hear(pay(practice, owed))
    with scoped(ASHBY_BOOKS):
        Refund.objects.create(
            body_id=ASHBY,
            payment=attempt,
            pence=4200,
            available=4200,
            state="error",
            reason="Card is closed",
            asked_at=now(),
            by="x",
        )
        refund = Refund.objects.get(payment=attempt)
    assert "Card is closed" in finance.get("/ledger/reconciliation/").text

    missing = finance.post(f"/ledger/refunds/{owed.id}/transferred/")
    assert (missing.status_code, "We cannot find that refund" in missing.text) == (404, True)
    finance.post(f"/ledger/refunds/{refund.id}/transferred/")

    assert reload(owed).state == "refunded"
    with scoped(ASHBY_BOOKS):
        assert queries.balance(ASHBY, "1000") == -4200


def test_the_trial_balance_adds_up_on_the_page_and_in_the_file(finance, owed):
    shown = finance.get("/ledger/trial-balance/")
    assert "The books balance" in shown.text
    file = finance.get("/ledger/trial-balance/?format=csv")
    assert file.headers["Content-Disposition"] == 'attachment; filename="trial-balance.csv"'
    assert "1100,Charges people owe us,A,42.00,0.00" in file.text


def test_a_statement_shows_each_line_and_the_balance_after_it(finance, owed):
    shown = finance.get("/ledger/accounts/1100/?month=2026-11").text
    assert f"{owed.reference} Bulky waste collection" in shown
    assert "£0.00 at the start of November 2026, £42.00 at its end." in shown
    assert "2026-11-20,charge" in finance.get("/ledger/accounts/1100/?month=2026-11&format=csv").text
    assert finance.get("/ledger/accounts/7777/").status_code == 404


def test_a_posting_is_undone_by_its_opposite_with_a_reason(finance, owed):
    with scoped(ASHBY_BOOKS):
        journal = Journal.objects.get(key=f"charge:{owed.id}")
    page = f"/ledger/journals/{journal.id}/reverse/"
    assert "Write why the posting is wrong" in finance.post(page, {"reason": ""}).text

    finance.post(page, {"reason": "Charged twice by mistake"})

    with scoped(ASHBY_BOOKS):
        assert queries.balance(ASHBY, "1100") == 0
    assert finance.post(page, {"reason": "Again"}).status_code == 409


def test_only_the_section_151_officer_closes_a_month_and_never_the_running_one(client, owed):
    auditor = as_staff(client, ASHBY, "auditor")
    assert "Close April 2026" not in auditor.get("/ledger/trial-balance/").text
    assert auditor.post("/ledger/months/2026-04/close/").status_code == 403
    chief = as_staff(client, ASHBY, "section-151-officer")

    assert "Close April 2026" in chief.get("/ledger/trial-balance/").text
    assert chief.post(f"/ledger/months/{now():%Y-%m}/close/").status_code == 404
    assert chief.post("/ledger/months/2026-04/close/").url == "/ledger/trial-balance/"
    assert "Closed up to the end of April 2026" in chief.get("/ledger/trial-balance/").text


def test_a_charge_s_page_gives_the_address_to_pay_it_and_takes_cash(client, owed):
    adviser = as_staff(client, ASHBY, "adviser")
    shown = adviser.get(f"/ledger/charges/{owed.id}/").text
    assert f"http://testserver/pay/{owed.id}/" in shown
    assert "Cancel this charge" not in shown

    adviser.post(f"/ledger/charges/{owed.id}/paid/")

    assert reload(owed).state == "paid"
    assert adviser.post(f"/ledger/charges/{owed.id}/refund/", {"reason": "x"}).status_code == 403


def test_finance_gives_back_a_part_and_is_told_when_it_is_too_much(finance, owed, practice):
    hear(pay(practice, owed))
    page = f"/ledger/charges/{owed.id}/refund/"
    assert "Write why the money goes back" in finance.post(page, {"amount": "12.50"}).text
    assert "more than was paid" in finance.post(page, {"amount": "42.01", "reason": "x"}).text
    assert "like 12.50" in finance.post(page, {"amount": "lots", "reason": "x"}).text

    finance.post(page, {"amount": "12.50", "reason": "Came late"})
    queue.run_pending(at=now() + dt.timedelta(seconds=1))

    with scoped(ASHBY_BOOKS):
        assert queries.balance(ASHBY, "1050") == 2950
    assert "Came late" in finance.get(f"/ledger/charges/{owed.id}/").text


def test_charges_are_listed_by_state(finance, owed):
    assert owed.reference in finance.get("/ledger/charges/").text
    assert owed.reference in finance.get("/ledger/charges/?state=due").text
    assert owed.reference not in finance.get("/ledger/charges/?state=paid").text


def test_finance_cancels_what_nobody_paid(finance, owed):
    finance.post(f"/ledger/charges/{owed.id}/cancel/")
    assert reload(owed).state == "cancelled"


@pytest.mark.parametrize(
    "page",
    ["reconciliation/", "trial-balance/", "accounts/1100/?month=2026-11", "charges/", "charges/{id}/"],
)
def test_another_body_s_finance_officer_sees_nothing_of_ours(client, owed, page):
    other = as_staff(client, EASTWOLD, "finance")
    answer = other.get("/ledger/" + page.format(id=owed.id))
    assert owed.reference not in answer.text
    assert "£42.00" not in answer.text


@pytest.mark.parametrize("page", ["reconciliation/", "trial-balance/", "charges/"])
def test_other_roles_and_strangers_are_turned_away(client, owed, page):
    assert client.get(f"/ledger/{page}").url.startswith("/sign-in/")
    assert as_staff(client, ASHBY, "adviser").get(f"/ledger/{page}").status_code == 403


def test_lists_cost_the_same_however_long_they_are(finance, owed, django_assert_max_num_queries):
    """One statement for the charges; the rest is who asks: session, account, second factor, scope, body, savepoints."""
    finance.get("/ledger/charges/")
    with scoped(ASHBY_BOOKS):
        for _ in range(30):
            raise_charge()
        assert Charge.objects.count() == 31
        assert Payment.objects.count() == 0
    with django_assert_max_num_queries(14):
        finance.get("/ledger/charges/")
