"""Facts that stand outside any one case: discount rates, optimism bias, reference classes, the twelve risks.

They are data with a source and a date (`facts/*.yaml`), so that a new edition is a new entry and never an edit of code.
"""

from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML


@cache
def fact(name: str) -> dict:
    """Return one file of facts, for example fact("optimism")."""
    text = files("moothall.appraisal").joinpath("facts", f"{name}.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)


def rate(schedule: dict, year: int) -> float:
    """Return a schedule's discount rate for a year counted from the start (year 0)."""
    return next(step["rate"] for step in schedule["steps"] if year <= step.get("to", year))


@cache
def discount_factors(schedule_id: str, years: int) -> tuple[float, ...]:
    """Return the discount factors of years 0 to `years` - 1: year 0 counts in full.

    Each year's factor is last year's divided by 1 + that year's rate (Green Book, annex 6).

    >>> [round(f, 9) for f in discount_factors("green-book-2022", 76)[30:32]]
    [0.356278411, 0.34590137]
    """
    schedule = fact("discount")[schedule_id]
    found = [1.0]
    for year in range(1, years):
        found.append(found[-1] / (1 + rate(schedule, year)))
    return tuple(found[:years])


def optimism(kind: str, measure: str, managed: dict[str, tuple[float, float]]) -> float:
    """Return the optimism bias still to be added, as a share.

    `managed` holds for each contributing factor (its contribution, the share of it that is managed), both 0 to 1.
    Raises KeyError where the source gives no bound for that measure (outsourcing has one for operating cost only).

    >>> five = {"a": (0.05, 1), "b": (0.02, 1), "c": (0.22, 0.4), "d": (0.05, 1), "e": (0.03, 1)}
    >>> round(optimism("non-standard-buildings", "duration", five), 3)
    0.297
    """
    upper, lower = fact("optimism")["types"][kind][measure]
    relief = sum(contribution * share for contribution, share in managed.values())
    return max(lower, upper * (1 - relief))


def distributional_weight(median: float, income: float, elasticity: float) -> float:
    """Return what a pound counts for a household of this income: (median / income) ^ elasticity."""
    return (median / income) ** elasticity
