"""What a plan must hold before anybody works on it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

WHOLE = 10_000


@dataclass(frozen=True)
class NewBody:
    """A body that begins on the vesting day."""

    code: str
    slug: str
    name: str
    kind: str
    colour: str
    accent: str
    name_cy: str = ""
    wordmark: str = ""
    address: str = ""

    def identity(self) -> dict:
        """Return what founding it needs."""
        names = ("code", "slug", "name", "kind", "colour", "accent", "name_cy", "wordmark")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Part:
    """A predecessor (its id) goes to a successor (its code): whole, or with the land and the share that is named."""

    predecessor: int
    successor: str
    land: tuple[int, ...] = ()
    residuary: bool = True
    share: int = WHOLE


def problems(
    lead: int, vesting: dt.date, successors: Iterable[NewBody], parts: list[Part], known: dict, today: dt.date
) -> list[str]:
    """Return in words what is wrong with a plan; empty when it can be worked on.

    >>> problems(1, dt.date(2027, 4, 1), [], [], {}, dt.date(2026, 11, 1))
    ['Name at least one body that ends and one that begins.', 'The body that runs the plan must be one that ends.']
    """
    codes, found = {one.code for one in successors}, []
    if not parts or not codes:
        found.append("Name at least one body that ends and one that begins.")
    if vesting < today:
        found.append("The vesting day has gone by. Choose today or a later day.")
    if lead not in {part.predecessor for part in parts}:
        found.append("The body that runs the plan must be one that ends.")
    if codes - {part.successor for part in parts}:
        found.append("Every body that begins must take something over.")
    for body in sorted({part.predecessor for part in parts}):
        found += _of_one(body, [part for part in parts if part.predecessor == body], codes, known)
    return found


def _of_one(body: int, parts: list[Part], codes: set[str], known: dict) -> list[str]:
    if body not in known or not known[body].partner:
        return [f"Body {body} does not work on this platform, or has ended."]
    name, found = known[body].name, []
    if any(part.successor not in codes for part in parts):
        found.append(f"{name} goes to a body that is not named.")
    if sum(part.residuary for part in parts) != 1:
        found.append(f"Say which one body takes what has no place at {name}.")
    if sum(part.share for part in parts) != WHOLE:
        found.append(f"The shares of {name} must add up to 100%.")
    if len(parts) > 1 and any(not part.land for part in parts):
        found.append(f"{name} is divided: say which land goes to each.")
    return found
