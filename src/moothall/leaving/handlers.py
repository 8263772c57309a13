"""What leaving answers to those who ask every chapter, and what it tells of a partnership."""

import datetime as dt
from uuid import UUID

from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core import personal
from moothall.core.belongings import Share, stays
from moothall.core.ports import belongings, partnership_finding, succession
from moothall.core.succession import Chapter
from moothall.core.succession import stays as stays_behind
from moothall.leaving import queries
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
    members, names = sharing.partnership_of(partnership_id, day).members, bodies.names(lang)
    return [
        (
            (LEFT if one.state == "gone" else LEAVES)[lang].format(
                name=names[one.body_id], day=date_words(one.leaves, lang)
            ),
            reverse("leaving:public", args=[bodies.body(one.body_id).slug]),
        )
        for one in queries.departures()
        if one.body_id in members
    ]


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
    return Chapter(fates={f"leaving_{part}": decided for part in ("departure", "afterwards", "costing", "archive")})
