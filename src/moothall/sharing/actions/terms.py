"""Agree, and end, what one body pays another for a service."""

import datetime as dt
from uuid import UUID

from pydantic import ValidationError

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.core.refusing import refusing
from moothall.sharing.models import RechargeTerms
from moothall.sharing.queries.terms import terms_between
from moothall.sharing.rules.prices import IN_RETURN, PriceRule
from moothall.sharing.rules.vat import CODES


class TermsOverlap(Refusal):
    """These bodies have terms for this service at that time already. End those first, or choose a later day."""


class TermsUnsound(Refusal):
    """These terms cannot be applied as they stand. Correct what is marked."""

    status = 422


class TermsNotYours(Refusal):
    """Only a body that pays or is paid may agree or end these terms. Ask one of the two to do it."""

    status = 403


def agree_terms(
    *, payer_id: int, provider_id: int, service_id: str, rule: PriceRule | dict, vat: str, basis: str,
    payer_post: str, provider_post: str, starts: dt.date | None = None, ends: dt.date | None = None,
    partnership_id: UUID | None = None, at: dt.datetime, by: Actor,
) -> RechargeTerms:  # fmt: skip
    """Record that a body pays a provider for a service by a price rule from a day on (today's if not given).

    `payer_post` and `provider_post` name the posts that agreed for each side, `basis` the decision or contract it
    rests on, `vat` a code of `rules.vat`. Raises TermsUnsound (details: `problems`), TermsOverlap, TermsNotYours.
    """
    said = {"basis": basis, "payer_post": payer_post, "provider_post": provider_post}
    starts = starts or local(at).date()
    rule = _checked(payer_id=payer_id, provider_id=provider_id, rule=rule, vat=vat, starts=starts, ends=ends, said=said)
    row = RechargeTerms(
        body_id=payer_id, provider_id=provider_id, service_id=service_id, vat=vat, starts=starts, ends=ends,
        rule=rule.model_dump(mode="json", exclude_defaults=True), partnership_id=partnership_id, **said,
        agreed_at=at, agreed_by=str(by),
    )  # fmt: skip
    with refusing({"sharing_terms_one_at_a_time": TermsOverlap}, hidden=TermsNotYours):
        row.save(force_insert=True)
    told = {"payer": payer_id, "provider": provider_id, "service": service_id, "rule": row.rule}
    audit.record(
        action="terms.agreed", object=f"terms:{row.pk}", body_id=by.body_id or payer_id, data=told, at=at, by=by
    )
    return row


def _checked(
    *, payer_id: int, provider_id: int, rule: PriceRule | dict, vat: str, starts: dt.date, ends: dt.date | None,
    said: dict[str, str],
) -> PriceRule:  # fmt: skip
    """Return the price rule of terms that can be applied; raises TermsUnsound with all that is wrong with others."""
    rule, problems = _rule(rule)
    if rule and rule.method == IN_RETURN:
        problems["rule"] = "Where nothing is paid there are no terms to agree. End the present ones instead."
    problems |= {name: "Say who agreed, and in which decision." for name, value in said.items() if not value.strip()}
    if vat not in CODES:
        problems["vat"] = f"Choose how VAT is treated: {', '.join(CODES)}."
    if payer_id == provider_id:
        problems["provider"] = "A body does not pay itself. Choose another provider."
    if ends and ends < starts:
        problems["ends"] = "Terms end after they start."
    if problems:
        raise TermsUnsound(problems=problems, field=next(iter(problems)))
    return rule


def _rule(rule):
    """Return (the price rule, problems) of a rule or its data."""
    try:
        return rule if isinstance(rule, PriceRule) else PriceRule.model_validate(rule), {}
    except ValidationError as fault:
        return None, {"rule": fault.errors()[0]["msg"].removeprefix("Value error, ")}


def end_terms(*, terms_id: UUID, ends: dt.date, at: dt.datetime, by: Actor) -> RechargeTerms:
    """End terms: `ends` is the first day on which they no longer hold. Told again with the same day, nothing changes.

    Raises NotYours, TermsUnsound (it would end before it started, or has ended earlier).
    """
    row = RechargeTerms.objects.filter(pk=terms_id).first()
    if row is None:
        raise NotYours("We cannot find those terms. Choose them from the list of terms.")
    if row.ends == ends:
        return row
    if ends < row.starts or (row.ends and row.ends < ends):
        raise TermsUnsound("Choose a day on which these terms still hold.", field="ends")
    if not RechargeTerms.objects.filter(pk=terms_id).update(ends=ends):
        raise TermsNotYours()
    row.ends = ends
    audit.record(action="terms.ended", object=f"terms:{row.pk}", body_id=by.body_id or row.body_id, at=at, by=by,
                 data={"ends": ends})  # fmt: skip
    return row


def end_payment(*, body_id: int, provider_id: int, service_id: str, ends: dt.date, at: dt.datetime, by: Actor) -> None:
    """End what a body pays another for a service, where it has no end yet: `ends` is the first day without it."""
    for terms in terms_between(provider_id, body_id, ends, dt.date.max, service_id=service_id):
        if terms.starts <= ends and terms.ends is None:
            end_terms(terms_id=terms.pk, ends=ends, at=at, by=by)
