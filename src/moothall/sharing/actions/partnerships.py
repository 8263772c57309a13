"""Propose terms, decide on them by name, leave, and end: nothing that was agreed is ever changed."""

import datetime as dt
from uuid import UUID

from django.utils.text import slugify

from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.events import publish
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing
from moothall.sharing import queries
from moothall.sharing.actions.papers import forget_papers, publish_papers, take_papers
from moothall.sharing.events import TermsDecided, TermsProposed
from moothall.sharing.models import Decision, Partnership, TermsDraft, Withheld
from moothall.sharing.models import Terms as TermsRow
from moothall.sharing.rules.agreeing import may_leave_on
from moothall.sharing.rules.terms import Ending, Terms


class TermsIncomplete(Refusal):
    """These terms are not ready to be proposed. Complete the parts that are named."""

    status = 422


class NameTaken(Refusal):
    """There is a partnership of that name already. Choose another name, or amend that one."""


class ProposedMeanwhile(Refusal):
    """Another member has just proposed new terms. Read theirs first, then propose yours on top."""


class NotAMember(Refusal):
    """Your body takes no part in this partnership. Ask one of its members to propose terms that include it."""

    status = 403


class NothingToDecide(Refusal):
    """These terms no longer wait for your body's decision. Look at the partnership's page for how it stands."""


class ReasonMissing(Refusal):
    """Write why: the other members and the public read it."""

    status = 422


class DecisionUnnamed(Refusal):
    """Say who decided and where it is minuted, so that anybody can look it up."""

    status = 422


class NotOurCouncillor(Refusal):
    """The councillor who is to answer for a service is not one of your body's. Propose terms that name one of yours."""

    status = 422


class NoticeTooShort(Refusal):
    """The terms ask for longer notice. Choose a later day."""

    status = 422


class DecidedInTheFuture(Refusal):
    """A decision cannot be recorded before it is made. Give the day of the meeting."""

    status = 422


class AlreadyEnded(Refusal):
    """This partnership has ended. Begin a new one instead."""


TAKEN = {"sharing_partnership_slug_key": NameTaken, "sharing_terms_number": ProposedMeanwhile}


def save_draft(
    *, body_id: int, data: dict, draft_id: UUID | None = None, partnership_id: UUID | None = None,
    at: dt.datetime, by: Actor,
) -> TermsDraft:  # fmt: skip
    """Keep terms that a body is writing, unfinished as they are; an amendment names the partnership."""
    if draft_id is None:
        return TermsDraft.objects.create(body_id=body_id, partnership_id=partnership_id, data=data, changed_at=at)
    row = queries.draft(draft_id)
    before, row.data, row.changed_at = row.data, data, at
    row.save(update_fields=["data", "changed_at"])
    forget_papers(before=before, draft=row, body_id=body_id, at=at, by=by)
    return row


