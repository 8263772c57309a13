"""Published figures of known deals, worked out again from what was published (facts/replays.yaml).

Nothing is put in that was not published. A figure that does not come out as published says why.
"""

import math
import operator
from dataclasses import dataclass

from moothall.appraisal.rules.facts import fact

WORKS = {
    "plus": lambda *parts: math.fsum(parts),
    "minus": operator.sub,
    "times": lambda *parts: math.prod(parts),
    "over": operator.truediv,
}
SIGNS = {"plus": "+", "minus": "-", "times": "x", "over": "/"}


@dataclass(frozen=True)
class Figure:
    """One figure worked out again: its value unrounded, and what was published, if anything."""

    name: str
    what: str
    formula: str
    value: float
    unit: str
    published: float | None
    decimals: int
    differs: str

    @property
    def agrees(self) -> bool:
        """Return whether it is what was published, rounded to as many decimals as were published."""
        return self.published is None or round(self.value, self.decimals) == self.published


@dataclass(frozen=True)
class Replay:
    """One deal: what was published of it, and what follows."""

    name: str
    title: str
    source: str
    given: dict[str, dict]
    figures: tuple[Figure, ...]


def replays() -> list[Replay]:
    """Return the known deals, worked out."""
    return [_replay(name, told) for name, told in fact("replays").items()]


def said(value: float, unit: str) -> str:
    """Return a figure in print.

    >>> said(0.42161, "share"), said(16_200_000, "pounds"), said(527.04, "jobs")
    ('42.16 %', '£16.2 million', '527')
    """
    if unit == "share":
        return f"{100 * value:.4g} %"
    if unit == "pounds":
        return f"£{value / 1e6:,.6g} million" if abs(value) >= 1e6 else f"£{value:,.0f}"
    return f"{value:,.0f}"


def _replay(name: str, told: dict) -> Replay:
    known = {key: float(each["value"]) for key, each in told["given"].items()}
    words = {key: each["what"] for key, each in (told["given"] | told["figures"]).items()}
    figures = []
    for key, each in told["figures"].items():
        work, *parts = each["work"]
        known[key] = WORKS[work](*(known[part] for part in parts))
        figures.append(
            Figure(
                name=key,
                what=each["what"],
                formula=f" {SIGNS[work]} ".join(words[part][0].lower() + words[part][1:] for part in parts),
                value=known[key],
                unit=each["unit"],
                published=each.get("published"),
                decimals=each.get("decimals", 0),
                differs=each.get("differs", ""),
            )
        )
    return Replay(name, told["title"], told["source"], told["given"], tuple(figures))
