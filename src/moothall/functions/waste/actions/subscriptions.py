"""A year of garden-waste collections, renewed before it ends."""

import datetime as dt
from uuid import UUID

from moothall.casework import actions as casework
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.functions.waste import queries, rules
from moothall.functions.waste.models import Subscription


def subscribe(
    *, body_id: int, case_id: UUID, number: str, uprn: str, label: str, bins: int, at: dt.datetime, by: Actor
) -> Subscription:
    """Start a year of collections at an address, or renew it: the new year begins when the present one ends.

    The same case again is the same subscription.
    """
    known = Subscription.objects.filter(body_id=body_id, case_id=case_id).first()
    if known:
        return known
    today = local(at).date()
    present = queries.subscription_at(body_id=body_id, uprn=uprn, on=today)
    starts = present.ends if present else today
    row = Subscription.objects.create(
        body_id=body_id, case_id=case_id, number=number, uprn=uprn, label=label[:200], bins=bins, starts=starts,
        ends=rules.renews_on(starts),
    )  # fmt: skip
    audit.record(action="waste.subscribed", object=f"subscription:{row.pk}", body_id=body_id, at=at, by=by,
                 data={"renewal": bool(present)})  # fmt: skip
    return row


def remind(*, subscription: Subscription, days: int, at: dt.datetime, by: Actor) -> None:
    """Write to the subscriber that the year ends in so many days, and how to go on. Each reminder goes once."""
    if days in subscription.reminded:
        return
    Subscription.objects.filter(pk=subscription.pk).update(reminded=[*subscription.reminded, days])
    last = subscription.ends - dt.timedelta(days=1)
    text = (
        f"Your garden waste subscription {subscription.number} runs until {last.day} {last:%B %Y}. To keep your "
        "collections, subscribe again before then: the new year begins when this one ends, so you lose no day. "
        "If you do nothing it simply ends, and you pay nothing."
    )
    casework.send_message(case_id=subscription.case_id, subject="Your garden waste subscription ends soon", text=text,
                          at=at, by=by)  # fmt: skip
