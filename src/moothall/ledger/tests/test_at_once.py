"""Several at once: one answer each, sums exact, nothing posted into a month as it closes."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from tests.world import ASHBY, MARCHSHIRE

from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.ledger import actions, provider, queries, rules
from moothall.ledger.actions import LegOf
from moothall.ledger.models import Charge, Journal, Payment
from moothall.ledger.tests.paying import AT, BACK, BY, Practice, raise_charge

BOOKS = Scope(bodies=(ASHBY,), purpose="test")


@pytest.fixture
def practice(real_db, tmp_path, settings):
    practice = Practice(tmp_path)
    settings.PAY = practice.settings()
    return practice


def together(number, work):
    """Run work(0), work(1) ... in threads that start at the same moment; return what they returned or raised."""
    start, results = threading.Event(), [None] * number

    def run(i):
        start.wait()
        try:
            with scoped(BOOKS):
                results[i] = work(i)
        except Exception as error:
            results[i] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(number)]
    for thread in threads:
        thread.start()
    start.set()
    for thread in threads:
        thread.join()
    return results


def post(key, pence=100, account="1100"):
    legs = [LegOf(account, pence), LegOf("4000", -pence)]
    return actions.post(body_id=ASHBY, key=key, kind="adjustment", legs=legs, at=AT, by=BY)


def test_twelve_racing_retries_of_one_key_make_one_journal(real_db):
    answers = together(12, lambda i: post("the-one"))

    assert len(set(answers)) == 1
    with scoped(BOOKS):
        assert Journal.objects.filter(key="the-one").count() == 1
        assert queries.balance(ASHBY, "1100") == 100
        assert queries.prove(ASHBY) == []


def test_many_who_post_to_the_same_accounts_in_any_order_never_wait_in_a_ring(real_db):
    def work(i):
        for n in range(5):
            post(f"{i}-{n}", pence=i + 1, account=("1100", "1000")[(i + n) % 2])
        return "done"

    assert together(12, work) == ["done"] * 12
    with scoped(BOOKS):
        assert queries.trial_balance(ASHBY).debit == sum(5 * (i + 1) for i in range(12))
        assert queries.prove(ASHBY) == []


def test_a_month_that_closes_takes_nothing_that_comes_after(real_db):
    """Whoever came before the close is in the month; whoever came after was refused; the proof holds."""

    def work(i):
        if i == 5:
            for month in (4, 5, 6, 7, 8, 9, 10, 11):
                actions.close_period(body_id=ASHBY, month=AT.date().replace(month=month, day=1), at=AT, by=BY)
            return "closed"
        return post(f"race-{i}")

    answers = together(11, work)

    posted = [a for a in answers if isinstance(a, int)]
    assert all(isinstance(a, int | actions.PeriodClosed) or a == "closed" for a in answers)
    with scoped(BOOKS):
        assert Journal.objects.filter(key__startswith="race-").count() == len(posted)
        assert queries.balance(ASHBY, "1100") == 100 * len(posted)
        with pytest.raises(actions.PeriodClosed):
            post("too-late")


def test_opposite_postings_between_two_bodies_do_not_stop_each_other(real_db):
    both = Scope(bodies=(MARCHSHIRE, ASHBY), purpose="test")

    def work(i):
        for body in (MARCHSHIRE, ASHBY):  # the lower body first, always
            legs = [LegOf("1200", 50 if body == ASHBY else -50), LegOf("2200", -50 if body == ASHBY else 50)]
            with scoped(both):
                actions.post(body_id=body, key=f"recharge-{i}", kind="recharge", legs=legs, at=AT, by=BY)
        return "done"

    assert together(8, work) == ["done"] * 8


def test_the_payer_the_message_and_the_task_all_at_once_settle_it_once(practice):
    with scoped(BOOKS):
        owed = raise_charge()
        attempt = actions.begin_payment(charge_id=owed.id, at=AT, by=BY)
        attempt = actions.offer(payment_id=attempt.id, return_url=BACK, at=AT, by=BY)
    practice.choose(attempt.next_url, "twice")

    answers = together(8, lambda i: actions.ask(payment_id=attempt.id, at=AT, by=BY).state)

    assert answers == ["paid"] * 8
    with scoped(BOOKS):
        assert queries.balance(ASHBY, "1050") == 4200
        assert Journal.objects.filter(kind="payment").count() == 1


def test_many_who_press_pay_at_once_make_one_attempt_and_one_payment_at_the_provider(practice):
    with scoped(BOOKS):
        owed = raise_charge()

    def press(i):
        attempt = actions.begin_payment(charge_id=owed.id, at=AT, by=BY)
        return actions.offer(payment_id=attempt.id, return_url=BACK, at=AT, by=BY).next_url

    assert len(set(together(8, press))) == 1
    with scoped(BOOKS):
        assert Payment.objects.count() == 1
    assert len(provider.of_body(ASHBY).find(f"{owed.reference}-1")) == 1


def test_a_case_charged_by_several_at_once_is_charged_once(real_db):
    case_id = uuid4()
    answers = together(8, lambda i: raise_charge(case_id=case_id).id)

    assert len(set(answers)) == 1, answers
    with scoped(BOOKS):
        assert Charge.objects.filter(case_id=case_id).count() == 1
        assert queries.balance(ASHBY, "1100") == 4200


def test_paying_at_the_counter_and_by_card_at_once_takes_one_and_gives_the_other_back(practice):
    with scoped(BOOKS):
        owed = raise_charge()
        attempt = actions.begin_payment(charge_id=owed.id, at=AT, by=BY)
        attempt = actions.offer(payment_id=attempt.id, return_url=BACK, at=AT, by=BY)
    practice.choose(attempt.next_url, "success")

    def work(i):
        try:
            if i % 2:
                return actions.ask(payment_id=attempt.id, at=AT, by=BY).state
            return actions.record_payment(charge_id=owed.id, at=AT, by=BY).state
        except Refusal as refusal:
            return refusal.code

    answers = together(2, work)

    assert sorted(answers) in (["already-paid", "paid"], ["paid", "surplus"])
    from moothall.core.queue import run_pending

    run_pending(at=AT)
    with scoped(BOOKS):
        held = sum(queries.balance(ASHBY, code) for code in (rules.BANK, rules.CARDS))
        assert held == 4200
        assert queries.balance(ASHBY, rules.REFUNDS) == 0
        assert Payment.objects.filter(state="paid").count() == 1
