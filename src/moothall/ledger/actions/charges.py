"""What people owe: raising a charge, and no longer asking for one."""

import datetime as dt
import secrets
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.events import publish
from moothall.core.reference import ALPHABET
from moothall.core.refusal import Refusal
from moothall.ledger import events, rules
from moothall.ledger.actions.books import post
from moothall.ledger.models import Charge, Payment


class NoSuchCharge(Refusal):
    """We cannot find that charge. Check the address or link you were sent."""

    status = 404


class ChargedAlready(Refusal):
    """This was charged before, for another amount. Cancel the first charge, then raise the right one."""


class AlreadyPaid(Refusal):
    """This is paid already, so there is nothing more to pay. If it was paid twice, the second payment goes back."""


class NotPaid(Refusal):
    """Nothing was paid, so nothing can be given back. Cancel the charge instead."""


class PaymentUnderWay(Refusal):
    """A payment for this is under way. Wait until the bank has answered (a few minutes), then try again."""


def charge(
    *,
    body_id: int,
    pence: int,
    description: str,
    what: str,
    case_id: UUID | None = None,
    step_id: UUID | None = None,
    cost_centre: str = "",
    at: dt.datetime,
    by: Actor,
) -> Charge:
    """Raise a charge of `pence`, and post it. A case is charged once for each `what`: asking again gives the same one.

    One that was cancelled or given back does not count: whoever asks again (a case was reopened) owes anew. Refuses
    with ChargedAlready when the earlier charge was for another amount.
    """
    asked = {"pence": pence, "description": description, "step_id": step_id, "cost_centre": cost_centre}
    known = _charges_for(body_id, case_id, what) if case_id else []
    if known and known[-1].state in ("due", "paid"):
        return _same(known[-1], pence, step_id)
    what = f"{what}~{len(known) + 1}" if known else what
    try:
        with transaction.atomic():
            made = Charge.objects.create(
                body_id=body_id,
                reference=_reference(),
                case_id=case_id,
                what=what,
                raised_at=at,
                by=str(by),
                **asked,
            )
    except IntegrityError:
        return _same(Charge.objects.get(body_id=body_id, case_id=case_id, what=what), pence, step_id)
    post(
        body_id=body_id,
        key=f"charge:{made.id}",
        kind="charge",
        legs=rules.charge_legs(pence, cost_centre),
        narrative=f"{made.reference} {description}",
        at=at,
        by=by,
    )
    audit.record(
        action="charge.raised", object=f"charge:{made.id}", body_id=body_id, at=at, by=by, data={"pence": pence}
    )
    return made


def _reference() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(9))
    return f"PAY-{letters[:3]}-{letters[3:6]}-{letters[6:]}"


def _charges_for(body_id: int, case_id: UUID, what: str) -> list[Charge]:
    rows = Charge.objects.filter(body_id=body_id, case_id=case_id)
    return list(rows.filter(Q(what=what) | Q(what__startswith=f"{what}~")).order_by("raised_at", "what"))


def _same(known: Charge, pence: int, step_id: UUID | None) -> Charge:
    """Return a charge that was raised before, now waited for by this step."""
    if known.pence != pence:
        raise ChargedAlready()
    if step_id and known.step_id != step_id:
        known.step_id = step_id
        known.save(update_fields=["step_id"])
    return known


def _locked(charge_id: UUID) -> Charge:
    """Return a charge, locked until the transaction ends: whoever settles, refunds or cancels waits their turn."""
    try:
        return Charge.objects.select_for_update().get(id=charge_id)
    except Charge.DoesNotExist:
        raise NoSuchCharge() from None


def cancel_charge(*, charge_id: UUID, reason: str, at: dt.datetime, by: Actor) -> None:
    """Stop asking for a charge that nobody paid. Doing it again changes nothing.

    Refuses with AlreadyPaid (give the money back instead) or PaymentUnderWay (the bank may yet say yes).
    """
    owed = _locked(charge_id)
    if owed.state == "cancelled":
        return
    if owed.state != "due":
        raise AlreadyPaid("This was paid. To undo it, give the money back.")
    if Payment.objects.filter(charge=owed, state__in=rules.OPEN).exists():
        raise PaymentUnderWay()
    owed.state, owed.settled_at = "cancelled", at
    owed.save(update_fields=["state", "settled_at"])
    post(
        body_id=owed.body_id,
        key=f"cancel:{owed.id}",
        kind="charge-cancelled",
        legs=rules.cancelled_legs(owed.pence, owed.cost_centre),
        narrative=f"{owed.reference} {reason}"[:300],
        on=local(at).date(),
        at=at,
        by=by,
    )
    audit.record(action="charge.cancelled", object=f"charge:{owed.id}", body_id=owed.body_id, at=at, by=by)
    told = events.ChargeCancelled(owed.body_id, charge_id=owed.id, case_id=owed.case_id, step_id=owed.step_id)
    publish(told, at=at, by=by)
