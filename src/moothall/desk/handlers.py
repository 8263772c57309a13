"""What the desk answers to those who ask every chapter, and what it says of its columns."""

import datetime as dt
from uuid import UUID

from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.casework import queries as casework
from moothall.core import personal, ports
from moothall.core.actor import Actor
from moothall.core.belongings import Share, published
from moothall.core.events import on
from moothall.core.succession import Chapter, Figure, Place, heir_of, moves, stays
from moothall.desk import actions, queries
from moothall.inbox import queries as inbox
from moothall.inbox.events import Settled
from moothall.people import queries as people

PERSONAL = ("desk_contact", "desk_callback")


@ports.subject_access.answer(*PERSONAL)
def subject_access(person_ids: list[UUID], *, at: dt.datetime) -> dict[str, list[dict]]:
    """Return when and how a person was in touch, and what was noted."""
    return queries.held_about(person_ids)


@ports.contacts_about.answer()
def contacts_about(case_id: UUID) -> list:
    """Return who was in touch about a case."""
    return queries.contacts_of_case(case_id)


@ports.access_points.answer()
def access_points(body_id: int | None, service_id: str) -> list[dict]:
    """Return the places where people are received."""
    names = ("id", "body_id", "name", "name_cy", "address", "postcode", "lat", "lon", "hours", "services", "access")
    return [
        {name: getattr(point, name) for name in names}
        | {"url": reverse("desk:point", args=[bodies.body(point.body_id).slug, point.slug])}
        for point in queries.points(body_id=body_id, service_id=service_id)
    ]


@ports.erase.answer(*PERSONAL)
def erase(person_ids: list[UUID], body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase from a body's contacts who they were from and what was noted."""
    return actions.erase_person(person_ids=person_ids, body_id=body_id, at=at, by=by)


@ports.retention.answer(*PERSONAL)
def retention(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase it once it was kept long enough."""
    return actions.keep_no_longer(body_id=body_id, at=at, by=by)


@ports.forget_body.answer(*PERSONAL)
def forget_body(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase it once the body has left and took it along."""
    return actions.forget_body(body_id=body_id, at=at, by=by)


personal.declare(
    "desk_contact",
    "note",
    purpose="know what somebody who comes again was told",
    basis="public task",
    keep="2 years after the contact",
)


personal.declare(
    "desk_callback",
    *("phone", "about"),
    purpose="ring somebody back whom we promised it",
    basis="public task",
    keep="30 days after they were rung, or given up",
)


PUBLIC = "where a body receives the public is published"
personal.free("desk_accesspoint", "name", "name_cy", "address", "postcode", "lat", "lon", "phone", why=PUBLIC)


@ports.belongings.answer("desk_contact", "desk_callback", "desk_unitcost")
def goes_along() -> dict[str, Share]:
    """A body takes its contacts along; what a contact costs whom is published."""
    return {"desk_unitcost": published("what a contact costs each body")}


OPEN_POINT = "exists (select 1 from desk_accesspoint p where p.id = t.point_id and p.closed_on is null)"
#: Two predecessors may have called a place the same.
SLUG = """case when exists (select 1 from desk_accesspoint o where o.slug = t.slug and o.id <> t.id
  and o.body_id <> t.body_id and o.body_id in (select predecessor from succ union select successor from succ))
  then left(t.slug, 40) || '-' || right(t.id::text, 6) else t.slug end"""


@ports.succession.answer()
def passes_on() -> Chapter:
    """Who was in touch stays with the body of then; whoever is to be rung back is rung by the successor."""
    return Chapter(
        fates={
            "desk_contact": stays("who was in touch with the body of then"),
            "desk_callback": moves("whoever was promised a call is rung by the successor", "t.state = 'open'"),
            "desk_accesspoint": moves(
                "people are received where they were, by the successor that has the place",
                "t.closed_on is null",
                heir=heir_of("desk_accesspoint", "t.id"),
                slug=SLUG,
            ),
            "desk_otherhours": moves(
                "days that are otherwise go with their place",
                OPEN_POINT,
                heir=heir_of("desk_accesspoint", "t.point_id"),
            ),
            "desk_ticket": stays("who waited on days gone by"),
            "desk_unitcost": stays("what a contact cost the body of then"),
        },
        places={"desk_accesspoint": Place("t.easting", "t.northing", where="t.closed_on is null")},
        figures=(
            Figure(
                "Contacts",
                "select channel, count(*) from desk_contact where body_id = any(%(bodies)s) group by channel",
            ),
            Figure(
                "Call-backs", "select state, count(*) from desk_callback where body_id = any(%(bodies)s) group by state"
            ),
        ),
    )


BECAME = {
    "opened": ("request", "opened"),
    "added": ("more", "passed-on"),
    "answered": ("question", "answered"),
    "passed-on": ("wrong-place", "referred"),
    "nothing": ("question", "nothing"),
}
"""What a contact in writing was about and what became of it, by what became of the letter. Others are no contact."""


@on(Settled)
def count_letter(event: Settled, *, at: dt.datetime, by: Actor) -> None:
    """Somebody wrote, and it was dealt with: a contact like any other, from when it came until now."""
    if event.outcome not in BECAME:
        return
    kind, outcome = BECAME[event.outcome]
    row = inbox.arrival(event.arrival_id)
    seen = bool(event.case_id and casework.by_ids([event.case_id]))
    known = people.find(row.sender, event.body_id, limit=2) if row.sender else []
    actions.record_contact(
        body_id=event.body_id, channel=event.channel, kind=kind, outcome=outcome,
        person_id=known[0].person_id if len(known) == 1 else None, case_id=event.case_id if seen else None,
        key=f"case:{event.case_id}" if outcome == "opened" else f"arrival:{event.arrival_id}", ended_at=max(at, row.at),
        at=row.at, by=by,
    )  # fmt: skip
