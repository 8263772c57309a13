"""A service improvement plan: what it needs before it is adopted, what it costs year by year, and what slips."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from moothall.promises.rules.health import Alarm

HORIZON = 3
"""For how many years a plan looks ahead; it is written anew every year."""

GROUPS = ("users", "community", "staff", "unions")
"""Who is involved in every plan: users, the community, front-line staff, unions."""

STATES = ("draft", "adopted")
ACTION_STATES = ("planned", "begun", "done", "dropped")
ACTION_FOLLOWS = {
    "planned": ("begun", "done", "dropped"),
    "begun": ("done", "dropped"),
    "done": (),
    "dropped": (),
}
"""What may follow what for an action; done and dropped come with what was learnt."""


@dataclass(frozen=True)
class Act:
    """An action as the rules read it; `costs` are the pence of the plan's years, in their order."""

    title: str
    has_owner: bool
    starts: date
    due: date
    costs: tuple[int, ...]
    effect: str
    state: str = "planned"
    key: str = ""


@dataclass(frozen=True)
class Heard:
    """What a group said, and what was answered; `group` is one of GROUPS, or "lesson" for what was learnt before."""

    group: str
    said: str
    answer: str


def missing(acts: Sequence[Act], voices: Sequence[Heard], priorities: str) -> tuple[tuple[str, str], ...]:
    """Return what a plan lacks before it can be adopted, as (kind, what it is about).

    >>> missing([], [Heard("users", "More days", "From May")], "Fewer missed bins")
    (('actions', ''), ('group', 'community'), ('group', 'staff'), ('group', 'unions'))
    """
    lacks = [] if priorities else [("priorities", "")]
    lacks += [] if acts else [("actions", "")]
    lacks += [("owner", one.title) for one in acts if not one.has_owner and one.state != "dropped"]
    lacks += [("effect", one.title) for one in acts if not one.effect]
    heard = {one.group for one in voices}
    lacks += [("group", group) for group in GROUPS if group not in heard]
    lacks += [("answer", one.said) for one in voices if not one.answer]
    return tuple(lacks)


def phased(acts: Sequence[Act], years: int = HORIZON) -> list[int]:
    """Return what a plan costs in each of its years; an action that was dropped costs nothing.

    >>> day = date(2026, 5, 1)
    >>> phased([Act("A", True, day, day, (5, 6), "x"), Act("B", True, day, day, (1, 0, 2), "x")])
    [6, 6, 2]
    """
    live = [one for one in acts if one.state != "dropped"]
    return [sum(one.costs[n] if n < len(one.costs) else 0 for one in live) for n in range(years)]


def alarms(acts: Sequence[Act], on: date) -> list[Alarm]:
    """Return what warns of an adopted plan: an action nobody owns, one that should have begun, one that is late."""
    found = []
    for one in acts:
        if one.state in ("done", "dropped"):
            continue
        if not one.has_owner:
            found.append(Alarm(f"owner:{one.key}", "owner", {"title": one.title}))
        if one.due < on:
            found.append(Alarm(f"due:{one.key}", "due", {"title": one.title, "due": one.due}))
        elif one.state == "planned" and one.starts < on:
            found.append(Alarm(f"begin:{one.key}", "begin", {"title": one.title, "starts": one.starts}))
    return found


def progress(acts: Sequence[Act]) -> tuple[int, int]:
    """Return how many actions are done, of how many that were not dropped."""
    live = [one for one in acts if one.state != "dropped"]
    return sum(one.state == "done" for one in live), len(live)
