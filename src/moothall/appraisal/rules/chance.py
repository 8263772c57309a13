"""How uncertain the answer is: every option met by the same 65,536 (or fewer) futures, drawn evenly by Sobol's method.

Draws are scrambled Sobol points, the same for every option, so that options differ by what they are and never by luck.
Correlated inputs share a normal copula. The same case and seed give the same draws.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import special

from moothall.appraisal.rules.case import Case, Input
from moothall.appraisal.rules.kept import Kept, mark
from moothall.appraisal.rules.money import TEST_YEARS
from moothall.appraisal.rules.plan import Outcomes, Plan
from moothall.appraisal.rules.values import claims, sober

EDGE = 2.0**-40
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95


@dataclass(frozen=True)
class Draws:
    """The values of every draw: an array for an uncertain input, a figure for a certain one.

    `marks` tells of each what it was made from: equal marks, equal draws.
    """

    values: dict[str, float | np.ndarray]
    marks: dict[str, str]

    @property
    def count(self) -> int:
        """Return how many draws there are: one where nothing is uncertain."""
        return max((np.size(value) for value in self.values.values()), default=1)


@dataclass(frozen=True)
class Futures:
    """One option beside continuing as now in every draw: what it costs society in each, and what is told of it."""

    social: np.ndarray
    cost: tuple[float, float, float]
    gain: tuple[float, float, float]
    pays_back_in_five: float
    dearer_than_now: float
    band: np.ndarray

    @property
    def nbytes(self) -> int:
        """Return how much memory it takes."""
        return self.social.nbytes + self.band.nbytes


@dataclass(frozen=True)
class Chances:
    """One option under uncertainty: percentiles in pounds, chances from 0 to 1, the band of cumulative cash by year."""

    option: str
    cost: tuple[float, float, float]
    gain: tuple[float, float, float]
    best: float
    pays_back_in_five: float
    dearer_than_now: float
    band: np.ndarray


def uncertain(case: Case) -> list[str]:
    """Return the inputs that have a spread, leaving out claims that a reference class replaces."""
    replaced = claims(case)
    return [name for name, given in case.inputs.items() if given.spread and name not in replaced]


def quantile(given: Input, share: np.ndarray) -> np.ndarray:
    """Return the values below which these shares of an input's readings lie.

    The input's value is the most likely one (triangular, pert), the mean (normal) or the median (lognormal).
    """
    return QUANTILES[given.spread.shape](given, share)


def _uniform(given: Input, share: np.ndarray) -> np.ndarray:
    return given.spread.low + share * (given.spread.high - given.spread.low)


def _triangular(given: Input, share: np.ndarray) -> np.ndarray:
    low, high, mode = given.spread.low, given.spread.high, given.value
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(share * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - share) * (high - low) * (high - mode))
    return np.where(share < turn, rising, falling)


def _pert(given: Input, share: np.ndarray) -> np.ndarray:
    low, high, mode = given.spread.low, given.spread.high, given.value
    rises, falls = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    return low + (high - low) * special.betaincinv(rises, falls, share)


def _normal(given: Input, share: np.ndarray) -> np.ndarray:
    return given.value + given.spread.sd * special.ndtri(share)


def _lognormal(given: Input, share: np.ndarray) -> np.ndarray:
    return given.value * np.exp(given.spread.sd * special.ndtri(share))


def _steps(given: Input, share: np.ndarray) -> np.ndarray:
    bounds = np.cumsum(given.spread.chances)[:-1]
    return np.asarray(given.spread.values)[np.searchsorted(bounds, share, side="right")]


QUANTILES: dict[str, Callable[[Input, np.ndarray], np.ndarray]] = {
    "uniform": _uniform,
    "triangular": _triangular,
    "pert": _pert,
    "normal": _normal,
    "lognormal": _lognormal,
    "steps": _steps,
}


def correlation_matrix(case: Case, names: list[str]) -> np.ndarray:
    """Return the matrix of the correlations between these inputs' normal scores."""
    matrix = np.eye(len(names))
    for pair in case.correlations:
        if set(pair.between) <= set(names):
            one, other = (names.index(name) for name in pair.between)
            matrix[one, other] = matrix[other, one] = pair.rho
    return matrix


def points(dimensions: int, count: int, seed: int) -> np.ndarray:
    """Return `count` (a power of two) scrambled Sobol points of (0, 1)^dimensions, shape (count, dimensions)."""
    from scipy.stats import qmc  # a second to load: not before a case has been accepted

    drawn = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed)).random_base2(count.bit_length() - 1)
    return np.clip(drawn, EDGE, 1 - EDGE)


