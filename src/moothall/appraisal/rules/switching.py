"""Switching values: how far each input must move before an option stops (or starts) being better than another."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np

from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.facts import discount_factors
from moothall.appraisal.rules.flows import strands, yearly
from moothall.appraisal.rules.money import present

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


def difference(case: Case, one: str, other: str, values: dict) -> float | np.ndarray:
    """Return by how much `one` is cheaper for society than `other`, in present pounds."""
    return present(yearly(strands(case, other, values)), case) - present(yearly(strands(case, one, values)), case)


def switching_values(case: Case, one: str, other: str, values: dict) -> list[Switch]:
    """Return the switching value of every input (and of a flat discount rate) between two options.

    A figure that only multiplies gives a straight line, so its switching value is exact; a growth rate or the
    discount rate bends, so its root is bracketed and narrowed to 1e-12.
    """
    gap = float(difference(case, one, other, values))
    bending = {line.growth for option in case.options.values() for line in option.lines.values() if line.growth}
    slopes = _slopes(case, one, other, values)
    found = [
        _bent(case, one, other, values, name) if name in bending else _straight(name, value, gap, slopes.get(name, 0.0))
        for name, value in values.items()
    ]
    return [*found, _rate(case, one, other, values)]


def _slopes(case: Case, one: str, other: str, values: dict) -> dict[str, float]:
    """Return by how much the difference grows with each input: the present worth of what it multiplies."""
    slopes: dict[str, float] = {}
    for option, sign in ((other, 1.0), (one, -1.0)):
        for strand in strands(case, option, values):
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


def _bent(case: Case, one: str, other: str, values: dict, name: str) -> Switch:
    def at(rates: np.ndarray) -> np.ndarray:
        return np.asarray(difference(case, one, other, values | {name: rates}))

    ends = at(np.array([values[name], values[name] + 0.01]))
    if np.ptp(np.broadcast_to(ends, (2,))) < 1e-9 * max(1.0, float(np.abs(ends).max())):
        return Switch(name, values[name], None, "unused")
    root = nearest_root(at, GROWTHS, values[name])
    return Switch(name, values[name], root, "bracketed" if root is not None else "never")


def _rate(case: Case, one: str, other: str, values: dict) -> Switch:
    flow = yearly(strands(case, other, values)) - yearly(strands(case, one, values))
    years = np.arange(case.years)

    def at(rates: np.ndarray) -> np.ndarray:
        return (flow / (1 + np.asarray(rates)[..., None]) ** years).sum(axis=-1)

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
