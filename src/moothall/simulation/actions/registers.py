"""Fill the registers of the councils' other systems, so that staff have people to find."""

from datetime import date, datetime

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.people import actions as people
from moothall.simulation.rules.personas import RESIDENT
from moothall.simulation.rules.registers import COUNCIL_TAX, DISTRICTS, EASTWOLD, PURPOSES, Entry, registers

NIA_BORN = date(1988, 3, 2)
HOMES = 600


def fill_registers(*, seed: int, at: datetime, by: Actor) -> int:
    """Record what council tax, housing and libraries hold about some 120 invented people; return how many entries.

    The resident whom a newcomer can be is among Ashby's taxpayers, so that her first request there shows staff that
    they know her already.
    """
    homes = {body: bodies.homes_in(body, HOMES) for body in (*DISTRICTS, EASTWOLD)}
    nia = Entry(2, COUNCIL_TAX, "CO-2000001", RESIDENT.name, NIA_BORN, RESIDENT.home, email=RESIDENT.email)
    entries = registers(seed, homes, nia)
    for body_id in sorted({entry.body_id for entry in entries}):
        with scoped(Scope(bodies=(body_id,), purpose="taking over registers", actor=by)):
            for entry in entries:
                if entry.body_id == body_id:
                    _record(entry, at, by)
    return len(entries)


def _record(entry: Entry, at: datetime, by: Actor) -> None:
    purpose, basis = PURPOSES[entry.system]
    told = {"body_id": entry.body_id, "at": at, "by": by}
    person = people.record_person(
        name=entry.name,
        system=entry.system,
        reference=entry.reference,
        purpose=purpose,
        basis=basis,
        born=entry.born,
        **told,
    )
    for kind, value in (("email", entry.email), ("phone", entry.phone)):
        if value:
            people.add_contact(person_id=person, kind=kind, value=value, **told)
    people.move_home(person_id=person, uprn=entry.uprn, starts=at.date(), **told)
    if entry.language:
        people.set_need(person_id=person, kind="language", value=entry.language, **told)
    people.add_needs(person_id=person, needs=entry.needs, **told)
