"""Jobs of the ledger: asking the provider about what is open, sending refunds, opening the next month."""

import datetime as dt
from uuid import UUID

from moothall.core.actor import Actor
from moothall.core.queue import defer, every, task
from moothall.ledger import actions, queries


@task("ledger.ask")
def ask(*, body: int, payment_id: str, at: dt.datetime, by: Actor) -> None:
    """Ask the provider how one attempt to pay stands."""
    actions.ask(payment_id=UUID(payment_id), at=at, by=by)


@task("ledger.send_refund")
def send_refund(*, body: int, refund_id: str, at: dt.datetime, by: Actor) -> None:
    """Send one refund, or hear how it stands."""
    actions.send_refund(refund_id=UUID(refund_id), at=at, by=by)


@task("ledger.give_up")
def give_up(*, body: int, charge_id: str, tries: int = 0, at: dt.datetime, by: Actor) -> None:
    """Cancel a charge whose time is up. While the bank is still thinking, look again in ten minutes."""
    try:
        actions.cancel_charge(charge_id=UUID(charge_id), reason="Not paid in time", at=at, by=by)
    except actions.AlreadyPaid:
        return
    except actions.PaymentUnderWay:
        actions.withdraw(charge_id=UUID(charge_id), at=at, by=by)
        soon, key = at + dt.timedelta(minutes=10), f"give-up:{charge_id}:{tries + 1}"
        defer("ledger.give_up", body=body, key=key, schedule=soon, charge_id=charge_id, tries=tries + 1)


@task("ledger.reconcile")
def reconcile(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Ask about every payment and refund of a body that is still open: a job each, so that one cannot stop the rest.

    Their keys carry the minute, so that each is asked again at the next tick until it is settled.
    """
    minute = f"{at:%Y%m%d%H%M}"
    for payment_id in queries.open_payments(body, asked_before=at - dt.timedelta(minutes=2)):
        defer("ledger.ask", body=body, key=f"ask:{payment_id}:{minute}", payment_id=payment_id)
    for refund_id in queries.open_refunds(body, asked_before=at - dt.timedelta(minutes=5)):
        defer("ledger.send_refund", body=body, key=f"refund:{refund_id}:{minute}", refund_id=refund_id)


@task("ledger.read_provider", deadline=dt.timedelta(minutes=5))
def read_provider(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Read the provider's list of the last week, for the reconciliation page."""
    if queries.accounts(body):
        actions.read_provider(body_id=body, since=at - dt.timedelta(days=7), at=at, by=by)


@task("ledger.open_month")
def open_month(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Open the next month of a body's books, if it keeps books."""
    if queries.accounts(body):
        for days in (0, 31):
            actions.open_period(body_id=body, month=(at + dt.timedelta(days=days)).date(), at=at, by=by)


every("*/5 * * * *", "ledger.reconcile")
every("15 2 * * *", "ledger.read_provider")
every("5 0 * * *", "ledger.open_month")
