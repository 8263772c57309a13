"""Known deals as they were published (facts/replays): their figures worked out again, and the case they make.

Nothing is put in that was not published. A figure that does not come out as published says why. The case cannot be
appraised: what it is refused for, by name, is what the sources at hand do not tell.
"""

import copy
import math
import operator
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from moothall.appraisal.rules.basis import Fault
from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.reading import everything_wrong, shape_faults

WORKS = {
    "plus": lambda *parts: math.fsum(parts),
    "minus": operator.sub,
    "times": lambda *parts: math.prod(parts),
    "over": operator.truediv,
}
UNTOLD = {
    "basis": "The basis on which any two ways could be compared",
    "lines": "What continuing as now costs, and what all of the deal costs",
    "risks": "Who bears the risks, and their price",
    "workforce": "What becomes of staff",
    "principles": "Principles of public service, equity and sustainability",
    "impacts": "Effects on people and places",
}
"""Headings under which what the sources do not tell is put, by the field; all else stands under `lines`."""
ENTERED = {"author": "Copied from what was published", "on": "2026-11-22"}
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
    case: dict

    def untold(self) -> dict[str, list[tuple[Fault, tuple[str, ...]]]]:
        """Return {heading: [(a fault, the titles of the options it is about)]} of what keeps it from an appraisal.

        No title stands where a fault is about the whole case or about every option.
        """
        titles = {name: option["title"] for name, option in self.case["options"].items()}
        about: dict[tuple, list[str]] = defaultdict(list)
        first: dict[tuple, Fault] = {}
        for fault in refusals(self.case):
            key = (fault.field, fault.what)
            first.setdefault(key, fault)
            about[key] += [titles[fault.option]] if fault.option in titles else []
        told: dict[str, list] = {heading: [] for heading in UNTOLD.values()}
        for key, fault in first.items():
            head = fault.field.partition(".")[0]
            told[UNTOLD.get(head, UNTOLD["lines"])].append(
                (fault, tuple(about[key]) if len(about[key]) < len(titles) else ())
            )
        return {heading: rows for heading, rows in told.items() if rows}


def replays() -> list[Replay]:
    """Return the known deals, worked out, the oldest file name first."""
    return [replay(fact(f"replays/{name}"), name) for name in names()]


@cache
def names() -> tuple[str, ...]:
    """Return the names of the deals."""
    found = files("moothall.appraisal").joinpath("facts", "replays").iterdir()
    return tuple(sorted(one.name.removesuffix(".yaml") for one in found if one.name.endswith(".yaml")))


def is_replay(data: dict) -> bool:
    """Return whether what a file says is a deal as it was published, and not a case."""
    return {"given", "figures", "case"} <= set(data)


def refusals(case: dict) -> list[Fault]:
    """Return everything a published case is refused for.

    What is missing in its shape is named first. Then a stand-in takes its place (facts/stand_in.yaml), so that the rest
    that is missing can be named as well; nothing is worked out from it.
    """
    return shape_faults(case) + everything_wrong(Case.model_validate(_with_stand_ins(case)))


def _with_stand_ins(case: dict) -> dict:
    stand_in, whole = fact("stand_in"), copy.deepcopy(case)
    whole["inputs"]["nothing"] = stand_in["nothing"]
    for option in whole["options"].values():
        option["basis"] = stand_in["basis"]
        option.setdefault("preparation", stand_in["preparation"])
        option.setdefault("lines", {"untold": stand_in["line"]})
        if "workforce" in option:
            option["workforce"] = stand_in["workforce"] | option["workforce"]
        for line in option["lines"].values():
            if line["kind"] == "investment":
                line.setdefault("life", stand_in["life"])
    return whole


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


def replay(told: dict, name: str) -> Replay:
    """Return a deal worked out: its figures in order, and its case with what was published as its inputs."""
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
    return Replay(name, told["title"], told["source"], told["given"], tuple(figures), _case(told))


def _case(told: dict) -> dict:
    """Return the case as far as it was published: every figure is an input, each option's basis is empty."""
    case = copy.deepcopy(told["case"]) | {"edition": 1, "seed": 1, **ENTERED}
    units = {"pounds": "£"}
    case["inputs"] = {
        name: {"what": one["what"], "value": one["value"], "unit": units.get(one["unit"], one["unit"])}
        | {"source": told["source"], **ENTERED}
        for name, one in told["given"].items()
    }
    for option in case["options"].values():
        option["basis"] = {}
    return case
