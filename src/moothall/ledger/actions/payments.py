"""Taking money for a charge: by the provider's card page, or at a counter. The provider's word decides."""

import datetime as dt
import logging
from uuid import UUID

from django.db.models import Max

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.events import publish
from moothall.core.queue import defer
from moothall.core.refusal import Refusal
from moothall.ledger import events, provider, rules
from moothall.ledger.actions.books import post
from moothall.ledger.actions.charges import AlreadyPaid, NoSuchCharge, PaymentUnderWay, _locked, cancel_charge
from moothall.ledger.actions.refunds import _give_back
from moothall.ledger.models import Charge, Payment

log = logging.getLogger(__name__)

# An attempt the provider never heard of is given up after this; its search may lag, and its page lives 90 minutes.
FORGET = dt.timedelta(hours=2)


class ProviderSilent(Refusal):
    """The payment service did not answer. You have not been charged. Try again in a few minutes."""

    status = 503


class ProviderRefused(Refusal):
    """The payment service did not accept the request. You have not been charged. Contact us to pay another way."""

    status = 502


def begin_payment(*, charge_id: UUID, at: dt.datetime, by: Actor) -> Payment:
    """Return the open attempt to pay a charge, or write down a new one, before the provider is asked anything.

    One attempt is open at a time, so two tabs pay once. Refuses with AlreadyPaid or NoSuchCharge.
    """
    owed = _locked(charge_id)
    if owed.state not in rules.PAYABLE:
        raise AlreadyPaid()
    if open_one := Payment.objects.filter(charge=owed, state__in=rules.OPEN).first():
        return open_one
    return _attempt(owed, "card", at=at, by=by)


def _attempt(owed: Charge, how: str, *, state: str = "intended", at: dt.datetime, by: Actor) -> Payment:
    number = (Payment.objects.filter(charge=owed).aggregate(last=Max("attempt"))["last"] or 0) + 1
    return Payment.objects.create(
        body_id=owed.body_id,
        charge=owed,
        case_id=owed.case_id,
        attempt=number,
        reference=f"{owed.reference}-{number}",
        how=how,
        state=state,
        pence=owed.pence,
        asked_at=at,
        by=str(by),
    )


def offer(*, payment_id: UUID, return_url: str, language: str = "en", at: dt.datetime, by: Actor) -> Payment:
    """Make sure the provider holds an attempt, and return it with `next_url`, the page where the payer gives the card.

    The provider is asked for our reference before anything is sent, so a request whose answer was lost makes no
    second payment. Refuses with ProviderSilent or ProviderRefused; the attempt then stays and can be offered again.
    """
    attempt, owed = _locked_attempt(payment_id)
    if attempt.state not in rules.OPEN:
        return attempt
    account = provider.of_body(attempt.body_id)
    try:
        told = account.get(attempt.provider_id) if attempt.provider_id else _found(account, attempt.reference)
        if told is None:
            told = account.create(
                reference=attempt.reference,
                pence=attempt.pence,
                description=owed.description,
                return_url=return_url,
                language=language,
            )
    except provider.Unanswered as error:
        raise ProviderSilent() from error
    except provider.Rejected as error:
        log.error("payment provider refused", extra={"code": error.code})
        raise ProviderRefused(code=error.code) from error
    return _hear(attempt, owed, told, at=at, by=by)


def _found(account: provider.Provider, reference: str) -> provider.Told | None:
    """Return the payment the provider holds under our reference: one that took money, else the newest."""
    known = account.find(reference)
    taken = [told for told in known if told.status == "success"]
    return (taken or known or [None])[-1]


def ask(*, payment_id: UUID, at: dt.datetime, by: Actor) -> Payment:
    """Ask the provider how an attempt stands and act on it: settle it, end it, or leave it open.

    Safe at any time and any number of times; news older than what we know changes nothing.
    """
    attempt, owed = _locked_attempt(payment_id)
    if attempt.state not in rules.OPEN:
        return attempt
    account = provider.of_body(attempt.body_id)
    try:
        told = account.get(attempt.provider_id) if attempt.provider_id else _found(account, attempt.reference)
    except (provider.Unanswered, provider.Rejected) as error:
        raise ProviderSilent() from error
    if told is not None:
        return _hear(attempt, owed, told, at=at, by=by)
    if at - attempt.asked_at > FORGET:
        _end(attempt, owed, "abandoned", at=at, by=by)
    return attempt


