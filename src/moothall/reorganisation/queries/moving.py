"""Where staff go on the day."""

import datetime as dt
from dataclasses import dataclass

from moothall.bodies import queries as bodies
from moothall.reorganisation.models import StaffMove
from moothall.reorganisation.queries.plans import PlanFact


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
