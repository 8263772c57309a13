"""Set a fund, propose an idea, give it a small grant to be tried or say why not, and say what came of the trial."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.money import pounds
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing
from moothall.core.years import named, year_of
from moothall.promises import queries
from moothall.promises.actions.partnerships import MeasuredInTheFuture
from moothall.promises.actions.plans import put_into_drafts
from moothall.promises.models import Fund, Idea, Lesson
from moothall.promises.rules.ideas import FOLLOWS


class FundThere(Refusal):
    """There is a fund for this year already. It is not changed once ideas may draw on it."""


class FundWrong(Refusal):
    """Give what the fund holds, and the most that one idea may have: more than nothing, and no more than the fund."""

    status = 422


class NoFund(Refusal):
    """No fund is set for this financial year. Ask the finance officer to set one first."""


class GrantTooLarge(Refusal):
    """That is more than one idea may have. Propose a smaller trial, or put it into the service's plan."""

    status = 422


class FundSpent(Refusal):
    """The fund does not hold that much any more. Grant less, or wait for next year's."""


class OwnIdea(Refusal):
    """You wrote this idea down. Somebody else decides whether it is tried."""

    status = 403


class IdeaCannot(Refusal):
    """That cannot follow for this idea: look at where it stands."""


class NotYourIdea(Refusal):
    """This idea is another body's. Only its own officers decide on it."""

    status = 403


class IdeaAtOnce(Refusal):
    """Somebody wrote down another idea in the same moment. Send yours again."""


def set_fund(
    *, body_id: int, year: dt.date, pence: int, most: int, decided_by: str, minute: str, at: dt.datetime, by: Actor
) -> Fund:
    """Set what a body may spend on trying ideas in a financial year. Raises FundWrong, FundThere."""
    if most < 1 or pence < most:
        raise FundWrong(field="pence")
    with refusing({"promises_fund_one_a_year": FundThere}, hidden=NotYourIdea):
        row = Fund.objects.create(
            body_id=body_id, year=year_of(year)[0], pence=pence, most=most, decided_by=decided_by, minute=minute,
            set_at=at,
        )  # fmt: skip
    audit.record(action="fund.set", object=f"fund:{row.pk}", body_id=body_id, data={"pence": pence}, at=at, by=by)
    return row


def propose_idea(
    *, body_id: int, title: str, words: str, origin: str, service_id: str = "", at: dt.datetime, by: Actor
) -> Idea:
    """Write an idea down for everybody to read; `origin` is whose it is, a group and never a name."""
    body, number = bodies.body(body_id), Idea.objects.filter(body_id=body_id).count() + 1
    with refusing({"promises_idea_reference": IdeaAtOnce}, hidden=NotYourIdea):
        row = Idea.objects.create(
            body_id=body_id, reference=f"{body.code}-I{number}", title=title, words=words, origin=origin,
            service_id=service_id, proposed_at=at, proposed_by=int(by.id) if by.kind == "staff" else None,
        )  # fmt: skip
    _told(row, "proposed", at, by)
    return row


def grant_idea(
    *, idea_id: UUID, pence: int, decided_by: str, reason: str, shows: str, ends: dt.date, at: dt.datetime, by: Actor
) -> None:
    """Give an idea a small grant out of this year's fund, to be tried until a day and to show something.

    Raises NoFund, GrantTooLarge, FundSpent, OwnIdea, IdeaCannot, MeasuredInTheFuture for a day that is past.
    """
    day = local(at).date()
    row = _deciding(idea_id, "granted", by)
    funds = queries.funds_for(row.body_id, day)
    if not funds:
        raise NoFund()
    if ends < day:
        raise MeasuredInTheFuture("Give a day on which the trial ends: today or later.", field="ends")
    held = next((one for one in funds if pence <= min(one.left, one.row.most)), funds[0])
    fund = held.row
    if not 0 < pence <= fund.most:
        raise GrantTooLarge(f"One idea may have at most {pounds(fund.most)}, and more than nothing.", field="pence")
    if pence > held.left:
        raise FundSpent(f"The fund of {named(fund.year)} holds {pounds(held.left)}. Grant less.", field="pence")
    with refusing({"promises_fund_holds": FundSpent}, hidden=NotYourIdea):
        Idea.objects.filter(pk=row.pk).update(
            state="granted", fund=fund, grant=pence, decided_by=decided_by, decided_on=day, reason=reason, shows=shows,
            ends=ends,
        )  # fmt: skip
    _told(row, "granted", at, by)


def decline_idea(*, idea_id: UUID, decided_by: str, reason: str, at: dt.datetime, by: Actor) -> None:
    """Say that an idea is not tried, by whom and why. Raises OwnIdea, IdeaCannot."""
    row = _deciding(idea_id, "declined", by)
    Idea.objects.filter(pk=row.pk).update(
        state="declined", decided_by=decided_by, decided_on=local(at).date(), reason=reason
    )
    _told(row, "declined", at, by)


def end_trial(*, idea_id: UUID, result: str, learnt: str, spent: int, at: dt.datetime, by: Actor) -> None:
    """Say what came of a trial, what it taught and what was spent; its service's next plan has to answer that.

    Raises IdeaCannot, and GrantTooLarge where more was spent than granted.
    """
    row = _own(idea_id, "ended")
    if not 0 <= spent <= row.grant:
        raise GrantTooLarge(f"The grant was {pounds(row.grant)}. What was spent beyond it is not the fund's.",
                            field="spent")  # fmt: skip
    with transaction.atomic():
        Idea.objects.filter(pk=row.pk).update(state="ended", result=result, learnt=learnt, spent=spent)
        if row.service_id:
            lesson = Lesson.objects.create(
                body_id=row.body_id, service_id=row.service_id, idea=row, words=learnt, learnt_at=at
            )
            put_into_drafts(lesson=lesson, asked=row.reference, at=at, by=by)
    _told(row, "ended", at, by)


def _deciding(idea_id: UUID, then: str, by: Actor) -> Idea:
    row = _own(idea_id, then)
    if by.kind == "staff" and row.proposed_by == int(by.id):
        raise OwnIdea()
    return row


def _own(idea_id: UUID, then: str) -> Idea:
    row = Idea.objects.filter(pk=idea_id).select_for_update().first()
    if row is None:
        raise NotYourIdea()
    if then not in FOLLOWS[row.state]:
        raise IdeaCannot()
    return row


def _told(row: Idea, what: str, at: dt.datetime, by: Actor) -> None:
    told = {"reference": row.reference}
    audit.record(action=f"idea.{what}", object=f"idea:{row.pk}", body_id=row.body_id, data=told, at=at, by=by)