def drop_draft(*, draft_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Throw away terms that were never proposed."""
    row = queries.draft(draft_id)
    row.delete()
    forget_papers(before=row.data, draft=None, body_id=row.body_id, at=at, by=by)


def propose(
    *, body_id: int, terms: dict, partnership_id: UUID | None = None, because: str = "", draft_id: UUID | None = None,
    at: dt.datetime, by: Actor,
) -> TermsRow:  # fmt: skip
    """Put terms before the members: a new partnership, or a new version of one that runs. Each member is told.

    `terms` is what `rules.terms.Terms` reads. Refuses TermsIncomplete, with `details["problems"]` as [(part, what to
    do)], among them a service without an accountable member and a named councillor.
    """
    whole, missing = queries.ready(terms, local(at).date())
    if missing:
        raise TermsIncomplete(problems=missing)
    if body_id not in whole.member_ids:
        raise NotAMember()
    with refusing(TAKEN, hidden=NotAMember):
        row = partnership_id and queries.partnership_of(partnership_id, local(at).date())
        if row and row.state == "ended":
            raise AlreadyEnded()
        if row is None:
            row = Partnership.objects.create(slug=slugify(whole.name)[:60], proposer_id=body_id, proposed_at=at)
        made = TermsRow.objects.create(
            partnership_id=row.id, number=TermsRow.objects.filter(partnership_id=row.id).count() + 1,
            proposer_id=body_id, member_ids=list(whole.member_ids), data=whole.public(),
            because=because.strip() or whole.purpose, proposed_at=at,
        )  # fmt: skip
        for part, value in whole.secrets().items():
            Withheld.objects.create(terms=made, part=part, value=value, expires=whole.hidden(part).expires)
        publish_papers(terms=whole, body_id=body_id, at=at, by=by)
    if draft_id:
        TermsDraft.objects.filter(pk=draft_id).delete()
    _wrote("partnership.proposed", made, body_id, at, by)
    publish(TermsProposed(body_id, row.id, made.number, whole.member_ids), at=at, by=by)
    return made


def decide(
    *, body_id: int, partnership_id: UUID, number: int, agree: bool, decided_by: str, minute: str,
    decided_on: dt.date, reason: str = "", at: dt.datetime, by: Actor,
) -> Decision:  # fmt: skip
    """Record a member's own named decision to agree to a version or to refuse it.

    A body that agrees to answer for a service does so only for a councillor of its own.
    """
    found = queries.partnership_of(partnership_id, local(at).date())
    told = found.version(number)
    if body_id not in (*told.waiting, *told.refused):
        raise NothingToDecide()
    if not agree and not reason.strip():
        raise ReasonMissing(field="reason")
    if agree:
        _own_councillors(told.terms, body_id, decided_on)
        take_papers(terms=told.terms, body_id=body_id, at=at, by=by)
    kind = "agree" if agree else "refuse"
    return _decision(
        told.id, body_id, kind, partnership_id, number, decided_by, minute, decided_on, reason, None, at, by
    )


def leave(
    *, body_id: int, partnership_id: UUID, leaves: dt.date, reason: str, decided_by: str, minute: str,
    decided_on: dt.date, at: dt.datetime, by: Actor,
) -> Decision:  # fmt: skip
    """Give notice: from the day `leaves` on the body is no member. Refuses NoticeTooShort: less than the terms ask."""
    today = local(at).date()
    found = queries.partnership_of(partnership_id, today)
    if found.state != "running" or body_id not in found.member_ids:
        raise NotAMember()
    if not reason.strip():
        raise ReasonMissing(field="reason")
    exit_terms = found.terms.exit
    soonest = may_leave_on(decided_on, exit_terms.notice_months if exit_terms else 0)
    if leaves < max(soonest, today):
        raise NoticeTooShort(f"The terms ask for notice until {soonest:%-d %B %Y}. Choose that day or a later one.",
                             field="leaves")  # fmt: skip
    return _decision(
        found.version(found.number).id, body_id, "leave", partnership_id, found.number, decided_by, minute, decided_on,
        reason, leaves, at, by,
    )  # fmt: skip


def propose_end(
    *, body_id: int, partnership_id: UUID, ends: dt.date, why: str, continuing: tuple[str, ...] = (),
    at: dt.datetime, by: Actor,
) -> TermsRow:  # fmt: skip
    """Propose that the partnership ends on a day, wholly or but for services with which the members go on.

    It ends once every member has decided so by name: an ending is a version of the terms like any other.
    """
    if not why.strip():
        raise ReasonMissing(field="why")
    found = queries.partnership_of(partnership_id, local(at).date())
    if found.state != "running":
        raise AlreadyEnded()
    titles = {one.title for one in found.terms.services}
    ending = Ending(on=ends, why=why.strip(), continuing=tuple(one for one in continuing if one in titles))
    data = found.terms.model_dump(mode="json")
    members = [one for one in data["members"] if one["body_id"] in found.member_ids]
    data |= {"ending": ending.model_dump(mode="json"), "members": members, "starts": local(at).date().isoformat()}
    data["withheld"] = [one for one in data["withheld"] if one["expires"] > local(at).date().isoformat()]
    return propose(body_id=body_id, terms=data, partnership_id=partnership_id, because=why, at=at, by=by)


def _own_councillors(terms: Terms, body_id: int, day: dt.date) -> None:
    own = {post.name for post in bodies.staff(body_id, day, "councillor")}
    for service in terms.services:
        if service.accountable == body_id and service.councillor not in own:
            words = (
                f"{service.councillor} is not a councillor of {bodies.body(body_id).name} here. "
                f"Refuse these terms, or propose ones that name a councillor of yours for “{service.title}”."
            )
            raise NotOurCouncillor(words)


def _decision(
    terms_id, body_id, kind, partnership_id, number, decided_by, minute, decided_on, reason, effective, at, by
) -> Decision:
    if not (decided_by.strip() and minute.strip()):
        raise DecisionUnnamed(field="minute" if decided_by.strip() else "decided_by")
    if decided_on > local(at).date():
        raise DecidedInTheFuture(field="decided_on")
    with refusing({}, hidden=NotAMember):
        row = Decision.objects.create(
            body_id=body_id, terms_id=terms_id, kind=kind, decided_by=decided_by.strip(), minute=minute.strip(),
            decided_on=decided_on, effective=effective, reason=reason.strip(), recorded_at=at,
        )  # fmt: skip
    audit.record(action=f"partnership.{kind}", object=f"terms:{terms_id}", body_id=body_id, at=at, by=by)
    publish(TermsDecided(body_id, partnership_id, number, kind), at=at, by=by)
    return row


def _wrote(action: str, made: TermsRow, body_id: int, at, by) -> None:
    audit.record(action=action, object=f"terms:{made.pk}", body_id=body_id, at=at, by=by)
