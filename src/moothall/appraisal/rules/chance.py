"""How uncertain the answer is: every option met by the same 65,536 (or fewer) futures, drawn evenly by Sobol's method.

Draws are scrambled Sobol points, the same for every option, so that options differ by what they are and never by luck.
Correlated inputs share a normal copula. The same case and seed give the same draws.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from moothall.appraisal.rules.case import Case, Input
from moothall.appraisal.rules.money import TEST_YEARS
from moothall.appraisal.rules.plan import Outcomes
from moothall.appraisal.rules.values import claims, sober

EDGE = 2.0**-40
LOW, MIDDLE, HIGH = 5, 50, 95


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


def draw(case: Case, count: int | None = None) -> dict[str, float | np.ndarray]:
    """Return the values of every draw: an array for an uncertain input, a figure for a certain one."""
    names = uncertain(case)
    found: dict[str, float | np.ndarray] = dict(sober(case))
    if not names:
        return found
    shares = points(len(names), count or case.points, case.seed)
    matrix = correlation_matrix(case, names)
    if not np.array_equal(matrix, np.eye(len(names))):
        shares = special.ndtr(special.ndtri(shares) @ np.linalg.cholesky(matrix).T)
    return found | {name: quantile(case.inputs[name], shares[:, column]) for column, name in enumerate(names)}


def chances(case: Case, found: Outcomes) -> dict[str, Chances]:
    """Return percentiles and chances of every option; the same draw meets all options at once."""
    now = found.options.index(case.now)
    cheapest = found.social.argmin(axis=0)
    told = {}
    for index, option in enumerate(found.options):
        gain = found.social[now] - found.social[index]
        fifth = min(TEST_YEARS, case.years) - 1
        told[option] = Chances(
            option=option,
            cost=_percentiles(found.social[index]),
            gain=_percentiles(gain),
            best=float(np.mean(cheapest == index)),
            pays_back_in_five=float(np.mean(found.cumulative[index, fifth] >= 0)) if index != now else 0.0,
            dearer_than_now=float(np.mean(found.cash[index] > found.cash[now])),
            band=np.percentile(found.cumulative[index], (LOW, MIDDLE, HIGH), axis=1),
        )
    return told


def _percentiles(values: np.ndarray) -> tuple[float, float, float]:
    low, middle, high = np.percentile(values, (LOW, MIDDLE, HIGH))
    return float(low), float(middle), float(high)
