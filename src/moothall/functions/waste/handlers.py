"""Waste hears what happens to the cases it works on, and answers what is asked of every chapter."""

import datetime as dt
from uuid import UUID

from django.urls import reverse

from moothall.casework import queries as casework
from moothall.casework.events import CaseCancelled, CaseHandedOver, StepMoved
from moothall.core import personal, ports, succession
from moothall.core.actor import Actor
from moothall.core.events import on
from moothall.core.scope import current_scope, scoped
from moothall.functions.waste import actions, queries

PERSONAL = ("waste_crewnote", "waste_missedreport", "waste_visit", "waste_subscription")


@on(CaseCancelled)
def forget_the_case(event: CaseCancelled, *, at, by) -> None:
    """Stop waiting and driving for a case that was withdrawn, whichever body's crew was to come."""
    _forget(event.case_id, casework.provider(event.case_id), at, by)


@on(CaseHandedOver)
def leave_it_to_others(event: CaseHandedOver, *, at, by) -> None:
    """Stop waiting and driving for a case that another body goes on with."""
    _forget(event.case_id, event.from_body_id, at, by)


@on(StepMoved)
def come_on_the_other_day(event: StepMoved, *, at, by) -> None:
    """Drive on the day that the resident has now."""
    actions.visits.move(step_id=event.step_id, day=event.day, due_at=event.due_at, at=at, by=by)


def _forget(case_id: UUID, body_id: int, at, by) -> None:
    with scoped(current_scope().narrowed(bodies=(body_id,))):
        actions.withdraw(case_id=case_id, at=at, by=by)
        actions.visits.forget(case_id=case_id, at=at, by=by)


@ports.subject_access.answer(*PERSONAL)
def subject_access(person_ids: list[UUID], *, at: dt.datetime) -> dict[str, list[dict]]:
    """Return what waste keeps about a person, by way of their cases."""
    return queries.held_about([case.pk for case in casework.my_cases(person_ids)])


@ports.erase.answer(*PERSONAL)
def erase(person_ids: list[UUID], body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase where a person lives from ended work at one body."""
    ids = [case.pk for case in casework.my_cases(person_ids)]
    return actions.erase_cases(case_ids=ids, body_id=body_id, at=at, by=by)


@ports.retention.answer(*PERSONAL)
def retention(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase where people live from work that ended more than two years ago."""
    return actions.keep_no_longer(body_id=body_id, at=at, by=by)


@ports.forget_body.answer(*PERSONAL)
def forget_body(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase where people live of a body that has left."""
    return actions.forget_body(body_id=body_id, at=at, by=by)


@ports.service_alert.answer()
def service_alert(service_id: str, place: dict | None, body_id: int | None) -> list[tuple[str, str]]:
    """Tell who is about to report a missed bin that their street, or some of the district's, was not reached."""
    if service_id != "missed-bin":
        return []
    usrn = (place or {}).get("usrn")
    if usrn:
        return [(queries.told(one), reverse("waste:street", args=[usrn])) for one in queries.alerts(usrn=usrn)]
    some = queries.open_incidents(body_id=body_id) if body_id else []
    return [(queries.told_of_some(one), reverse("waste:bins")) for one in some]


KEEP = "2 years after the work ended"
personal.declare("waste_crewnote", "uprn", purpose="explain a missed bin", basis="public task", keep=KEEP)
personal.declare("waste_missedreport", "uprn", purpose="find the round of a bin", basis="public task", keep=KEEP)
personal.declare("waste_visit", "label", "what", purpose="tell the crew where to go", basis="public task", keep=KEEP)
personal.declare(
    "waste_subscription", "uprn", "label", purpose="collect garden waste", basis="contract",
    keep="2 years after the year ended",
)  # fmt: skip
personal.free("waste_round", "name", why="the name of a lorry's round")
personal.free("waste_stop", "uprn", "street", why="where a lorry stops, published; it says nothing of who lives there")
personal.free("waste_incident", "reason", why="why a round was not finished, published")


@ports.succession.answer()
def passes_on() -> succession.Chapter:
    """Rounds are driven on by the successor; two of one code have their old body's code before it."""
    moves, round_ = succession.moves, "what is known of a round goes with it"
    same = """exists (select 1 from waste_round o join succ so on so.predecessor = o.body_id
      where so.successor = s.successor and o.code = t.code and o.id <> t.id)"""
    code = "(select b.code || '-' || left(t.code, 16) from bodies_body b where b.id = t.body_id)"
    first = """not exists (select 1 from waste_shift o join succ so on so.predecessor = o.body_id
      where so.successor = s.successor and o.day = t.day and o.id < t.id)"""
    of_case = succession.heir_of("casework_case", "t.case_id")
    return succession.Chapter(
        fates={
            "waste_round": moves("rounds go on", code=f"case when {same} then {code} else t.code end"),
            **{f"waste_{part}": moves(round_) for part in ("stop", "roundday", "incident", "missedreport", "crewnote")},
            "waste_shift": moves("days on which rounds come later", f"t.day >= %(day)s and {first}"),
            "waste_visit": moves("visits still to make", "t.state = 'open'", heir=of_case),
            "waste_subscription": moves("subscriptions that run", "t.ends > %(day)s", heir=of_case),
        },
        figures=(
            succession.Figure(
                "Bin rounds", "select 'rounds', count(*) from waste_round where body_id = any(%(bodies)s)"
            ),
            succession.Figure(
                "Subscriptions",
                "select 'bins', coalesce(sum(bins), 0) from waste_subscription where body_id = any(%(bodies)s)",
            ),
        ),
    )
