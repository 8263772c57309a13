"""What must be settled before the day: services that are done differently, and where staff go."""

import datetime as dt
from dataclasses import dataclass

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.money import pounds
from moothall.reorganisation.models import Setting, StaffMove
from moothall.reorganisation.queries.plans import PlanFact
from moothall.sharing import queries as sharing


@dataclass(frozen=True)
class Way:
    """How one predecessor does a service: its adoption, and its settings as (label, value in words)."""

    body: object
    adoption: object
    provider: str
    version: int
    settings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Differing:
    """A service that the predecessors of one successor do in different ways, and what was decided."""

    successor: object
    service_id: str
    title: str
    ways: tuple[Way, ...]
    decided: Setting | None


def differing(found: PlanFact, on: dt.date) -> list[Differing]:
    """Return the services whose settings, version or provider differ, in the order of their titles.

    Read on the day before vesting: what was adopted then is what passes on.
    """
    eve = on - dt.timedelta(days=1)
    said = {(row.body_id, row.service_id): row for row in Setting.objects.filter(reorganisation_id=found.row.pk)}
    rows = []
    for successor in found.successors:
        services: dict[str, list[Way]] = {}
        for body in found.before(successor.id):
            for adoption in sharing.adoptions(eve, body_id=body.id):
                services.setdefault(adoption.service_id, []).append(_way(body, adoption))
        for service_id, ways in services.items():
            if len({(way.version, way.provider, way.settings) for way in ways}) > 1:
                title = catalogue.definition(ways[0].adoption.version_id).title.en
                decided = said.get((successor.id, service_id))
                rows.append(Differing(successor, service_id, title, tuple(ways), decided))
    return sorted(rows, key=lambda one: (one.title, one.successor.name))


def undecided(found: PlanFact) -> list[Differing]:
    """Return what differs and is not decided."""
    return [one for one in differing(found, found.row.vesting) if one.decided is None]


def _way(body, adoption) -> Way:
    published, own = catalogue.version(adoption.version_id), adoption.parameters
    parameters = published.definition.leaves_open
    said = tuple(
        (one.label.removesuffix(", in pence"), _in_words(one.type, own.get(name, one.default)))
        for name, one in parameters.items()
    )
    provider = "its own teams" if adoption.provider_id == body.id else bodies.body(adoption.provider_id).name
    return Way(body, adoption, provider, published.number, said)


def _in_words(kind: str, value) -> str:
    if kind == "money":
        return pounds(value)
    if kind == "yes-no":
        return "Yes" if value else "No"
    return str(getattr(value, "en", value))


@dataclass(frozen=True)
class Transfer:
    """One appointment and where it goes: `successor` None for somebody who does not transfer."""

    staff: object
    successor: object
    team: str
    changed: bool


def staff_list(found: PlanFact, body_id: int, on: dt.date) -> list[Transfer]:
    """Return a body's appointments, by name, with the body and the team that each goes to."""
    said = {row.staff_id: row for row in StaffMove.objects.filter(reorganisation_id=found.row.pk, body_id=body_id)}
    first = found.heirs_of(body_id)[0]
    rows = []
    for one in bodies.staff(body_id, on):
        move, own = said.get(one.pk), one.team.code if one.team else ""
        heir = first if move is None else bodies.body(move.successor_id) if move.successor_id else None
        rows.append(Transfer(one, heir, (move.team_code if move else "") or own, move is not None))
    return rows


def check_staff(found: PlanFact, body_id: int, rows: list[dict]) -> tuple[list[str], list[dict]]:
    """Return what is wrong with a transfer list, line by line, and the rows that say something else than usual."""
    known = {one.staff.pk: one for one in staff_list(found, body_id, found.row.vesting)}
    heirs, usual = {one.code: one for one in found.heirs_of(body_id)}, found.heirs_of(body_id)[0]
    teams = {team.code for body in found.predecessors for team in bodies.teams(body.id)}
    wrong, kept = [], []
    for line, row in enumerate(rows, start=2):
        one = known.get(row["staff_id"])
        if one is None:
            wrong.append(f"Line {line}: there is no appointment {row['staff_id']}.")
        elif row["successor"] and row["successor"] not in heirs:
            wrong.append(f"Line {line}: write {' or '.join(sorted(heirs))}, or nothing.")
        elif row["team"] and row["team"] not in teams:
            wrong.append(f"Line {line}: there is no team {row['team']}.")
        else:
            own = one.staff.team.code if one.staff.team else ""
            heir = heirs.get(row["successor"])
            if (heir, row["team"] or own) != (usual, own):
                kept.append({"staff_id": one.staff.pk, "successor_id": heir.id if heir else None,
                             "team_code": row["team"]})  # fmt: skip
    return wrong, kept
