"""Which uncertain inputs move the answer: Sobol indices with confidence intervals.

First-order index: the share of the variance of the answer that is due to an input alone (Saltelli and others, 2010,
table 2, formula b). Total index: the share in which it has a hand (Jansen, 1999). Inputs are taken as independent.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.chance import outcomes, points, quantile, uncertain
from moothall.appraisal.rules.values import sober

RESAMPLES = 100
MOST_POINTS = 4096


@dataclass(frozen=True)
class Index:
    """One input's hand in the variance: alone and in all, each with the ends of its 95 % interval."""

    input: str
    alone: float
    alone_between: tuple[float, float]
    total: float
    total_between: tuple[float, float]


def sobol_indices(function: Callable[[np.ndarray], np.ndarray], names: list[str], count: int, seed: int) -> list[Index]:
    """Return the indices of a function of points in (0, 1)^d, with bootstrap intervals; most influential first.

    Needs count x (d + 2) values of the function. An answer that does not vary has indices of nothing.
    """
    size = len(names)
    drawn = points(2 * size, count, seed)
    one, other = drawn[:, :size], drawn[:, size:]
    of_one, of_other = function(one), function(other)
    mixed = np.empty((size, count))
    for column in range(size):
        swapped = one.copy()
        swapped[:, column] = other[:, column]
        mixed[column] = function(swapped)
    whole = _estimates(of_one, of_other, mixed)
    chosen = np.random.default_rng(seed).integers(0, count, (RESAMPLES, count))
    again = np.stack([_estimates(of_one[rows], of_other[rows], mixed[:, rows]) for rows in chosen])
    low, high = np.percentile(again, (2.5, 97.5), axis=0)
    found = [
        Index(
            input=name,
            alone=float(whole[0, i]),
            alone_between=(float(low[0, i]), float(high[0, i])),
            total=float(whole[1, i]),
            total_between=(float(low[1, i]), float(high[1, i])),
        )
        for i, name in enumerate(names)
    ]
    return sorted(found, key=lambda index: (-index.total, index.input))


def _estimates(of_one: np.ndarray, of_other: np.ndarray, mixed: np.ndarray) -> np.ndarray:
    both = np.concatenate([of_one, of_other])
    variance = both.var()
    if variance <= 1e-20 * max(1.0, float(np.abs(both).max()) ** 2):
        return np.zeros((2, len(mixed)))
    centred = of_other - both.mean()
    alone = (centred * (mixed - of_one)).mean(axis=-1) / variance
    total = ((of_one - mixed) ** 2).mean(axis=-1) / (2 * variance)
    return np.stack([alone, total])


def influence(case: Case, option: str) -> list[Index]:
    """Return which inputs move an option's gain over continuing as now."""
    names = uncertain(case)
    if not names:
        return []
    fixed = sober(case)

    def gain(shares: np.ndarray) -> np.ndarray:
        values = fixed | {name: quantile(case.inputs[name], shares[:, i]) for i, name in enumerate(names)}
        now, then = outcomes(case, values, (case.now, option)).social
        return now - then

    return sobol_indices(gain, names, min(1 << (case.points.bit_length() - 1), MOST_POINTS), case.seed)
