"""The hands that do the work: what staff do with a task that has come to them."""

import datetime as dt
from contextlib import suppress
from uuid import NAMESPACE_URL, UUID, uuid5

from moothall.bodies import queries as bodies
from moothall.booking import actions as booking
from moothall.booking import queries as slots
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.functions.highways import actions as highways
from moothall.functions.highways import queries as defects
from moothall.functions.licensing import actions as licensing
from moothall.functions.licensing import queries as licences
from moothall.functions.waste import actions as waste
from moothall.ledger import actions as ledger
from moothall.ledger import queries as ledger_queries

AGAIN = False
WORDS = {
    "casework.task": {"note": "Done, and the notes are on the case."},
    "casework.reply": {"reply": "We have looked into what you told us. Here is what we found and what we will do."},
}


def work(*, task, performs: str, luck: float, at: dt.datetime, by: Actor) -> bool:
    """Let a member of the task's team do it; `luck` from 0 to 1 decides how it turns out. Returns whether it is done.

    A repair that fails its check is not: the crew goes again, and somebody looks again.
    """
    teams = (task.only_team,) if task.only_team else ()
    for worker in _workers(task, at):
        scope = Scope(bodies=(task.body_id,), purpose="simulation", actor=worker, teams=teams)
        try:
            with scoped(scope):
                return HANDS.get(performs, _office)(task, performs, luck, at=at, by=worker) is not AGAIN
        except casework.SameOfficer:
            continue
        except Refusal:
            break
    with scoped(Scope(bodies=(task.body_id,), purpose="simulation", actor=by)):
        return cases.task(task.id).state != "open"


def go_on(*, case_id: UUID, luck: float, at: dt.datetime, by: Actor) -> None:
    """Let a resident go on with their own part: choose a day, then pay; some never do."""
    with suppress(Refusal, IndexError), scoped(Scope(case=case_id, purpose="front door", actor=by)):
        file = cases.case_file(case_id)
        case = file.case
        step = next((s for s in file.steps.values() if s.performs == "booking.choose" and s.state == "waiting"), None)
        if step and not slots.of_case(case_id):
            told = file.definition.steps[step.name].using
            free = slots.free(case.body_id, told.get("slots") or case.service_id, at=at, ahead=told.get("ahead"))
            booking.hold(slot_id=free[int(luck * 811) % len(free)].id, case_id=case_id, at=at, by=by)
            return
    if luck > 0.05:
        with scoped(Scope(bodies=(case.body_id,), purpose="simulation", actor=by)):
            for owed in ledger_queries.charges_for(case_id):
                if owed.state == "due":
                    ledger.record_payment(charge_id=owed.id, how="phone", at=at, by=by)


def _workers(task, at: dt.datetime) -> list[Actor]:
    """Return who may do a task, in turn: two of its team, or an officer of the body where the team has nobody."""
    with scoped(Scope(bodies=(task.body_id,), purpose="simulation")):
        team = list(bodies.staff(task.body_id, at.date()).filter(team_id=task.team_id)[:2])
        found = team or list(bodies.staff(task.body_id, at.date(), "officer")[:2])
    return [Actor("staff", str(one.account_id), task.body_id) for one in found]


def _once(task, what: str, at: dt.datetime) -> UUID:
    """Return the number that a form would carry, so that sending it twice does it once."""
    return uuid5(NAMESPACE_URL, f"{task.id}/{what}/{at.isoformat()}")


def _office(task, performs: str, luck: float, *, at, by) -> None:
    if task.step_id is None:
        casework.finish_task(task_id=task.id, at=at, by=by)
        return
    outputs = _decision(task, luck, at) if performs == "casework.decide" else WORDS.get(performs, {"note": ""})
    casework.finish_step(step_id=task.step_id, outputs=outputs, at=at, by=by)


REASONS = {"conditions": "Bring us your papers every 6 months.\nTell us within 7 days when something in them changes."}
"""What is written where a decision's reason is taken for something else: a licence's conditions, one to a line."""


def _decision(task, luck: float, at: dt.datetime) -> dict:
    """Return what an officer decides, on evidence that was all there where something is given."""
    told = task.detail
    names = list(told.get("options") or {"done": {}})
    decision = names[int(luck * 991) % len(names)]
    return {
        "decision": decision,
        "reason": REASONS.get(decision, "We looked at what happened and at our records."),
        "checked": dict.fromkeys(told.get("check") or {}, "seen"),
        "amount": 100 * (5 + int(luck * 617) % 40) if told.get("amount") else None,
        "until": local(at).date() + dt.timedelta(days=365) if told.get("until") else None,
    }


def _inspect(task, performs: str, luck: float, *, at, by) -> None:
    impact, likelihood = 1 + int(luck * 613) % 4, 1 + int(luck * 389) % 4
    highways.inspect(
        inspection_id=_once(task, "inspect", at), defect_id=UUID(task.detail["defect"]), impact=impact,
        likelihood=likelihood, cause="wear", depth_mm=20 + int(luck * 997) % 90, note="", at=at, by=by,
    )  # fmt: skip


def _repair(task, performs: str, luck: float, *, at, by) -> None:
    _mend(defects.order(UUID(task.detail["order"])), task, at=at, by=by)


def _mend(order, task, *, at, by) -> None:
    """Mend what an order is for, in the first way that the county's policy knows for it."""
    ways = defects.methods(defects.policy(body_id=order.body_id, on=local(at).date()), order.defect.kind)
    highways.record_visit(visit_id=_once(task, "repair", at), order_id=order.pk, method=next(iter(ways)), at=at, by=by)


def _check(task, performs: str, luck: float, *, at, by) -> bool | None:
    defect_id = UUID(task.detail["defect"])
    order = defects.open_order(defect_id)
    if order is not None:  # it failed before: the crew comes first
        _mend(order, task, at=at, by=by)
        return AGAIN
    passed = luck > 0.04
    highways.check(check_id=_once(task, "check", at), defect_id=defect_id, passed=passed, at=at, by=by)
    return None if passed else AGAIN


def _visit(task, performs: str, luck: float, *, at, by) -> None:
    done = luck > 0.04
    reason = "" if done else ("not_found" if performs == "waste.clear" else "not_out")
    waste.end_visit(
        visit_id=UUID(task.detail["visit"]), number=_once(task, "visit", at), done=done, reason=reason,
        evidence=done and performs == "waste.clear" and luck > 0.7, at=at, by=by,
    )  # fmt: skip


def _round(task, performs: str, luck: float, *, at, by) -> None:
    casework.finish_step(step_id=task.step_id, outputs={"verdict": "missed", "reason": ""}, at=at, by=by)


def _papers(task, performs: str, luck: float, *, at, by) -> None:
    day = local(at).date()
    said = {
        piece.code: {
            "finding": "seen",
            "expires": day + dt.timedelta(days=170 + int(luck * 773) % 500) if piece.runs_out else None,
        }
        for piece in licences.check_of(task.step_id)
    }
    verdict, reason = ("passed", "") if luck > 0.08 else ("failed", "What we asked for did not come, or was not right.")
    licensing.finish_check(step_id=task.step_id, said=said, verdict=verdict, reason=reason, at=at, by=by)


HANDS = {
    "licensing.check": _papers,
    "highways.inspect": _inspect,
    "highways.repair": _repair,
    "highways.quality_check": _check,
    "waste.check_round": _round,
    "waste.return_visit": _visit,
    "waste.collect_bulky": _visit,
    "waste.clear": _visit,
}