def spread_mark(given: Input) -> str:
    """Return what the readings of an uncertain input depend on."""
    spread = given.spread
    return mark(spread.shape, given.value, spread.low, spread.high, spread.sd, spread.values, spread.chances)


def draw(case: Case, kept: Kept | None = None) -> Draws:
    """Return the draws of a case; those of an input are made anew where it, or what it is tied to, has changed."""
    kept, names, found = kept or Kept(), uncertain(case), dict(sober(case))
    marks = {name: mark(value) for name, value in found.items()}
    if not names:
        return Draws(found, marks)
    of = ("points", len(names), case.points, case.seed)
    shares = kept(mark(*of), lambda: np.ascontiguousarray(points(*of[1:]).T))
    tied, matrix = _tied(case, names)
    bound = mark(*of, tied, matrix.tobytes())
    together = kept(bound, lambda: _together(shares[tied], matrix)) if tied else None
    for column, name in enumerate(names):
        given = case.inputs[name]
        place = (bound, tied.index(column)) if column in tied else (of, column)
        share = together[tied.index(column)] if column in tied else shares[column]
        marks[name] = mark(*place, spread_mark(given))
        found[name] = kept(marks[name], partial(quantile, given, share))
    return Draws(found, marks)


def _tied(case: Case, names: list[str]) -> tuple[list[int], np.ndarray]:
    """Return the columns of the inputs that are correlated with another, and the matrix of their correlations."""
    pairs = [pair.between for pair in case.correlations if set(pair.between) <= set(names)]
    tied = [name for name in names if any(name in pair for pair in pairs)]
    return [names.index(name) for name in tied], correlation_matrix(case, tied)


def _together(shares: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Return even shares, shape (inputs, draws), bound by a normal copula."""
    return special.ndtr(np.linalg.cholesky(matrix) @ special.ndtri(shares))


def futures(case: Case, plan: Plan, drawn: Draws, kept: Kept | None = None) -> dict[str, Futures]:
    """Return what becomes of every option; worked out anew is what hangs on something that has changed."""
    kept = kept or Kept()
    marks = {option: mark("futures", drawn.count, plan.mark(option, drawn.marks)) for option in case.options}
    told = {option: kept.get(marks[option]) for option in case.options}
    changed = [option for option in case.options if told[option] is None]
    if changed:
        found = plan.outcomes(drawn.values, tuple(dict.fromkeys((case.now, *changed))))
        told |= {option: kept.put(marks[option], _futures(case, found, option)) for option in changed}
    return told


def _futures(case: Case, found: Outcomes, option: str) -> Futures:
    index, now = found.options.index(option), found.options.index(case.now)
    fifth = min(TEST_YEARS, case.years) - 1
    return Futures(
        social=found.social[index].copy(),
        cost=three(found.social[index]),
        gain=three(found.social[now] - found.social[index]),
        pays_back_in_five=float(np.mean(found.cumulative[index, fifth] >= 0)) if index != now else 0.0,
        dearer_than_now=float(np.mean(found.cash[index] > found.cash[now])),
        band=np.array([three(year) for year in found.cumulative[index]]).T,
    )


def chances(found: dict[str, Futures]) -> dict[str, Chances]:
    """Return percentiles and chances of every option; the same draw meets all options at once."""
    cheapest = np.stack([given.social for given in found.values()]).argmin(axis=0)
    return {
        option: Chances(
            option=option,
            cost=given.cost,
            gain=given.gain,
            best=float(np.mean(cheapest == index)),
            pays_back_in_five=given.pays_back_in_five,
            dearer_than_now=given.dearer_than_now,
            band=given.band,
        )
        for index, (option, given) in enumerate(found.items())
    }


def three(values: np.ndarray) -> tuple[float, float, float]:
    """Return the 5th, 50th and 95th percentile, straight lines between neighbours, as np.percentile does; faster.

    >>> three(np.array([4.0, 1.0, 3.0, 2.0, 0.0]))
    (0.2, 2.0, 3.8)
    """
    last = len(values) - 1
    middle = int(MIDDLE * last)
    parted = np.partition(values, middle)
    return (
        _read_off(np.partition(parted[: middle + 1], int(LOW * last)), LOW * last),
        _read_off(parted, MIDDLE * last),
        _read_off(np.partition(parted[middle:], int(HIGH * last) - middle), HIGH * last - middle),
    )


def _read_off(parted: np.ndarray, place: float) -> float:
    """Return what stands at a place, which may lie between two, of values that are parted at the first of the two."""
    first, rest = parted[int(place)], parted[int(place) + 1 :]
    return float(first + (rest.min() - first) * (place - int(place))) if len(rest) else float(first)
