"""Paying a charge by card: whatever happens between us, the payer and the provider, it is paid once or not at all."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as searching
from hypothesis import strategies as st

from moothall.core.models import Fact
from moothall.core.queue import run_pending
from moothall.core.scope import scoped
from moothall.ledger import actions, queries, rules
from moothall.ledger.models import Charge, Payment, Refund
from moothall.ledger.tests.paying import ASHBY, AT, BACK, BY, SCOPE, raise_charge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_ashby(owed):
    """Every test here acts within Ashby's books."""
    with scoped(SCOPE):
        yield


def begin(owed, at=AT):
    attempt = actions.begin_payment(charge_id=owed.id, at=at, by=BY)
    return actions.offer(payment_id=attempt.id, return_url=BACK, at=at, by=BY)


def ask(attempt, at=AT):
    return actions.ask(payment_id=attempt.id, at=at, by=BY)


def facts(name):
    return Fact.objects.filter(name=f"ledger.{name}", body_id=ASHBY).count()


def state(owed):
    owed.refresh_from_db()
    return owed.state


def test_a_charge_is_raised_once_for_a_case_and_posted(owed):
    again = raise_charge(case_id=owed.case_id)

    assert again.id == owed.id
    assert queries.balance(ASHBY, "1100") == 4200
    with pytest.raises(actions.ChargedAlready):
        raise_charge(case_id=owed.case_id, pence=4300)


def test_a_payment_that_goes_well_settles_the_charge_and_tells_the_house(owed, practice):
    attempt = begin(owed)
    practice.choose(attempt.next_url, "success")

    attempt = ask(attempt)

    assert (attempt.state, state(owed)) == ("paid", "paid")
    assert queries.balance(ASHBY, "1100") == 0
    assert queries.balance(ASHBY, "1050") == 4200
    assert facts("PaymentSettled") == 1


def test_hearing_the_same_news_again_changes_nothing(owed, practice):
    attempt = begin(owed)
    practice.choose(attempt.next_url, "twice")
    for _ in range(3):
        ask(attempt)

    assert queries.balance(ASHBY, "1050") == 4200
    assert facts("PaymentSettled") == 1


@pytest.mark.parametrize(
    ("outcome", "why"), [("declined", "declined"), ("cancel", "abandoned"), ("expired", "abandoned")]
)
def test_a_payment_that_fails_takes_nothing_and_can_be_tried_again(owed, practice, outcome, why):
    attempt = begin(owed)
    practice.choose(attempt.next_url, outcome)

    assert ask(attempt).state == why
    assert state(owed) == "due"
    assert facts("PaymentFailed") == 1
    assert facts("PaymentSettled") == 0

    second = begin(owed)
    assert second.reference != attempt.reference
    practice.choose(second.next_url, "success")
    ask(second)
    assert state(owed) == "paid"
    assert queries.balance(ASHBY, "1050") == 4200


def test_a_late_answer_waits_and_nothing_is_delivered_until_it_comes(owed, practice):
    attempt = begin(owed)
    practice.choose(attempt.next_url, "late")

    assert ask(attempt).state == "submitted"
    assert facts("PaymentSettled") == 0
    assert begin(owed).id == attempt.id, "a second attempt is not begun while the bank thinks"

    practice.time += 30
    assert ask(attempt).state == "paid"
    assert facts("PaymentSettled") == 1


def test_the_payer_who_never_comes_back_is_found_by_the_periodic_task(owed, practice):
    attempt = begin(owed)
    practice.choose(attempt.next_url, "closed")
    later = AT + dt.timedelta(minutes=6)

    from moothall.ledger.tasks import reconcile

    reconcile(body=ASHBY, at=later, by=BY)
    run_pending(at=later)

    assert state(owed) == "paid"


def test_two_tabs_pay_once(owed, practice):
    first, second = begin(owed), begin(owed)

    assert first.next_url == second.next_url
    practice.choose(first.next_url, "success")
    ask(first)
    with pytest.raises(actions.AlreadyPaid):
        begin(owed)


def test_an_answer_that_was_lost_makes_no_second_payment(owed, practice):
    practice.transport.lose_answer = 1
    attempt = actions.begin_payment(charge_id=owed.id, at=AT, by=BY)
    with pytest.raises(actions.ProviderSilent):
        actions.offer(payment_id=attempt.id, return_url=BACK, at=AT, by=BY)

    offered = actions.offer(payment_id=attempt.id, return_url=BACK, at=AT, by=BY)

    assert len(practice.transport.posts()) == 1
    practice.choose(offered.next_url, "success")
    assert ask(offered).state == "paid"


