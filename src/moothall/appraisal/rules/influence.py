"""Which uncertain inputs move the answer: Sobol indices with confidence intervals.

First-order index: the share of the variance of the answer that is due to an input alone (Saltelli and others, 2010,
table 2, formula b). Total index: the share in which it has a hand (Jansen, 1999). Inputs are taken as independent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.chance import points, quantile, spread_mark, uncertain
from moothall.appraisal.rules.kept import Kept, mark
from moothall.appraisal.rules.plan import Plan, Term
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
    drawn = points(2 * len(names), count, seed)
    one, other = values(drawn[:, : len(names)]), values(drawn[:, len(names) :])
    return indices(function, names, one, other, resamples(count, seed), swapped)


def resamples(count: int, seed: int) -> np.ndarray:
    """Return how often each point stands in each resample, shape (resamples, points)."""
    dice = np.random.default_rng(seed)
    return np.stack([np.bincount(dice.integers(count, size=count), minlength=count) for _ in range(RESAMPLES)])


def indices(
    function: Callable[[np.ndarray], np.ndarray],
    names: list[str],
    one: np.ndarray,
    other: np.ndarray,
    counts: np.ndarray,
    swapped: Callable[[np.ndarray, np.ndarray, np.ndarray, int], np.ndarray] | None = None,
) -> list[list[Index]]:
    """Return the indices of each answer from two sets of inputs, shape (count, d), and how often each is resampled."""
    size, count = len(names), len(one)
    of_one, of_other = function(one), function(other)
    mixed = np.empty((len(of_one), size, count))
    for column in range(size):
        if swapped:
            mixed[:, column] = swapped(one, other, of_one, column)
            continue
        changed = one.copy()
        changed[:, column] = other[:, column]
        mixed[:, column] = function(changed)
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


def influence(case: Case, plan: Plan | None = None, kept: Kept | None = None) -> dict[str, list[Index]]:
    """Return for each option but continue as now which inputs move its gain over it; what moves nothing comes last."""
    names, options = uncertain(case), [option for option in case.options if option != case.now]
    if not names:
        return {option: [] for option in options}
    plan, kept, of = plan or Plan(case), kept or Kept(), (len(names), min(case.points, MOST_POINTS), case.seed)
    fixed = sober(case)
    marks = {name: mark(value) for name, value in fixed.items()}
    marks |= {name: mark(of, place, spread_mark(case.inputs[name])) for place, name in enumerate(names)}
    drawn = kept(mark("pairs", of), lambda: np.ascontiguousarray(points(2 * of[0], *of[1:]).T))
    counts = kept(mark("resamples", of[1:]), lambda: resamples(*of[1:]))

    def columns(used: list[str], offset: int) -> np.ndarray:
        """Return the readings of the inputs that are used, shape (points, inputs)."""
        found = []
        for name in used:
            shares = drawn[offset + names.index(name)]
            found.append(kept(mark("reading", marks[name], offset), partial(quantile, case.inputs[name], shares)))
        return np.stack(found, axis=1)

    def of_option(option: str) -> list[Index]:
        used = [name for name in names if name in plan.names(option) | plan.names(case.now)]
        gain = _Gain(plan, option, used, fixed)
        idle = [Index(name, 0.0, (0.0, 0.0), 0.0, (0.0, 0.0)) for name in names if name not in used]
        if not used:
            return idle
        (found,) = indices(gain, used, columns(used, 0), columns(used, len(names)), counts, gain.swapped)
        return found + idle

    return {
        option: kept(mark("influence", names, plan.mark(option, marks)), partial(of_option, option))
        for option in options
    }


class _Gain:
    """An option's gain over continuing as now, of readings of the inputs that have a hand in either."""

    def __init__(self, plan: Plan, option: str, names: list[str], fixed: dict[str, float]):
        self.names, self.fixed, self.since = names, fixed, plan.since
        self.terms = [(1.0, term) for term in plan.terms(plan.case.now)] + [(-1.0, t) for t in plan.terms(option)]

    def __call__(self, drawn: np.ndarray) -> np.ndarray:
        """Return the gain of each reading, shape (1, readings)."""
        return self._sum(drawn, self.terms)[None]

    def swapped(self, one: np.ndarray, other: np.ndarray, before: np.ndarray, column: int) -> np.ndarray:
        """Work out anew only what the one input has a hand in: most have it in a term or two."""
        changed, terms = one.copy(), [(sign, term) for sign, term in self.terms if self.names[column] in term.names]
        changed[:, column] = other[:, column]
        return before + self._sum(changed, terms) - self._sum(one, terms)

    def _sum(self, drawn: np.ndarray, terms: list[tuple[float, Term]]) -> np.ndarray:
        given, total = self.fixed | dict(zip(self.names, drawn.T, strict=True)), np.zeros(len(drawn))
        for sign, term in terms:
            total += sign * term.worth(given, self.since)
        return total