def withdraw(*, charge_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Ask the provider to cancel the open attempt to pay a charge, and hear what became of it: perhaps it is paid."""
    attempt = Payment.objects.filter(charge_id=charge_id, state__in=rules.OPEN).first()
    if attempt is None:
        return
    account = provider.of_body(attempt.body_id)
    try:
        if attempt.provider_id:
            account.cancel(attempt.provider_id)
    except provider.Rejected:
        log.info("too late to cancel at the provider", extra={"payment": str(attempt.id)})
    except provider.Unanswered as error:
        raise ProviderSilent() from error
    ask(payment_id=attempt.id, at=at, by=by)


def give_up(*, charge_id: UUID, reason: str, tries: int = 0, at: dt.datetime, by: Actor) -> None:
    """Ask for a charge no longer. A payment under way is withdrawn; while the bank thinks, a job looks again later.

    A charge that is paid stays paid.
    """
    try:
        try:
            cancel_charge(charge_id=charge_id, reason=reason, at=at, by=by)
        except PaymentUnderWay:
            withdraw(charge_id=charge_id, at=at, by=by)
            cancel_charge(charge_id=charge_id, reason=reason, at=at, by=by)
    except AlreadyPaid:
        return
    except PaymentUnderWay:
        body_id = Charge.objects.values_list("body_id", flat=True).get(id=charge_id)
        again = {"charge_id": charge_id, "reason": reason, "tries": tries + 1}
        key, soon = f"give-up:{charge_id}:{tries + 1}:{at:%d%H%M}", at + dt.timedelta(minutes=10)
        defer("ledger.give_up", body=body_id, key=key, schedule=soon, **again)


def record_payment(*, charge_id: UUID, how: str = "counter", at: dt.datetime, by: Actor) -> Payment:
    """Record that a charge was paid in full at a counter, by phone or by transfer. Refuses with AlreadyPaid."""
    owed = _locked(charge_id)
    if owed.state not in rules.PAYABLE:
        raise AlreadyPaid()
    if how == "card":
        raise ValueError("a card payment is taken by the provider: use begin_payment")
    attempt = _attempt(owed, how, state="paid", at=at, by=by)  # a card page may still be open: what it takes goes back
    _settle(attempt, owed, at=at, by=by)
    return attempt


def _locked_attempt(payment_id: UUID) -> tuple[Payment, Charge]:
    """Return an attempt and its charge, the charge locked first, so that two answers to one charge take turns."""
    charge_id = Payment.objects.filter(id=payment_id).values_list("charge_id", flat=True).first()
    if charge_id is None:
        raise NoSuchCharge()
    owed = _locked(charge_id)
    return Payment.objects.get(id=payment_id), owed


def _hear(attempt: Payment, owed: Charge, told: provider.Told, *, at: dt.datetime, by: Actor) -> Payment:
    state = rules.state_of(told.status, told.code)
    attempt.provider_id, attempt.heard_at = told.provider_id, at
    attempt.next_url = told.next_url or ""
    attempt.save(update_fields=["provider_id", "heard_at", "next_url"])
    if told.pence != attempt.pence or not rules.may_become(attempt.state, state):
        return attempt
    if state == "paid":
        _settle(attempt, owed, at=at, by=by)
    elif state in rules.FAILED:
        _end(attempt, owed, state, at=at, by=by)
    else:
        attempt.state = state
        attempt.save(update_fields=["state"])
    return attempt


def _end(attempt: Payment, owed: Charge, state: str, *, at: dt.datetime, by: Actor) -> None:
    attempt.state, attempt.settled_at = state, at
    attempt.save(update_fields=["state", "settled_at"])
    publish(
        events.PaymentFailed(owed.body_id, charge_id=owed.id, case_id=owed.case_id, step_id=owed.step_id, why=state),
        at=at,
        by=by,
    )


def _settle(attempt: Payment, owed: Charge, *, at: dt.datetime, by: Actor) -> None:
    """Post money that came in. If the charge needs none (paid or cancelled), it is the payer's: give it back."""
    wanted = owed.state in rules.PAYABLE
    attempt.state, attempt.settled_at = "paid" if wanted else "surplus", at
    attempt.save(update_fields=["state", "settled_at"])
    legs = rules.payment_legs if wanted else rules.surplus_legs
    post(
        body_id=owed.body_id,
        key=f"payment:{attempt.id}",
        kind="payment",
        legs=legs(attempt.pence, attempt.how, owed.cost_centre),
        narrative=f"{attempt.reference} {owed.description}",
        at=at,
        by=by,
    )
    state = f"payment.{attempt.state}"
    audit.record(
        action=state, object=f"charge:{owed.id}", body_id=owed.body_id, at=at, by=by, data={"how": attempt.how}
    )
    if not wanted:
        _give_back(attempt, owed, attempt.pence, "Paid although nothing was owed", how=attempt.how, at=at, by=by)
        return
    owed.state, owed.settled_at = "paid", at
    owed.save(update_fields=["state", "settled_at"])
    settled = events.PaymentSettled(
        owed.body_id, charge_id=owed.id, case_id=owed.case_id, step_id=owed.step_id, pence=attempt.pence
    )
    publish(settled, at=at, by=by)
