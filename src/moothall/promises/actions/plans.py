"""Begin a service improvement plan, write it with those it concerns, adopt it, carry it out, say what it taught."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing
from moothall.core.years import year_of
from moothall.promises import queries
from moothall.promises.actions.partnerships import MeasuredInTheFuture
from moothall.promises.actions.savings import OwnerUnknown
from moothall.promises.models import Lesson, Plan, PlanAction, Voice
from moothall.promises.rules.plans import ACTION_FOLLOWS, HORIZON
from moothall.promises.rules.told import need_words


class PlanThere(Refusal):
    """There is a plan for this service and year already, or one began in the same moment. Open it from the list."""


class PlanAdopted(Refusal):
    """This plan is adopted, so what it says stays. Carry its actions out, or begin the plan of next year."""


class NotAdopted(Refusal):
    """This plan is a draft. Adopt it first."""


class PlanNotReady(Refusal):
    """Something is still missing before this plan can be adopted."""


class NotYourPlan(Refusal):
    """This plan is another body's. Only its own officers write it."""

    status = 403


class DaysWrong(Refusal):
    """An action ends on or after the day on which it begins. Give its days again."""

    status = 422


class CostsWrong(Refusal):
    """Give the cost of each of the plan's three years; 0 where there is none."""

    status = 422


class ActionCannot(Refusal):
    """That cannot follow for this action: look at where it stands."""


def begin_plan(*, body_id: int, service_id: str, year: dt.date, at: dt.datetime, by: Actor) -> Plan:
    """Begin the plan of a service for three years from a financial year on; what earlier plans taught waits in it.

    Only the body sees it until it is adopted. Raises PlanThere.
    """
    body, number = bodies.body(body_id), Plan.objects.filter(body_id=body_id).count() + 1
    said = {"promises_plan_one_a_year": PlanThere, "promises_plan_reference": PlanThere}
    with refusing(said, hidden=NotYourPlan):
        row = Plan.objects.create(
            body_id=body_id, reference=f"{body.code}-P{number}", service_id=service_id, year=year_of(year)[0],
            begun_at=at,
        )  # fmt: skip
    Voice.objects.bulk_create(
        Voice(body_id=body_id, plan=row, group="lesson", asked=asked, said=lesson.words, lesson_id=lesson.pk,
              heard_at=at)
        for lesson, asked in queries.lessons_for(row)
    )  # fmt: skip
    _told(row, "begun", at, by)
    return row


def set_priorities(*, plan_id: UUID, priorities: str, at: dt.datetime, by: Actor) -> None:
    """Say what a plan puts first. Raises PlanAdopted."""
    row = _draft(plan_id)
    Plan.objects.filter(pk=row.pk).update(priorities=priorities.strip())
    _told(row, "written", at, by)


def put_action(
    *, plan_id: UUID, title: str, owner_id: int | None, starts: dt.date, due: dt.date, costs: tuple[int, ...],
    effect: str, saving_id: UUID | None = None, action_id: UUID | None = None, at: dt.datetime, by: Actor,
) -> PlanAction:  # fmt: skip
    """Put an action into a draft, or write one anew. Raises PlanAdopted, DaysWrong, CostsWrong, OwnerUnknown."""
    row = _draft(plan_id)
    if due < starts:
        raise DaysWrong(field="due")
    if len(costs) != HORIZON or any(pence < 0 for pence in costs):
        raise CostsWrong()
    said = {
        "title": title.strip(), "owner_id": owner_id, "owner_post": _post(row.body_id, owner_id, local(at).date()),
        "starts": starts, "due": due, "costs": list(costs), "effect": effect.strip(), "saving_id": saving_id,
        "changed_at": at,
    }  # fmt: skip
    if action_id:
        action = queries.plan_action(row, action_id)
        PlanAction.objects.filter(pk=action.pk).update(**said)
        return queries.plan_action(row, action_id)
    return PlanAction.objects.create(body_id=row.body_id, plan=row, **said)


