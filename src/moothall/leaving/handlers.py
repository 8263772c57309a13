"""What leaving answers to those who ask every chapter, and what it tells of a partnership."""

import datetime as dt
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core import operations, personal
from moothall.core.actor import Actor
from moothall.core.belongings import Share, stays
from moothall.core.clock import local
from moothall.core.events import on
from moothall.core.ports import (
    belongings,
    body_notice,
    has_left,
    left_behind,
    partnership_finding,
    retention,
    succession,
)
from moothall.core.queue import defer
from moothall.core.scope import Scope, scoped
from moothall.core.succession import Chapter
from moothall.core.succession import stays as stays_behind
from moothall.leaving import actions, queries
from moothall.leaving.actions import carrying, packing
from moothall.leaving.events import DepartureDecided
from moothall.sharing import queries as sharing
from moothall.ui.rules import date_words

LEAVES = {
    "en": "{name} leaves this platform on {day}. What changes for residents",
    "cy": "Mae {name} yn gadael y llwyfan hwn ar {day}. Beth sy'n newid i breswylwyr",
}
LEFT = {
    "en": "{name} left this platform on {day}. What changed for residents",
    "cy": "Gadawodd {name} y llwyfan hwn ar {day}. Beth newidiodd i breswylwyr",
}


@partnership_finding.answer()
def leaves(partnership_id: UUID, day: dt.date, lang: str) -> list[tuple[str, str]]:
    """Return which members of a partnership leave the platform altogether."""
    members = sharing.partnership_of(partnership_id, day).members
    return [_told(one, lang) for one in queries.departures() if one.body_id in members]


@body_notice.answer()
def leaves_or_left(body_id: int, day: dt.date, lang: str) -> list[tuple[str, str]]:
    """Return that a body leaves the platform, or has left it."""
    found = queries.departure(body_id)
    return [_told(found, lang)] if found else []


@left_behind.answer()
def left() -> list[int]:
    """Return the bodies that have left, and those before them: what they left is erased when its time is past."""
    return sorted({one for found in queries.gone() for one in bodies.lineage(found.body_id)})


@retention.answer()
def returned(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase what a body that has left took along, once it had its time to see that it arrived."""
    return actions.erase_returned(body_id=body_id, at=at, by=by)


@has_left.answer()
def gone(body_id: int) -> bool:
    """Return whether a body has left: what it goes on offering, it offers elsewhere."""
    found = queries.departure(body_id)
    return bool(found and found.state == "gone")


def _told(one, lang: str) -> tuple[str, str]:
    words = (LEFT if one.state == "gone" else LEAVES)[lang]
    name, slug = bodies.names(lang)[one.body_id], bodies.body(one.body_id).slug
    return words.format(name=name, day=date_words(one.leaves, lang)), reverse("leaving:public", args=[slug])


@operations.kind(carrying.KIND)
def carry_out(running: operations.Running, *, at: dt.datetime, by: Actor) -> dict:
    """Carry a body's leaving out, stage by stage, and ask for its last archive.

    Each stage acts by the doors and in the scopes of the bodies that it concerns, not as the owner of the tables.
    """
    body_id = running.body_id
    with scoped(Scope(bodies=(body_id,), purpose="leaving", actor=by)):
        departure = queries.the_departure(body_id)
    for name, words, do in carrying.STAGES:
        if not running.done(name):
            total = carrying.to_hand_over(departure=departure, at=at, by=by) if name == "cases" else 0
            with running.stage(name, words, total=total) as going:
                do(departure=departure, advance=going.advance, at=at, by=by)
    with scoped(Scope(bodies=(body_id,), purpose="leaving", actor=by)):
        actions.ask_for_archive(body_id=body_id, at=at, by=by)
    return {"departure": str(departure.pk)}


@operations.kind(packing.KIND)
def make_archive(running: operations.Running, *, at: dt.datetime, by: Actor) -> dict:
    """Make an archive of everything that a body owns, as one file to download."""
    return actions.pack_archive(
        body_id=running.body_id, name=running.subject["name"], data=Path(settings.MOOTHALL_DATA), stage=running.stage,
        at=at, by=by,
    )  # fmt: skip


@on(DepartureDecided)
def tell_others(event: DepartureDecided, *, at: dt.datetime, by: Actor) -> None:
    """Write to the bodies for which it does something, and to those who do something for it, in their own scope."""
    for other in queries.concerned(event.body_id, local(at).date()):
        defer("leaving.tell", body=other, key=f"leaving.tell:{event.departure_id}:{other}", leaver=event.body_id,
              leaves=event.leaves.isoformat())  # fmt: skip


personal.free("leaving_departure", "reason", "address", "phone", why="a public body's decision, as published")
personal.free("leaving_afterwards", "name", why="the name of a public body or a firm")
personal.free("leaving_costing", "sums", why="sums between public bodies")
personal.free("leaving_archive", "name", why="the name of an archive")


@belongings.answer("leaving_archive")
def goes_along() -> dict[str, Share]:
    """What it decided goes with the body; the archives themselves lie where they were made."""
    return {"leaving_archive": stays("the list of archives that were made here")}


@succession.answer()
def passes_on() -> Chapter:
    """That a body meant to leave, or did, stays written under its name: its successor decides for itself."""
    decided = stays_behind("what that body decided about leaving; its successor decides for itself")
    tables = ("departure", "afterwards", "handed", "costing", "archive")
    return Chapter(fates={f"leaving_{part}": decided for part in tables})
