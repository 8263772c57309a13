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
def give_up(*, body: int, charge_id: str, reason: str = "Not paid in time", tries: int = 0, at: dt.datetime, by: Actor):
    """Ask no longer for a charge whose time is up."""
    actions.give_up(charge_id=UUID(charge_id), reason=reason, tries=tries, at=at, by=by)


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
