"""Propose what one body pays another for a service, or that terms end; and answer what the other proposed."""

import datetime as dt
from uuid import UUID

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.core.refusing import refusing
from moothall.sharing.actions.terms import TermsNotYours, TermsUnsound, _checked, agree_terms, end_terms
from moothall.sharing.models import RechargeProposal, RechargeTerms
from moothall.sharing.queries.committing import may_pay
from moothall.sharing.queries.terms import terms, terms_between
from moothall.sharing.rules.prices import PriceRule


class ProposedAlready(Refusal):
    """A price for this service waits for an answer already. Answer that one, or take it back, first."""


class AlreadyAnswered(Refusal):
    """This proposal has been answered or taken back. Look at it again, and propose anew if need be."""


class OwnProposal(Refusal):
    """The other body answers what yours proposed. You can take it back."""

    status = 403


class ReasonMissing(Refusal):
    """Say why, so that the other body can propose something better."""

    status = 422


def propose_recharge(
    *, payer_id: int, provider_id: int, service_id: str, rule: PriceRule | dict, vat: str, basis: str, post: str,
    starts: dt.date, ends: dt.date | None = None, at: dt.datetime, by: Actor,
) -> RechargeProposal:  # fmt: skip
    """Propose that a body pays another for a service by a price rule from a day on; the proposer is the actor's body.

    Raises TermsUnsound (details: `problems`), ProposedAlready, TermsNotYours, and what a payer that is to end may not
    agree to without consent.
    """
    said = {"basis": basis, "post": post}
    rule = _checked(payer_id=payer_id, provider_id=provider_id, rule=rule, vat=vat, starts=starts, ends=ends, said=said)
    if by.body_id == payer_id:
        may_pay(payer_id=payer_id, provider_id=provider_id, service_id=service_id, rule=rule, starts=starts, ends=ends,
                today=local(at).date())  # fmt: skip
    row = RechargeProposal(
        body_id=payer_id, provider_id=provider_id, service_id=service_id, vat=vat, starts=starts, ends=ends, **said,
        rule=rule.model_dump(mode="json", exclude_defaults=True),
    )  # fmt: skip
    return _propose(row, at, by)


def propose_recharge_end(
    *, terms_id: UUID, ends: dt.date, basis: str, post: str, at: dt.datetime, by: Actor
) -> RechargeProposal:
    """Propose that terms end: `ends` is the first day on which they no longer hold.

    Raises NotYours, TermsUnsound, ProposedAlready, TermsNotYours.
    """
    held = terms(terms_id)
    if ends < held.starts or (held.ends and held.ends <= ends):
        raise TermsUnsound("Choose a day on which these terms still hold.", field="ends")
    copied = {name: getattr(held, name) for name in ("body_id", "provider_id", "service_id", "rule", "vat", "starts")}
    return _propose(RechargeProposal(**copied, ends=ends, basis=basis, post=post, ending=held), at, by)


def _propose(row: RechargeProposal, at: dt.datetime, by: Actor) -> RechargeProposal:
    if by.body_id not in (row.body_id, row.provider_id):
        raise TermsNotYours()
    row.proposer_id, row.proposed_at, row.proposed_by = by.body_id, at, str(by)
    with refusing({"sharing_proposal_one_at_a_time": ProposedAlready}, hidden=TermsNotYours):
        row.save(force_insert=True)
    _noted("terms.proposed", row, at, by)
    return row


def answer_recharge(
    *, proposal_id: UUID, agree: bool, post: str, reason: str = "", at: dt.datetime, by: Actor
) -> RechargeProposal:
    """Agree to what the other body proposed, or decline it for a reason.

    Agreed terms take the place of those in force between the two for that service from their first day on.
    Raises NotYours, OwnProposal, AlreadyAnswered, ReasonMissing, TermsOverlap.
    """
    row = _open(proposal_id)
    if row.proposer_id == by.body_id:
        raise OwnProposal()
    if not agree and not reason.strip():
        raise ReasonMissing(field="reason")
    if agree:
        row.terms = _ended(row, at, by) if row.ending_id else _agreed(row, post, at, by)
    row.answer, row.answer_post, row.answer_reason = "agreed" if agree else "declined", post, reason.strip()
    return _answered(row, at, by)


def withdraw_recharge(*, proposal_id: UUID, at: dt.datetime, by: Actor) -> RechargeProposal:
    """Take back what one's own body proposed. Raises NotYours, AlreadyAnswered, TermsNotYours."""
    row = _open(proposal_id)
    if row.proposer_id != by.body_id:
        raise TermsNotYours()
    row.answer = "withdrawn"
    return _answered(row, at, by)


def _open(proposal_id: UUID) -> RechargeProposal:
    row = RechargeProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if row is None:
        raise NotYours("We cannot find that proposal. Choose it from the list.")
    if row.answer:
        raise AlreadyAnswered()
    return row


def _agreed(row: RechargeProposal, post: str, at: dt.datetime, by: Actor) -> RechargeTerms:
    """Make the proposal terms; what held until then ends the day they begin."""
    for held in terms_between(row.provider_id, row.body_id, row.starts, dt.date.max, service_id=row.service_id):
        if held.starts < row.starts:
            end_terms(terms_id=held.pk, ends=row.starts, at=at, by=by)
    if by.body_id == row.body_id:
        may_pay(payer_id=row.body_id, provider_id=row.provider_id, service_id=row.service_id, rule=row.price,
                starts=row.starts, ends=row.ends, today=local(at).date())  # fmt: skip
    posts = (row.post, post) if row.proposer_id == row.body_id else (post, row.post)
    return agree_terms(
        payer_id=row.body_id, provider_id=row.provider_id, service_id=row.service_id, rule=row.rule, vat=row.vat,
        basis=row.basis, payer_post=posts[0], provider_post=posts[1], starts=row.starts, ends=row.ends, at=at, by=by,
    )  # fmt: skip


def _ended(row: RechargeProposal, at: dt.datetime, by: Actor) -> RechargeTerms:
    return end_terms(terms_id=row.ending_id, ends=row.ends, at=at, by=by)


def _answered(row: RechargeProposal, at: dt.datetime, by: Actor) -> RechargeProposal:
    row.answered_at, row.answered_by = at, str(by)
    row.save(update_fields=["answer", "answer_post", "answer_reason", "answered_at", "answered_by", "terms"])
    _noted(f"terms.{row.answer}", row, at, by)
    return row


def _noted(action: str, row: RechargeProposal, at: dt.datetime, by: Actor) -> None:
    told = {"payer": row.body_id, "provider": row.provider_id, "service": row.service_id, "rule": row.rule}
    audit.record(action=action, object=f"proposal:{row.pk}", body_id=by.body_id, data=told, at=at, by=by)