def test_an_attempt_the_provider_never_heard_of_is_given_up_after_its_time(owed, practice):
    practice.transport.lose_request = 99
    attempt = actions.begin_payment(charge_id=owed.id, at=AT, by=BY)
    with pytest.raises(actions.ProviderSilent):
        ask(attempt)
    practice.transport.lose_request = 0

    assert ask(attempt, AT + dt.timedelta(minutes=90)).state == "intended"
    assert ask(attempt, AT + dt.timedelta(minutes=121)).state == "abandoned"


def test_money_for_a_charge_that_is_paid_already_goes_back(owed, practice):
    attempt = begin(owed)
    Payment.objects.filter(id=attempt.id).update(state="abandoned")  # as if it had been given up wrongly
    actions.record_payment(charge_id=owed.id, how="counter", at=AT, by=BY)
    Payment.objects.filter(id=attempt.id).update(state="offered")
    practice.choose(attempt.next_url, "success")

    assert ask(attempt).state == "surplus"
    assert queries.balance(ASHBY, "2000") == -4200
    run_pending(at=AT + dt.timedelta(seconds=1))

    assert Refund.objects.get(payment=attempt).state == "success"
    assert queries.balance(ASHBY, "2000") == 0
    assert queries.balance(ASHBY, "4000") == -4200
    assert state(owed) == "paid"


def paid(owed, practice):
    attempt = begin(owed)
    practice.choose(attempt.next_url, "success")
    return ask(attempt)


def test_a_refund_goes_out_once_and_the_books_follow(owed, practice):
    paid(owed, practice)

    actions.refund(charge_id=owed.id, reason="Cancelled in time", at=AT, by=BY)
    assert queries.balance(ASHBY, "2000") == -4200
    run_pending(at=AT + dt.timedelta(seconds=1))

    assert state(owed) == "refunded"
    assert queries.balance(ASHBY, "2000") == 0
    assert queries.balance(ASHBY, "1050") == 0
    assert queries.balance(ASHBY, "4000") == 0
    assert facts("Refunded") == 1
    with pytest.raises(actions.TooMuch):
        actions.refund(charge_id=owed.id, pence=1, reason="Again", at=AT, by=BY)


def test_a_refund_whose_answer_was_lost_is_not_sent_again(owed, practice):
    attempt = paid(owed, practice)
    practice.transport.lose_answer = 1

    actions.refund(charge_id=owed.id, pence=2000, reason="Half", at=AT, by=BY)
    run_pending(at=AT + dt.timedelta(minutes=1))
    run_pending(at=AT + dt.timedelta(minutes=2))

    assert Refund.objects.get(payment=attempt).state == "success"
    assert len(practice.transport.posts(f"/v1/payments/{attempt.provider_id}/refunds")) == 1
    assert queries.balance(ASHBY, "1050") == 2200
    assert state(owed) == "paid"


def test_parts_are_given_back_up_to_what_was_paid_one_at_a_time(owed, practice):
    paid(owed, practice)
    with pytest.raises(actions.TooMuch):
        actions.refund(charge_id=owed.id, pence=4201, reason="Too much", at=AT, by=BY)
    actions.refund(charge_id=owed.id, pence=1200, reason="Part", at=AT, by=BY)
    with pytest.raises(actions.RefundUnderWay):
        actions.refund(charge_id=owed.id, pence=1200, reason="Part", at=AT, by=BY)
    run_pending(at=AT + dt.timedelta(seconds=1))
    actions.refund(charge_id=owed.id, reason="The rest", at=AT, by=BY)
    run_pending(at=AT + dt.timedelta(seconds=2))

    assert queries.balance(ASHBY, "1050") == 0
    assert state(owed) == "refunded"


def test_what_was_never_paid_cannot_be_refunded_and_can_be_cancelled(owed):
    with pytest.raises(actions.NotPaid):
        actions.refund(charge_id=owed.id, reason="No", at=AT, by=BY)

    actions.cancel_charge(charge_id=owed.id, reason="Not wanted", at=AT, by=BY)
    actions.cancel_charge(charge_id=owed.id, reason="Not wanted", at=AT, by=BY)

    assert state(owed) == "cancelled"
    assert queries.balance(ASHBY, "1100") == 0
    with pytest.raises(actions.AlreadyPaid):
        begin(owed)


