"""A plan as its page shows it: what is to do, what happens to what, figures before and after."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from moothall.reorganisation.queries.consenting import consents
from moothall.reorganisation.queries.differing import differing
from moothall.reorganisation.queries.plans import PlanFact, chapters
from moothall.reorganisation.rules.figures import rows
from moothall.reorganisation.rules.words import CHAPTERS


@dataclass(frozen=True)
class Passing:
    """What one chapter does on the day, in words: its name, and (kind, why) of each group of rows."""

    title: str
    moves: tuple[str, ...]
    stays: tuple[str, ...]
    also: tuple[str, ...]


def passing() -> list[Passing]:
    """Return what becomes of every chapter's rows, in words, the lowest storey first."""
    found = []
    for name, chapter in chapters():
        fates = [fate for table in chapter.fates for fate in chapter.of(table)]
        moves = Counter(_said(fate) for fate in fates if fate.kind != "stays")
        stays = Counter(fate.why for fate in fates if fate.kind == "stays")
        found.append(Passing(CHAPTERS[name], tuple(moves), tuple(stays), tuple(hook.words for hook in chapter.hooks)))
    return found


def _said(fate) -> str:
    return f"{fate.why} (where land is divided)" if fate.divided else fate.why


def figures(found: PlanFact) -> list[dict]:
    """Return the figures before and after of the last carrying out, or of the last rehearsal."""
    shown = found.row.figures if found.row.carried_out_at else (found.row.rehearsal or {}).get("figures")
    units = {one.words: one.unit for _, chapter in chapters() for one in chapter.figures}
    return [row for row in rows(shown or {}, units) if row["before"] or row["after"]]


def tasks(found: PlanFact, body_id: int) -> list[dict]:
    """Return what is to be done before the day, each computed from what is there."""
    row, at = found.row, {"plan_id": found.row.pk}
    differ = differing(found, row.vesting)
    open_ones = [one for one in differ if one.decided is None]
    waiting = [one for one in consents(found) if one.answer == ""]
    waits = ", ".join(body.name for body in found.not_agreed)
    return [
        _task("Agree to the plan", "reorganisation:agree", at, f"Waits for {waits}" if waits else "",
              "Not all have" if waits else "All have", not waits),
        _task("Decide what is done differently", "reorganisation:services", at,
              f"Differing: {len(differ)}" if differ else "Nothing differs",
              f"{len(open_ones)} to decide" if open_ones else "Decided", not open_ones),
        _task("Go through who moves where", "reorganisation:staff", at, "", "See the list", False),
        _task("Name who acts for the new council", "reorganisation:shadow", at,
              "It answers what outgoing councils want to sign", "See who does", False),
        _task("Answer what others want to commit", "reorganisation:consents", at,
              f"{len(waiting)} wait for an answer" if waiting else "", "Answer" if waiting else "None waits",
              not waiting),
        _task("Read what residents will be told", "reorganisation:letters", at, "One letter each, once it is confirmed",
              "See the letters", False),
        _task("Rehearse it on a copy", "reorganisation:rehearse", at, "Nothing of the real records changes",
              "Rehearsed" if row.rehearsed_at else "Not rehearsed", bool(row.rehearsed_at)),
    ]  # fmt: skip


def _task(title: str, page: str, at: dict, hint: str, status: str, done: bool) -> dict:
    return {"title": title, "url": reverse(page, kwargs=at), "hint": hint, "status": status, "done": done}
