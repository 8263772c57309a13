"""Switching values: how far each input must move before an option stops (or starts) being better than another."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np

from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.facts import discount_factors
from moothall.appraisal.rules.flows import Strand, strands, yearly
from moothall.appraisal.rules.money import present
from moothall.appraisal.rules.plan import Plan, Term

GROWTHS = np.linspace(-0.5, 0.5, 61)
RATES = np.concatenate([np.linspace(-0.2, 0.3, 101), np.linspace(0.35, 10, 194)])


@dataclass(frozen=True)
class Switch:
    """Where an input makes two options equal; `how` is "closed form", "bracketed", "never" or "unused"."""

    input: str
    value: float
    switch: float | None
    how: str

    @property
    def change(self) -> float | None:
        """Return the change as a share of the value; None where it never switches or stands at nothing."""
        return None if self.switch is None or self.value == 0 else self.switch / self.value - 1


def switching_values(case: Case, one: str, other: str, values: dict, plan: Plan | None = None) -> list[Switch]:
    """Return the switching value of every input (and of a flat discount rate) between two options.

    A figure that only multiplies gives a straight line, so its switching value is exact; a growth rate or the
    discount rate bends, so its root is bracketed and narrowed to 1e-12.
    """
    plan = plan or Plan(case)
    flows = {option: strands(case, option, values) for option in (one, other)}
    dearer = yearly(flows[other]) - yearly(flows[one])
    gap = float(present(dearer, case))
    terms = [(1.0, term) for term in plan.terms(other)] + [(-1.0, term) for term in plan.terms(one)]
    slopes = _slopes(case, flows[other], flows[one], values)
    found = [
        _bent(plan, terms, gap, values, name)
        if name in plan.growths
        else _straight(name, value, gap, slopes.get(name, 0.0))
        for name, value in values.items()
    ]
    return [*found, _rate(case, dearer)]


def _slopes(case: Case, other: list[Strand], one: list[Strand], values: dict) -> dict[str, float]:
    """Return by how much the difference grows with each input: the present worth of what it multiplies."""
    slopes: dict[str, float] = {}
    for flows, sign in ((other, 1.0), (one, -1.0)):
        for strand in flows:
            worth = sign * float(present(strand.factor * strand.social, case))
            for place, name in enumerate(strand.inputs):
                rest = strand.inputs[:place] + strand.inputs[place + 1 :]
                slopes[name] = slopes.get(name, 0.0) + worth * prod(values[each] for each in rest)
    return slopes


def _straight(name: str, value: float, gap: float, slope: float) -> Switch:
    scale = max(abs(gap), 1.0)
    if abs(slope) * (abs(value) or 1.0) < 1e-9 * scale:
        return Switch(name, value, None, "unused")
    return Switch(name, value, value - gap / slope, "closed form")


def _bent(plan: Plan, terms: list[tuple[float, Term]], gap: float, values: dict, name: str) -> Switch:
    moving = [(sign, term) for sign, term in terms if name in term.names]

    def worth(rates: np.ndarray) -> np.ndarray:
        given = values | {name: rates}
        return sum((sign * term.worth(given, plan.since) for sign, term in moving), np.zeros(len(rates)))

    rest = gap - float(worth(np.array([values[name]]))[0])

    def at(rates: np.ndarray) -> np.ndarray:
        return worth(rates) + rest

    ends = at(np.array([values[name], values[name] + 0.01]))
    if np.ptp(ends) < 1e-9 * max(1.0, float(np.abs(ends).max())):
        return Switch(name, values[name], None, "unused")
    root = nearest_root(at, GROWTHS, values[name])
    return Switch(name, values[name], root, "bracketed" if root is not None else "never")


def _rate(case: Case, dearer: np.ndarray) -> Switch:
    years = np.arange(case.years)

    def at(rates: np.ndarray) -> np.ndarray:
        return (dearer / (1 + np.asarray(rates)[..., None]) ** years).sum(axis=-1)

    factors = discount_factors(case.basis.discount, 2)
    usual = 1 / factors[-1] - 1 if case.years > 1 else 0.0
    root = nearest_root(at, RATES, usual)
    return Switch("discount rate, flat", usual, root, "bracketed" if root is not None else "never")


def nearest_root(function: Callable, grid: np.ndarray, near: float) -> float | None:
    """Return the root of `function` within a rising grid that lies nearest to `near`; None if there is none.

    `function` takes an array. Signs are compared at the grid, then each bracket is halved until it is 1e-13 wide.
    """
    signs = np.sign(function(grid))
    roots = [float(point) for point, sign in zip(grid, signs, strict=True) if sign == 0]
    for index in np.flatnonzero(signs[:-1] * signs[1:] < 0):
        roots.append(_halve(function, grid[index], grid[index + 1], signs[index]))
    return min(roots, key=lambda root: abs(root - near)) if roots else None


def _halve(function: Callable, low: float, high: float, sign: float) -> float:
    while high - low > 1e-13:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if np.sign(function(np.array([middle]))[0]) == sign:
            low = middle
        else:
            high = middle
    return float((low + high) / 2)
