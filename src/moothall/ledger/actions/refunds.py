"""Giving money back: decided and posted first, sent by a job, and never sent twice."""

import datetime as dt
from uuid import UUID

from django.db.models import Sum

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.events import publish
from moothall.core.queue import defer
from moothall.core.refusal import Refusal
from moothall.ledger import events, provider, rules
from moothall.ledger.actions.books import post
from moothall.ledger.actions.charges import NotPaid, _locked
from moothall.ledger.models import Charge, Payment, Refund

SEND = "ledger.send_refund"


class TooMuch(Refusal):
    """That is more than was paid and not yet given back. Enter a smaller amount."""

    status = 422


class RefundUnderWay(Refusal):
    """A refund of this payment is under way. Wait until it has gone out, then give back the rest."""


class NoSuchRefund(Refusal):
    """We cannot find that refund. Choose it from the refunds that did not go out."""

    status = 404


class RefundNotSent(Exception):
    """The provider did not take the refund yet; the job tries again."""


def refund(*, charge_id: UUID, pence: int | None = None, reason: str, at: dt.datetime, by: Actor) -> Refund:
    """Give back `pence` of a paid charge, or all that is left. Refuses with NotPaid, TooMuch, RefundUnderWay."""
    owed = _locked(charge_id)
    paid = Payment.objects.filter(charge=owed, state="paid").first()
    if paid is None:
        raise NotPaid()
    left = _left(paid)
    pence = left if pence is None else pence
    if pence < 1 or pence > left:
        raise TooMuch(field="pence")
    if Refund.objects.filter(payment=paid, state__in=("intended", "submitted")).exists():
        raise RefundUnderWay()
    return _give_back(paid, owed, pence, reason, how=paid.how, at=at, by=by)


def refund_otherwise(*, refund_id: UUID, at: dt.datetime, by: Actor) -> Refund:
    """Record that a refund the provider did not send was paid by bank transfer.

    Refuses with NoSuchRefund, RefundUnderWay.
    """
    failed = Refund.objects.select_related("payment").filter(id=refund_id).first()
    if failed is None:
        raise NoSuchRefund()
    owed = _locked(failed.payment.charge_id)
    if failed.state != "error" or _left(failed.payment) < failed.pence:
        raise RefundUnderWay()
    return _give_back(failed.payment, owed, failed.pence, failed.reason, how="transfer", at=at, by=by)


def _left(paid: Payment) -> int:
    given = Refund.objects.filter(payment=paid).exclude(state="error").aggregate(sum=Sum("pence"))["sum"] or 0
    return rules.refundable(paid.pence, given)


def _give_back(paid: Payment, owed: Charge, pence: int, reason: str, *, how: str, at: dt.datetime, by: Actor) -> Refund:
    """Write a refund down, post that we owe it, and queue its sending. The charge must be locked.

    Money taken beyond what was owed (surplus) was posted as owed back when it came.
    """
    made = Refund.objects.create(
        body_id=paid.body_id,
        payment=paid,
        case_id=paid.case_id,
        pence=pence,
        available=_left(paid),
        how=how,
        reason=reason[:200],
        asked_at=at,
        by=str(by),
    )
    if paid.state == "paid":
        post(
            body_id=paid.body_id,
            key=f"refund-owed:{made.id}",
            kind="refund-owed",
            legs=rules.refund_owed_legs(pence, owed.cost_centre),
            narrative=f"{paid.reference} {reason}"[:300],
            at=at,
            by=by,
        )
    audit.record(
        action="refund.decided", object=f"charge:{owed.id}", body_id=made.body_id, at=at, by=by, data={"pence": pence}
    )
    if how == "card":
        defer(SEND, body=paid.body_id, key=f"refund:{made.id}", refund_id=made.id)
    else:
        _gone(made, paid, owed, "", at=at, by=by)
    return made


def send_refund(*, refund_id: UUID, at: dt.datetime, by: Actor) -> Refund:
    """Ask the provider to send a refund, or hear how one that was sent stands. Safe to do again at any time.

    Each request names what was available before it; when an earlier request arrived after all, the provider refuses
    the second, and we take the first for ours. Raises RefundNotSent when it must be tried again.
    """
    charge_id = Refund.objects.values_list("payment__charge_id", flat=True).get(id=refund_id)
    owed = _locked(charge_id)
    made = Refund.objects.select_related("payment").get(id=refund_id)
    if made.state not in ("intended", "submitted"):
        return made
    paid = made.payment
    account = provider.of_body(made.body_id)
    try:
        told = _told(account, made, paid)
    except provider.Unanswered as error:
        raise RefundNotSent() from error
    if told is None:
        _failed(made, paid, owed, at=at, by=by)
    elif told.status == "success":
        _gone(made, paid, owed, told.refund_id, at=at, by=by)
    elif told.status == "error":
        made.provider_refund_id = told.refund_id
        _failed(made, paid, owed, at=at, by=by)
    else:
        made.state, made.provider_refund_id = "submitted", told.refund_id
        made.save(update_fields=["state", "provider_refund_id"])
    return made


def _told(account: provider.Provider, made: Refund, paid: Payment) -> provider.ToldRefund | None:
    """Return the provider's refund that is this one, sending it if it never arrived; None when it will not be sent."""
    ours = set(Refund.objects.filter(payment=paid).exclude(id=made.id).values_list("provider_refund_id", flat=True))
    known = [told for told in account.refunds(paid.provider_id) if told.refund_id not in ours]
    if made.provider_refund_id:
        return next((told for told in known if told.refund_id == made.provider_refund_id), None)
    if known:
        return known[-1]
    try:
        return account.refund(paid.provider_id, pence=made.pence, available=made.available)
    except provider.Rejected as error:
        if error.status == 412:  # an earlier request of ours arrived; the list, which may lag, will show it
            raise RefundNotSent() from error
        return None


def _gone(made: Refund, paid: Payment, owed: Charge, refund_id: str, *, at: dt.datetime, by: Actor) -> None:
    made.state, made.provider_refund_id, made.settled_at = "success", refund_id, at
    made.save(update_fields=["state", "provider_refund_id", "settled_at"])
    post(
        body_id=made.body_id,
        key=f"refund-paid:{made.id}",
        kind="refund-paid",
        legs=rules.refund_paid_legs(made.pence, made.how, owed.cost_centre),
        narrative=f"{paid.reference} {made.reason}"[:300],
        at=at,
        by=by,
    )
    if paid.state == "paid" and _left(paid) == 0:
        owed.state = "refunded"
        owed.save(update_fields=["state"])
    publish(events.Refunded(owed.body_id, charge_id=owed.id, case_id=owed.case_id, pence=made.pence), at=at, by=by)


def _failed(made: Refund, paid: Payment, owed: Charge, *, at: dt.datetime, by: Actor) -> None:
    """The provider will not send it. The decision stands no longer; `refund_otherwise` takes it up another way."""
    made.state, made.settled_at = "error", at
    made.save(update_fields=["state", "provider_refund_id", "settled_at"])
    if paid.state != "paid":
        return
    post(
        body_id=made.body_id,
        key=f"refund-failed:{made.id}",
        kind="refund-failed",
        legs=rules.refund_owed_legs(-made.pence, owed.cost_centre),
        narrative=f"{paid.reference} refund not accepted",
        at=at,
        by=by,
    )
