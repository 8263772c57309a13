"""Give each body what its work needs: roads policy, contracts and rounds."""

from datetime import date, datetime, timedelta

from moothall.bodies import queries as find
from moothall.contracts import actions as contracts
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.core.workdays import england
from moothall.functions.highways import actions as highways
from moothall.functions.highways import queries as roads
from moothall.functions.waste import actions as waste
from moothall.simulation.rules import policies
from moothall.simulation.rules.organisations import COUNTY, DISTRICT_IDS

EVERYWHERE = (-(10**9), -(10**9), 10**9, 10**9)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def equip_functions(*, at: datetime, by: Actor) -> dict[str, int]:
    """Give the county its roads policy and surfacing contract, and each district its rounds; return how many of each.

    Doing it again changes nothing.
    """
    with scoped(Scope(bodies=(COUNTY,), purpose="equipping", actor=by)):
        highways.adopt_policy(body_id=COUNTY, **policies.HIGHWAYS_POLICY, at=at, by=by)
        covered = _surfacing(at, by)
    streets = {body_id: [] for body_id in DISTRICT_IDS.values()}
    for street in find.streets_within(*EVERYWHERE):
        done_by = find.responsible("waste-collection", find.place_of_street(street.usrn), None).body_id
        if done_by in streets:
            streets[done_by].append(street)
    rounds = sum(_rounds(body_id, found, at, by) for body_id, found in streets.items())
    return {"stretches under guarantee": covered, "rounds": rounds}


def _surfacing(at: datetime, by: Actor) -> int:
    contract = contracts.let_contract(body_id=COUNTY, **policies.SURFACING, at=at, by=by)
    clause = contracts.add_clause(contract=contract, **policies.NO_DEFECTS, at=at, by=by)
    keys = []
    for street in find.streets_within(*EVERYWHERE):
        if (street.name, street.locality) in policies.SURFACED:
            lay = {"usrn": street.usrn, "street": street.name, "line": street.line}
            highways.lay_street(body_id=COUNTY, **lay, at=at, by=by)
            keys += [row.key for row in roads.stretches(street.usrn)]
    return contracts.cover(clause=clause, segments=keys, certified_on=policies.CERTIFIED, at=at, by=by)


def _rounds(body_id: int, streets: list, at: datetime, by: Actor) -> int:
    """Share a district's streets out over the five working days, neighbours on the same day, and plan the rounds."""
    streets = sorted(streets, key=lambda s: (s.locality, s.name, s.usrn))
    share = -(-len(streets) // 5)
    with scoped(Scope(bodies=(body_id,), purpose="equipping", actor=by)):
        for day in sorted(england().holidays):
            if day >= policies.ROUNDS_SINCE and day.weekday() < 5 and not _good_friday(day):
                waste.shift_day(body_id=body_id, day=day, source=policies.SHIFT_SOURCE, at=at, by=by)
        for weekday in range(5):
            served = [(s.usrn, s.name) for s in streets[weekday * share : (weekday + 1) * share]]
            for stream, name, weeks, later in policies.STREAMS:
                waste.plan_round(
                    body_id=body_id, code=f"{stream[:3]}-{weekday + 1}".upper(), stream=stream, weekday=weekday,
                    name=f"{name}, {WEEKDAYS[weekday]}", weeks=weeks, streets=served,
                    starts=policies.ROUNDS_SINCE + timedelta(weeks=later), at=at, by=by,
                )  # fmt: skip
    return 5 * len(policies.STREAMS)


def _good_friday(day: date) -> bool:
    """Say whether a bank holiday is Good Friday: the one Friday whose Monday is a bank holiday too, in spring."""
    return day.weekday() == 4 and day + timedelta(days=3) in england().holidays and day.month in (3, 4)
