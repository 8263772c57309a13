"""Ask, before a body agrees to pay another, whether it may bind itself so far."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import commitments
from moothall.sharing.queries.offering import volume
from moothall.sharing.rules.costing import on_volumes
from moothall.sharing.rules.prices import PriceRule

BY_VOLUME = ("per-case", "by-band")
"""Prices by which no requests cost nothing."""


def may_pay(
    *, payer_id: int, provider_id: int, service_id: str, rule: PriceRule, starts: dt.date, ends: dt.date | None,
    today: dt.date,
) -> None:  # fmt: skip
    """Let a price be refused that a body may not agree to pay: it is to end, say, and needs consent.

    What it comes to is reckoned on the payer's own last year; asked in the payer's own scope alone.
    """
    asked = volume(payer_id, service_id, today)
    yearly = 0 if asked == 0 and rule.method in BY_VOLUME else on_volumes(rule, asked)[0]
    title, provider = catalogue.titles([service_id])[service_id].en, bodies.body(provider_id)
    commitments.check(commitments.Commitment(
        body_id=payer_id, kind="contract", reference=f"{service_id} by {provider.code}",
        what=f"{title}, done by {provider.name}", signed=today, until=ends,
        pence=None if yearly is None else commitments.whole_life(yearly, starts, ends),
    ))  # fmt: skip
