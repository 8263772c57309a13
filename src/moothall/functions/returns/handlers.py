"""Returns answer what is asked of every chapter."""

import datetime as dt
from uuid import UUID

from moothall.casework import queries as casework
from moothall.core import personal, ports, succession
from moothall.core.actor import Actor
from moothall.functions.returns import actions, queries

LIES = "(select d.{} from bodies_dwelling d where d.uprn = t.uprn)"
PERSONAL = ("returns_entry", "returns_change")


@ports.subject_access.answer(*PERSONAL)
def subject_access(person_ids: list[UUID], *, at: dt.datetime) -> dict[str, list[dict]]:
    """Return what returns keep about a person, by way of their cases."""
    return queries.held_about([case.pk for case in casework.my_cases(person_ids)])


@ports.erase.answer(*PERSONAL)
def erase(person_ids: list[UUID], body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase a person's addresses from entries of one body that have ended."""
    ids = [case.pk for case in casework.my_cases(person_ids)]
    return actions.erase_cases(case_ids=ids, body_id=body_id, at=at, by=by)


@ports.retention.answer(*PERSONAL)
def retention(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase addresses from entries that ended more than six years ago."""
    return actions.keep_no_longer(body_id=body_id, at=at, by=by)


@ports.forget_body.answer(*PERSONAL)
def forget_body(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase the addresses of a body that has left."""
    return actions.forget_body(body_id=body_id, at=at, by=by)


personal.declare(
    "returns_entry", "uprn", "label", "why", purpose="know who owes a return, and remind them", basis="public task",
    keep="6 years after the last was owed",
)  # fmt: skip
personal.declare(
    "returns_change", "was", "became", "why", purpose="say what an officer changed in who owes a return, and why",
    basis="public task", keep="6 years after the last was owed",
)  # fmt: skip


@ports.owes.answer()
def owes(case_ids: list[UUID], day: dt.date, language: str) -> list[ports.Owed]:
    """Say which returns are due soon or late by these requests."""
    return queries.owed_by(case_ids, day, language)


@ports.succession.answer(*PERSONAL)
def passes_on() -> succession.Chapter:
    """Returns are owed to the successor, on the days that were told."""
    mine = succession.heir_of("returns_entry", "t.id")
    of_entry = succession.heir_of("returns_entry", "t.entry_id")
    return succession.Chapter(
        fates={
            "returns_entry": succession.moves("who owes a return", heir=mine),
            "returns_due": succession.moves("returns owed and filed, with their days", heir=of_entry),
            "returns_change": succession.moves("what officers changed, with their entry", heir=of_entry),
        },
        places={
            "returns_entry": succession.Place(LIES.format("easting"), LIES.format("northing"), where="t.uprn <> ''")
        },
        figures=(
            succession.Figure(
                "Returns owed",
                "select 'owed', count(*) from returns_due where filed_on is null and body_id = any(%(bodies)s)",
            ),
        ),
    )
