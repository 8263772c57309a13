"""Service improvement plans as they stand: what they lack, what they cost, how far they have come, what they taught."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.core.refusal import NotYours
from moothall.core.years import year_of
from moothall.promises.models import Lesson, Plan, PlanAction, Voice
from moothall.promises.queries.keeping import kept_of
from moothall.promises.rules.health import Alarm
from moothall.promises.rules.plans import HORIZON, Act, Heard, missing, phased, progress
from moothall.promises.rules.plans import alarms as warn


class UnknownPlan(NotYours):
    """We do not know that plan. Choose one from the list of plans."""


@dataclass(frozen=True)
class Written:
    """A plan with its actions (by their days), who was heard, and what it taught."""

    row: Plan
    actions: tuple[PlanAction, ...]
    voices: tuple[Voice, ...]
    lessons: tuple[Lesson, ...]

    @property
    def years(self) -> list[dt.date]:
        """Return the first days of its financial years."""
        return [dt.date(self.row.year.year + n, 4, 1) for n in range(HORIZON)]

    @property
    def costs(self) -> list[int]:
        """Return what it costs in each of its years, in pence."""
        return phased(self.acts())

    @property
    def progress(self) -> tuple[int, int]:
        """Return how many actions are done, of how many."""
        return progress(self.acts())

    def acts(self, owned: set[UUID] | None = None) -> list[Act]:
        """Return its actions as the rules read them; `owned` are those whose owner still works there."""
        return [
            Act(one.title, one.pk in owned if owned is not None else one.owner_id is not None, one.starts, one.due,
                tuple(one.costs), one.effect, one.state, str(one.pk)[-12:])
            for one in self.actions
        ]  # fmt: skip


def plan(reference: str) -> Written:
    """Return a plan by its reference: an adopted one for everybody, a draft for its body. Raises UnknownPlan."""
    row = Plan.objects.filter(reference=reference).first()
    if row is None:
        raise UnknownPlan
    return _whole([row])[0]


def plans(*, body_id: int | None = None) -> list[Written]:
    """Return the plans that the scope shows, newest first: adopted ones, and one's own drafts."""
    rows = Plan.objects.order_by("-year", "body_id", "service_id")
    return _whole(list(rows.filter(body_id__in=bodies.lineage(body_id)) if body_id else rows.filter(state="adopted")))


def plan_action(row: Plan, action_id: UUID) -> PlanAction:
    """Return an action of a plan. Raises UnknownPlan."""
    found = PlanAction.objects.filter(plan=row, pk=action_id).first()
    if found is None:
        raise UnknownPlan("We cannot find that action. Choose it from the plan.")
    return found


def plan_voice(row: Plan, voice_id: UUID) -> Voice:
    """Return what somebody said to a plan. Raises UnknownPlan."""
    found = Voice.objects.filter(plan=row, pk=voice_id).first()
    if found is None:
        raise UnknownPlan("We cannot find that. Choose it from the plan.")
    return found


def plan_lacks(row: Plan, on: dt.date) -> tuple[tuple[str, str], ...]:
    """Return what one's own body's plan lacks before it can be adopted, as (kind, what it is about)."""
    one = _whole([row])[0]
    heard = [Heard(voice.group, voice.said, voice.answer) for voice in one.voices]
    return missing(one.acts(owned(one, on)), heard, row.priorities)


def owned(one: Written, on: dt.date) -> set[UUID]:
    """Return which actions of one's own body's plan have an owner who works there on a day."""
    here = {post.account_id for body in bodies.lineage(one.row.body_id) for post in bodies.staff(body, on)}
    return {action.pk for action in one.actions if action.owner_id in here}


def plan_alarms(one: Written, on: dt.date) -> list[Alarm]:
    """Return what warns of one's own body's adopted plan on a day."""
    return warn(one.acts(owned(one, on)), on) if one.row.state == "adopted" else []


def lessons_for(row: Plan) -> list[tuple[Lesson, str]]:
    """Return what the last three years taught of a plan's service, with what taught it, oldest first.

    What plans of the bodies taught whose place its body took is among it.
    """
    since = dt.date(row.year.year - HORIZON, 4, 1)
    family = bodies.lineage(row.body_id)
    found = Lesson.objects.filter(body_id__in=family, service_id=row.service_id, learnt_at__date__gte=since)
    taught = found.select_related("plan", "idea").order_by("learnt_at")
    return [(one, one.plan.reference if one.plan else one.idea.reference) for one in taught]


def kept_by_year(one: Written, on: dt.date) -> list[tuple[dt.date, int, int]]:
    """Return (first day, kept, of how many promises) of the plan's service in the year before it and in each since.

    Years in which too few fell due are left out.
    """
    years = [first for first in (dt.date(one.row.year.year - 1, 4, 1), *one.years) if first <= on]
    asks = {
        first: (one.row.body_id, one.row.service_id, first, min(year_of(first)[1] + dt.timedelta(days=1), on))
        for first in years
    }
    counts = kept_of(asks.values())
    return [(first, *counts[ask]) for first, ask in asks.items() if ask in counts]


def _whole(rows: list[Plan]) -> list[Written]:
    """Read plans whole: three statements, however many."""
    ids = [row.pk for row in rows]
    actions, voices, lessons = {}, {}, {}
    for action in PlanAction.objects.filter(plan_id__in=ids).select_related("saving").order_by("starts", "due", "id"):
        actions.setdefault(action.plan_id, []).append(action)
    for voice in Voice.objects.filter(plan_id__in=ids).order_by("heard_at", "id"):
        voices.setdefault(voice.plan_id, []).append(voice)
    for lesson in Lesson.objects.filter(plan_id__in=ids).order_by("learnt_at"):
        lessons.setdefault(lesson.plan_id, []).append(lesson)
    return [Written(row, *(tuple(found.get(row.pk, ())) for found in (actions, voices, lessons))) for row in rows]
