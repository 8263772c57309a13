"""Which uncertain inputs move the answer: Sobol indices with confidence intervals.

First-order index: the share of the variance of the answer that is due to an input alone (Saltelli and others, 2010,
table 2, formula b). Total index: the share in which it has a hand (Jansen, 1999). Inputs are taken as independent.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.chance import points, quantile, uncertain
from moothall.appraisal.rules.plan import Plan
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


def sobol_indices(
    function: Callable[[np.ndarray], np.ndarray],
    names: list[str],
    count: int,
    seed: int,
    values: Callable[[np.ndarray], np.ndarray] = np.asarray,
    swapped: Callable[[np.ndarray, np.ndarray, np.ndarray, int], np.ndarray] | None = None,
) -> list[list[Index]]:
    """Return the indices of each answer of a function, with bootstrap intervals; most influential first.

    `function` takes inputs, shape (count, d), and gives answers, shape (answers, count); `values` turns even points of
    (0, 1)^d into inputs. Needs d + 2 calls, unless `swapped` (inputs, others, answers, column) knows a quicker way to
    the answers when one column is the others'. An answer that does not vary has indices of nothing.
    """
    size = len(names)
    drawn = points(2 * size, count, seed)
    one, other = values(drawn[:, :size]), values(drawn[:, size:])
    of_one, of_other = function(one), function(other)
    mixed = np.empty((len(of_one), size, count))
    for column in range(size):
        if swapped:
            mixed[:, column] = swapped(one, other, of_one, column)
            continue
        changed = one.copy()
        changed[:, column] = other[:, column]
        mixed[:, column] = function(changed)
    dice = np.random.default_rng(seed)
    counts = np.stack([np.bincount(dice.integers(count, size=count), minlength=count) for _ in range(RESAMPLES)])
    told = []
    for answer in range(len(of_one)):
        terms = _Terms(of_one[answer], of_other[answer], mixed[answer])
        whole = terms.estimates(np.full((1, count), 1 / count))[0]
        low, high = np.percentile(terms.estimates(counts / count), (2.5, 97.5), axis=0)
        told.append(_indices(names, whole, low, high))
    return told


def _indices(names: list[str], whole: np.ndarray, low: np.ndarray, high: np.ndarray) -> list[Index]:
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


class _Terms:
    """What the estimates are means of, point by point: so that every resample is a product with its counts."""

    def __init__(self, of_one: np.ndarray, of_other: np.ndarray, mixed: np.ndarray):
        middle = (of_one.mean() + of_other.mean()) / 2  # centred first: the sums are of differences, not of millions
        self.both = np.stack([of_one, of_other]) - middle
        step = mixed - of_one
        self.step, self.crossed, self.squared = step, self.both[1] * step, step**2 / 2
        largest = max(1.0, float(np.abs(of_one).max()))
        self.least = 1e-20 * largest**2

    def estimates(self, shares: np.ndarray) -> np.ndarray:
        """Return (first order, total) of each input for each row of shares, shape (rows, 2, inputs)."""
        mean = (shares @ self.both.T).mean(axis=1, keepdims=True)
        variance = (shares @ (self.both**2).T).mean(axis=1, keepdims=True) - mean**2
        scale = np.where(variance > self.least, 1 / np.maximum(variance, self.least), 0.0)
        alone = shares @ self.crossed.T - mean * (shares @ self.step.T)
        return np.stack([alone * scale, shares @ self.squared.T * scale], axis=1)


def influence(case: Case, plan: Plan | None = None) -> dict[str, list[Index]]:
    """Return for each option but continue as now which inputs move its gain over it."""
    names = uncertain(case)
    options = tuple(option for option in case.options if option != case.now)
    if not names:
        return {option: [] for option in options}
    fixed, plan = sober(case), plan or Plan(case)

    def values(shares: np.ndarray) -> np.ndarray:
        columns = [quantile(case.inputs[name], shares[:, i]) for i, name in enumerate(names)]
        return np.stack(columns, axis=1)

    sums = {option: plan.terms(option) for option in (case.now, *options)}

    def present(option: str, drawn: np.ndarray, only: str | None = None) -> np.ndarray:
        given, total = fixed | dict(zip(names, drawn.T, strict=True)), np.zeros(len(drawn))
        for term in sums[option]:
            if only is None or only in term.names:
                total += term.worth(given, plan.since)
        return total

    def gains(drawn: np.ndarray) -> np.ndarray:
        now = present(case.now, drawn)
        return np.stack([now - present(option, drawn) for option in options])

    def swapped(one: np.ndarray, other: np.ndarray, before: np.ndarray, column: int) -> np.ndarray:
        """Work out anew only what the one input has a hand in: most have it in a term or two."""
        changed, name = one.copy(), names[column]
        changed[:, column] = other[:, column]
        step = {option: present(option, changed, name) - present(option, one, name) for option in sums}
        return before + np.stack([step[case.now] - step[option] for option in options])

    found = sobol_indices(gains, names, min(case.points, MOST_POINTS), case.seed, values, swapped)
    return dict(zip(options, found, strict=True))
