"""Who pays whom for what, by which price."""

import datetime as dt
from uuid import UUID

from django.db.models import Q

from moothall.core.refusal import NotYours
from moothall.sharing.models import RechargeProposal, RechargeTerms
from moothall.sharing.rules.costing import BY_REQUESTS
from moothall.sharing.rules.prices import Work, yearly


def terms_between(
    provider_id: int, payer_id: int, first: dt.date, last: dt.date | None = None, *, service_id: str | None = None
) -> list[RechargeTerms]:
    """Return the terms by which a body pays a provider on a day, or on any day from `first` to `last` inclusive."""
    rows = _within(first, last or first).filter(provider_id=provider_id, body_id=payer_id)
    return list((rows.filter(service_id=service_id) if service_id else rows).order_by("service_id", "starts"))


def terms_of(body_id: int, first: dt.date, last: dt.date | None = None) -> list[RechargeTerms]:
    """Return the terms by which a body pays or is paid on a day, or on any day from `first` to `last` inclusive."""
    mine = Q(provider_id=body_id) | Q(body_id=body_id)
    return list(_within(first, last or first).filter(mine).order_by("provider_id", "body_id", "service_id", "starts"))


def price_of_work(
    provider_id: int, payer_id: int, service_id: str, cases: int, first: dt.date, last: dt.date
) -> int | None:
    """Return the pence that a number of requests from `first` to `last` comes to by the published terms.

    0 where nothing is paid; None where a price is not told by the number of requests. A fixed sum counts by its days,
    rounded down.
    """
    held = terms_between(provider_id, payer_id, first, last, service_id=service_id)
    if not held:
        return 0
    rule = held[-1].price
    if rule.method == "fixed":
        return yearly(rule, Work()) * ((last - max(first, held[-1].starts)).days + 1) // 365
    return yearly(rule, Work(cases=cases)) if rule.method in BY_REQUESTS else None


def terms(terms_id: UUID) -> RechargeTerms:
    """Return terms by their id; refuses NotYours."""
    found = RechargeTerms.objects.filter(pk=terms_id).first()
    if found is None:
        raise NotYours("We cannot find those terms. Choose them from the list of terms.")
    return found


def proposals(body_id: int) -> list[RechargeProposal]:
    """Return what was proposed to pay between a body and others: what waits for an answer first, then newest first."""
    mine = RechargeProposal.objects.filter(Q(provider_id=body_id) | Q(body_id=body_id))
    return list(mine.order_by("answer", "-proposed_at")[:50])


def proposal(proposal_id: UUID) -> RechargeProposal:
    """Return a proposal of a body in scope; refuses NotYours."""
    found = RechargeProposal.objects.filter(pk=proposal_id).first()
    if found is None:
        raise NotYours("We cannot find that proposal. Choose it from the list.")
    return found


def _within(first, last):
    return RechargeTerms.objects.filter(Q(ends=None) | Q(ends__gt=first), starts__lte=last)