def test_who_asks_again_after_a_cancelled_charge_owes_anew_and_a_paid_one_stays_paid(owed):
    actions.cancel_charge(charge_id=owed.id, reason="Not wanted", at=AT, by=BY)

    again = raise_charge(case_id=owed.case_id)

    assert (again.id != owed.id, again.state) == (True, "due")
    actions.record_payment(charge_id=again.id, at=AT, by=BY)
    third = raise_charge(case_id=owed.case_id)
    assert third.id == again.id
    assert third.step_id != again.step_id, "a reopened case's new step is the one that waits"
    assert queries.balance(ASHBY, "4000") == -4200


def test_a_charge_with_a_payment_under_way_is_not_cancelled(owed):
    begin(owed)
    with pytest.raises(actions.PaymentUnderWay):
        actions.cancel_charge(charge_id=owed.id, reason="Not wanted", at=AT, by=BY)


def test_the_database_itself_refuses_a_second_paid_payment_and_a_rewritten_charge(owed):
    from django.db import IntegrityError, transaction

    done = actions.record_payment(charge_id=owed.id, how="counter", at=AT, by=BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            body_id=ASHBY, charge=owed, attempt=9, reference="x", how="counter", pence=4200, state="paid", asked_at=AT
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.filter(id=owed.id).update(pence=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(id=done.id).update(pence=1)


def test_what_the_provider_says_stands_beside_what_we_hold(owed, practice):
    paid(owed, practice)
    lost = raise_charge()
    attempt = begin(lost)
    practice.choose(attempt.next_url, "closed")
    now = AT + dt.timedelta(days=2)

    actions.read_provider(body_id=ASHBY, since=dt.datetime(2026, 11, 1, tzinfo=dt.UTC), at=now, by=BY)
    found = queries.reconciled(ASHBY, since=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    assert (found.held, found.said) == (1, 2)
    assert [(d.kind, d.reference) for d in found.differences] == [("behind", attempt.reference)]

    ask(attempt)
    found = queries.reconciled(ASHBY, since=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    assert (found.held_pence, found.said_pence, found.differences) == (8400, 8400, ())


@pytest.mark.parametrize("old", sorted(rules.NEXT))
def test_an_attempt_that_ended_never_begins_again(old):
    if old not in rules.OPEN:
        assert not any(rules.may_become(old, new) for new in rules.NEXT)


moves = st.lists(
    st.sampled_from(
        [
            "begin",
            "begin-lost-answer",
            "success",
            "declined",
            "cancel",
            "late",
            "closed",
            "expired",
            "ask",
            "wait",
            "refund",
        ]
    ),
    max_size=14,
)


@searching(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves)
def test_whatever_order_things_happen_in_the_payer_is_charged_at_most_once(owed, practice, moves):
    """Every mix of attempts, lost answers, outcomes and questions: our books agree with the provider's in the end."""
    charge, attempt, at = raise_charge(), None, AT
    from moothall.core.refusal import Refusal

    for move in [*moves, "wait", "wait", "ask", "wait"]:
        at += dt.timedelta(seconds=1)
        try:
            if move.startswith("begin"):
                practice.transport.lose_answer = int(move.endswith("answer"))
                attempt = begin(charge, at)
            elif move == "refund":
                actions.refund(charge_id=charge.id, reason="x", at=at, by=BY)
            elif move == "wait":
                practice.time += 120
                run_pending(at=at + dt.timedelta(minutes=2))
                at += dt.timedelta(minutes=2)
            elif attempt is not None and move == "ask":
                ask(attempt, at)
            elif attempt is not None and attempt.next_url:
                practice.choose(attempt.next_url, move)
        except Refusal:
            continue
        finally:
            practice.transport.lose_answer = 0
    for payment_id in Payment.objects.filter(charge=charge, state__in=rules.OPEN).values_list("id", flat=True):
        actions.ask(payment_id=payment_id, at=at, by=BY)

    from moothall.ledger import provider

    told = [t for n in range(1, 20) for t in provider.of_body(ASHBY).find(f"{charge.reference}-{n}")]
    taken = sum(t.pence - t.refunded for t in told if t.status == "success")
    charge.refresh_from_db()
    assert taken == {"paid": charge.pence, "due": 0, "refunded": 0}[charge.state]
    assert Payment.objects.filter(charge=charge, state="paid").count() <= 1
    assert queries.prove(ASHBY) == []
