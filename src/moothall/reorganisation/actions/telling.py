"""Write, once it is confirmed, to residents with open requests: one letter each, however often it is run."""

import datetime as dt
from collections import defaultdict
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core.actor import Actor
from moothall.core.operations import Running
from moothall.core.scope import Scope, scoped
from moothall.reorganisation import queries
from moothall.reorganisation.models import Told
from moothall.reorganisation.queries import letters


def tell_residents(*, running: Running, plan_id: UUID, at: dt.datetime, by: Actor) -> dict:
    """Write to everybody who has open requests with a successor; return how many letters were written.

    Each letter is one transaction, with a note of every request that it tells of: who was told is not told again.
    """
    found, written = queries.plan(plan_id), 0
    for successor in found.successors:
        with running.stage(f"tell-{successor.id}", f"Writing to residents of {successor.name}") as stage:
            for together in _residents(found, successor.id, by):
                written += _tell(found, successor.id, together, at, by)
                stage.advance(1)
    return {"letters": written}


def _residents(found: queries.PlanFact, successor_id: int, by: Actor) -> list[list]:
    """Return the open cases of a successor, those of one address together; without an address there is no letter."""
    reached = defaultdict(list)
    with _as(successor_id, by):
        for case in letters.taken_over(found, successor_id):
            address = cases.resident_address(cases.case_file(case.pk))
            if address:
                reached[address.channel, address.to].append(case)
    return list(reached.values())


def _tell(found: queries.PlanFact, successor_id: int, together: list, at: dt.datetime, by: Actor) -> int:
    keys = [one.pk for one in together]
    with _as(successor_id, by):
        if Told.objects.filter(reorganisation_id=found.row.pk, case_id__in=keys).exists():
            return 0
        subject, text = letters.letter_of(found, successor_id, together)
        message_id = casework.send_message(case_id=keys[0], subject=subject, text=text, at=at, by=by)
        Told.objects.bulk_create(
            Told(reorganisation_id=found.row.pk, body_id=successor_id, case_id=key, message_id=message_id, at=at)
            for key in keys
        )
    return 1


def _as(successor_id: int, by: Actor):
    return scoped(Scope(bodies=bodies.lineage(successor_id), purpose="reorganisation", actor=by))
