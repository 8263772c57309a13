"""Answers to what is asked of every chapter: what we hold about somebody, and its erasure."""

from datetime import datetime
from uuid import UUID

from moothall.core import personal, ports, succession
from moothall.core.actor import Actor
from moothall.core.belongings import Share, stays
from moothall.people import actions, queries
from moothall.people.rules.terms import NEEDS_BASIS


@ports.subject_access.answer(*queries.TABLES)
def held_about(person_ids: list[UUID], *, at: datetime) -> dict[str, list[dict]]:
    """Return everything held about these people, in headings that they understand."""
    return queries.held_about(person_ids)


@ports.find_person.answer(*queries.TABLES)
def find_person(text: str, body_id: int) -> list[dict]:
    """Return who is found in a body for a name, an address to write to or a postcode, each with all their ids."""
    return [
        {
            "person_ids": list(queries.identity(found.person_id)),
            "name": found.name,
            "detail": ", ".join(found.details),
        }
        for found in queries.find(text, body_id)
    ]


@ports.erase.answer(*queries.ERASABLE)
def erase(person_ids: list[UUID], body_id: int, *, at: datetime, by: Actor) -> dict[str, int]:
    """Erase what a body holds about these people; decisions about who is the same hold ids only and stay."""
    return actions.erase(person_ids=person_ids, body_id=body_id, at=at, by=by)


@ports.retention.answer(*queries.ERASABLE)
def let_go(body_id: int, *, at: datetime, by: Actor) -> dict[str, int]:
    """Erase a body's records whose purpose was fulfilled longer ago than they may be kept."""
    return actions.let_go(body_id=body_id, at=at, by=by)


@ports.forget_body.answer(*queries.ERASABLE)
def forget_body(body_id: int, *, at: datetime, by: Actor) -> dict[str, int]:
    """Erase the records of a body that has left."""
    return actions.forget_body(body_id=body_id, at=at, by=by)


SIX_YEARS = "6 years after the purpose was fulfilled (Limitation Act 1980 s.2, s.5)"
for table, columns, purpose in (
    ("people_name", ("full", "known_as", "normal", "family"), "to address people and to find their request again"),
    ("people_contactpoint", ("value", "normal"), "to tell people how their request goes"),
    ("people_residence", ("uprn", "address", "postcode"), "to do work at people's homes and for those who live there"),
    ("people_householdmember", ("household",), "to decide what depends on who lives together"),
    ("people_need", ("kind", "value"), "to serve people in a language and a way they can use: " + NEEDS_BASIS),
    ("people_sourcerecord", ("reference", "born"), "to tell people from each other"),
    (
        "people_actsfor",
        ("kind", "paper", "person_name", "agent_name"),
        "to deal with those whom people let act for them",
    ),
):
    personal.declare(table, *columns, purpose=purpose, basis="public task", keep=SIX_YEARS)
personal.free("people_link", "reason", why="a code that says on what two records were found to be the same")


@ports.belongings.answer(*queries.TABLES)
def goes_along() -> dict[str, Share]:
    """A body takes what it collected itself; of a person, who is a bare id, as much as its own rows name."""
    named = "select {} from {} where body_id = %(body)s"
    columns = {
        "people_sourcerecord": ("person_id",),
        "people_actsfor": ("person_id", "agent_id"),
        "people_link": ("one_id", "other_id"),
    }
    found = [named.format(column, table) for table, wanted in columns.items() for column in wanted]
    found = [one + " and not said" if "people_actsfor" in one else one for one in found]
    return {
        "people_person": Share(f"id in ({' union '.join(found)})", "bare ids of people whom its own records name"),
        "people_accountlink": stays("residents' accounts are theirs, not the body's"),
        "people_actsfor": Share("body_id = %(body)s and not said", "who may act for whom by a paper that it saw"),
    }


LIVES_AT = """(select d.{} from people_residence r join bodies_dwelling d on d.uprn = r.uprn
  where r.record_id = t.id order by r.starts desc nulls last, r.id limit 1)"""


@ports.succession.answer(*queries.TABLES)
def passes_on() -> succession.Chapter:
    """What a body knows of people stays its record, which the successor reads; of divided land, by where they live."""
    of_record = succession.heir_of("people_sourcerecord", "t.record_id")
    kept = "records of people stay as they were collected; the successor reads them"
    lives = "records of people who live on the land that goes"
    parts = ("contactpoint", "householdmember", "name", "need", "residence")
    there = "{} is not null"
    found = succession.heir_of("people_sourcerecord", "t.id")
    moved = {
        f"people_{part}": succession.moves(lives, there.format(of_record), heir=of_record, divided=True)
        for part in parts
    }
    record = succession.moves(lives, there.format(found), heir=found, divided=True)
    return succession.Chapter(
        fates={
            "people_sourcerecord": record,
            **moved,
            "people_actsfor": succession.stays(kept),
            "people_link": succession.stays("decisions about who is the same are history"),
        },
        places={
            "people_sourcerecord": succession.Place(LIVES_AT.format("easting"), LIVES_AT.format("northing")),
        },
        figures=(
            succession.Figure(
                "People known",
                "select 'people', count(distinct person_id) from people_sourcerecord where body_id = any(%(bodies)s)",
            ),
        ),
    )
