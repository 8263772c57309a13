"""Let Ashby adopt a plan and begin the next, and let those who do the work have ideas."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.scope import Scope, scoped
from moothall.core.years import year_of
from moothall.promises import actions as promises
from moothall.promises import queries
from moothall.simulation.queries import post as officer
from moothall.simulation.rules import plans, savings


def plan_and_try(*, began: dt.datetime, at: dt.datetime, by: Actor) -> tuple[int, int]:
    """Let every plan of the file be written and every idea be had; return how many of each. Savings come before."""
    told = plans.told()
    for plan in told.plans:
        with scoped(Scope(bodies=(plan.body,), purpose="plans", actor=by)):
            _write(plan, began, at)
    for fund in told.funds:
        with scoped(Scope(bodies=(fund.body,), purpose="plans", actor=by)):
            promises.set_fund(
                body_id=fund.body, year=local(at).date(), pence=fund.pounds * 100, most=fund.most * 100,
                decided_by=fund.by, minute=fund.minute, at=at, by=officer(fund.body, "finance", at),
            )  # fmt: skip
    for thought in told.ideas:
        with scoped(Scope(bodies=(thought.body,), purpose="plans", actor=by)):
            _have(thought, began, at)
    return len(told.plans), len(told.ideas)


def _write(plan: plans.Written, began: dt.datetime, at: dt.datetime) -> None:
    manager, begun = officer(plan.body, "manager", began), began if plan.councillor_adopts else at
    year = year_of(local(at).date())[0]
    row = promises.begin_plan(body_id=plan.body, service_id=plan.service, year=year, at=begun, by=manager)
    told = {"plan_id": row.pk, "at": begun, "by": manager}
    promises.set_priorities(priorities=plan.priorities, **told)
    made = {}
    for act in plan.actions:
        days = [local(began + (at - began) * part).date() for part in (act.begins, act.ends)]
        made[act] = promises.put_action(
            title=act.title, owner_id=int(manager.id), starts=days[0], due=days[1], effect=act.effect,
            costs=tuple(pounds * 100 for pounds in act.costs), saving_id=_saving(plan.body, act.saving), **told,
        )  # fmt: skip
    for voice in plan.voices:
        promises.hear(group=voice.group, asked=voice.asked, said=voice.said, answer=voice.answer, **told)
    if plan.councillor_adopts:
        day = local(begun).date()
        promises.adopt_plan(
            adopted_by=plan.councillor_adopts, minute="Minute 42", adopted_on=day,
            councillor=bodies.staff(plan.body, day, "councillor").first().name, **told,
        )  # fmt: skip
        for act, action in made.items():
            if act.state != "planned":
                promises.move_action(plan_id=row.pk, action_id=action.pk, state=act.state, outcome=act.outcome, at=at,
                                     by=manager)  # fmt: skip
        promises.learn(plan_id=row.pk, words=plan.lesson, at=at, by=manager)


def _saving(body_id: int, key: str):
    """Return the saving of the county's file with this key, or None."""
    title = next((one.title for one in savings.promised() if one.key == key), None)
    return next((one.row.pk for one in queries.savings(body_id=body_id) if one.row.title == title), None)


def _have(thought: plans.Thought, began: dt.datetime, at: dt.datetime) -> None:
    row = promises.propose_idea(
        body_id=thought.body, title=thought.title, words=thought.words, origin=thought.origin,
        service_id=thought.service, at=began + (at - began) * 0.5, by=officer(thought.body, thought.role, at),
    )  # fmt: skip
    told = {"idea_id": row.pk, "at": at, "by": officer(thought.body, "manager", at)}
    if thought.decline:
        promises.decline_idea(decided_by="The service board", reason=thought.decline, **told)
    if thought.grant:
        promises.grant_idea(
            pence=thought.grant * 100, decided_by="The service board", reason="Small, and soon known.",
            shows=thought.shows, ends=local(at).date() + dt.timedelta(days=28), **told,
        )  # fmt: skip
    if thought.result:
        promises.end_trial(result=thought.result, learnt=thought.learnt, spent=thought.spent * 100, **told)