def take_out_action(*, plan_id: UUID, action_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Take an action out of a draft. Raises PlanAdopted."""
    row = _draft(plan_id)
    PlanAction.objects.filter(pk=queries.plan_action(row, action_id).pk).delete()
    _told(row, "written", at, by)


def hear(*, plan_id: UUID, group: str, asked: str, said: str, answer: str = "", at: dt.datetime, by: Actor) -> Voice:
    """Write down what a group said to a draft, how it was asked, and what the plan answers. Raises PlanAdopted."""
    row = _draft(plan_id)
    return Voice.objects.create(
        body_id=row.body_id, plan=row, group=group, asked=asked, said=said, answer=answer.strip(), heard_at=at
    )


def answer_voice(*, plan_id: UUID, voice_id: UUID, answer: str, at: dt.datetime, by: Actor) -> None:
    """Answer what was said to a draft, or what an earlier plan taught. Raises PlanAdopted."""
    row = _draft(plan_id)
    Voice.objects.filter(pk=queries.plan_voice(row, voice_id).pk).update(answer=answer.strip())
    _told(row, "answered", at, by)


def adopt_plan(
    *, plan_id: UUID, adopted_by: str, minute: str, adopted_on: dt.date, councillor: str, at: dt.datetime, by: Actor
) -> None:
    """Record that a plan was adopted, by whom and who answers for it; from then on everybody reads it.

    Raises PlanNotReady naming all that is missing, PlanAdopted, MeasuredInTheFuture.
    """
    row = _draft(plan_id)
    if adopted_on > local(at).date():
        raise MeasuredInTheFuture(field="adopted_on")
    lacks = queries.plan_lacks(row, local(at).date())
    if lacks:
        raise PlanNotReady(" ".join(need_words(*one) for one in lacks), missing=lacks)
    Plan.objects.filter(pk=row.pk).update(
        state="adopted", adopted_by=adopted_by, minute=minute, adopted_on=adopted_on, councillor=councillor
    )
    _told(row, "adopted", at, by)


def move_action(*, plan_id: UUID, action_id: UUID, state: str, outcome: str, at: dt.datetime, by: Actor) -> None:
    """Say that an action of an adopted plan has begun, is done or is dropped, and what came of it.

    Raises NotAdopted, ActionCannot.
    """
    row = _own(plan_id)
    if row.state != "adopted":
        raise NotAdopted()
    action = queries.plan_action(row, action_id)
    if state not in ACTION_FOLLOWS[action.state]:
        raise ActionCannot(field="state")
    PlanAction.objects.filter(pk=action.pk).update(state=state, outcome=outcome.strip(), changed_at=at)
    _told(row, f"action-{state}", at, by)


def hand_on_action(*, plan_id: UUID, action_id: UUID, owner_id: int, at: dt.datetime, by: Actor) -> None:
    """Give an action another owner. Raises OwnerUnknown."""
    row = _own(plan_id)
    post = _post(row.body_id, owner_id, local(at).date())
    action = queries.plan_action(row, action_id)
    PlanAction.objects.filter(pk=action.pk).update(owner_id=owner_id, owner_post=post, changed_at=at)
    _told(row, "action-owner", at, by)


def learn(*, plan_id: UUID, words: str, at: dt.datetime, by: Actor) -> Lesson:
    """Write down what an adopted plan taught; the service's next plan has to answer it, a draft of it at once."""
    row = _own(plan_id)
    if row.state != "adopted":
        raise NotAdopted()
    with transaction.atomic():
        lesson = Lesson.objects.create(
            body_id=row.body_id, service_id=row.service_id, plan=row, words=words.strip(), learnt_at=at
        )
        put_into_drafts(lesson=lesson, asked=row.reference, at=at, by=by)
    _told(row, "learnt", at, by)
    return lesson


def put_into_drafts(*, lesson: Lesson, asked: str, at: dt.datetime, by: Actor) -> None:
    """Let every draft of a service's later plans wait for an answer to a lesson, a successor's too."""
    family = bodies.lineage(bodies.stands_for(lesson.body_id))
    drafts = Plan.objects.filter(body_id__in=family, service_id=lesson.service_id, state="draft")
    Voice.objects.bulk_create(
        Voice(body_id=draft.body_id, plan=draft, group="lesson", asked=asked, said=lesson.words, lesson_id=lesson.pk,
              heard_at=at)
        for draft in drafts
    )  # fmt: skip


def _own(plan_id: UUID) -> Plan:
    row = Plan.objects.filter(pk=plan_id).select_for_update().first()
    if row is None:
        raise NotYourPlan()
    return row


def _draft(plan_id: UUID) -> Plan:
    row = _own(plan_id)
    if row.state != "draft":
        raise PlanAdopted()
    return row


def _post(body_id: int, owner_id: int | None, day: dt.date) -> str:
    """Return the post of an owner as everybody reads it; "" for nobody. Raises OwnerUnknown."""
    if owner_id is None:
        return ""
    staff = bodies.staff(bodies.stands_for(body_id), day)
    post = next((one for one in staff if one.account_id == owner_id), None)
    if post is None:
        raise OwnerUnknown(field="owner_id")
    return (post.team.name if post.team else bodies.body(body_id).name)[:80]


def _told(row: Plan, what: str, at: dt.datetime, by: Actor) -> None:
    told = {"reference": row.reference}
    audit.record(action=f"plan.{what}", object=f"plan:{row.pk}", body_id=row.body_id, data=told, at=at, by=by)
