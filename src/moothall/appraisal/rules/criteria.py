"""What money does not say: criteria on fixed scales, weighed by each group, and how sure the order of options is.

A value depends on an option and its scale alone, never on which other options stand beside it: so taking an option
away or adding its twin changes no other option's value and no order between others. (Methods that stretch each scale
to the best and worst at hand change their winner when the worst is deleted in about one case in ten.)
"""

from dataclasses import dataclass

import numpy as np

from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.chance import points
from moothall.appraisal.rules.criteria_case import Scale, Score, Weights
from moothall.appraisal.rules.kept import Kept, mark

WEIGHT_POINTS = 16384


@dataclass(frozen=True)
class Shift:
    """The smallest change of weights that makes another option win: the share moved, and from what to what."""

    winner: str
    moved: float
    moves: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Weighed:
    """The result under one weight set: weights as shares, totals from 0 to 100, order, and what would change it."""

    weights: dict[str, float]
    totals: dict[str, float]
    order: tuple[str, ...]
    shift: Shift | None


@dataclass(frozen=True)
class Judged:
    """The criteria's result under one set of scales: values, each weight set, and the acceptability of each rank."""

    values: dict[str, dict[str, float]]
    sets: dict[str, Weighed]
    acceptability: dict[str, tuple[float, ...]]


def value(scale: Scale, figure: float) -> float:
    """Return the value from 0 to 100 of a figure on a scale: straight lines between its anchors, or itself in words.

    >>> days = Scale(what="Days", nought="60", hundred="10", unit="days", anchors=((10, 100), (60, 0)))
    >>> value(days, 35)
    50.0
    """
    if not scale.anchors:
        return figure
    measures, values = zip(*scale.anchors, strict=True)
    return float(np.interp(figure, measures, values))


def shares(given: Weights, names: list[str]) -> np.ndarray:
    """Return swing weights as shares that add up to 1."""
    swings = np.array([given.swings[name] for name in names])
    return swings / swings.sum()


def judge(case: Case, scales: dict[str, Scale], weights: dict[str, Weights], kept: Kept) -> Judged:
    """Return every option's values and totals under each weight set, and the acceptability of each rank."""
    names, options = list(scales), list(case.options)
    table = value_table(scales, {option: case.criteria.scores[option] for option in options})
    return Judged(
        values={option: dict(zip(names, map(float, table[i]), strict=True)) for i, option in enumerate(options)},
        sets={who: weighed(table, shares(given, names), options, names) for who, given in weights.items()},
        acceptability=kept(
            mark("acceptability", table.shape, table.tobytes(), options, case.seed),
            lambda: acceptability(table, options, case.seed),
        ),
    )


def value_table(scales: dict[str, Scale], scores: dict[str, dict[str, Score]]) -> np.ndarray:
    """Return the values, shape (options, criteria)."""
    return np.array([[value(scale, given[name].figure) for name, scale in scales.items()] for given in scores.values()])


def weighed(table: np.ndarray, weights: np.ndarray, options: list[str], names: list[str]) -> Weighed:
    """Return the totals under one set of weights, the order (ties as the case lists them) and the smallest shift."""
    totals = table @ weights
    order = tuple(options[i] for i in np.argsort(-totals.round(9), kind="stable"))
    return Weighed(
        weights=dict(zip(names, map(float, weights), strict=True)),
        totals=dict(zip(options, map(float, totals), strict=True)),
        order=order,
        shift=smallest_shift(table, weights, options, names, order[0]),
    )


def smallest_shift(
    table: np.ndarray, weights: np.ndarray, options: list[str], names: list[str], winner: str
) -> Shift | None:
    """Return the least weight that must move for another option to draw level with the winner; None if none can.

    Weight moves to the criterion on which the challenger leads most, first from those where it lags most: each point
    moved then closes as much of the gap as any point can, so no smaller change does it.
    """
    best = None
    for index, option in enumerate(options):
        lead = table[index] - table[options.index(winner)]
        gap, target = -float(weights @ lead), int(lead.argmax())
        if option == winner or (lead[target] <= 0 and gap > 0):
            continue
        moves, moved = [], 0.0
        for source in np.argsort(lead, kind="stable"):
            step = lead[target] - lead[source]
            if gap <= 1e-12 or step <= 0:
                break
            part = min(float(weights[source]), gap / float(step))
            gap, moved = gap - part * float(step), moved + part
            moves += [(names[source], names[target], part)] if part > 0 else []
        if best is None or moved < best.moved:
            best = Shift(winner=option, moved=moved, moves=tuple(moves))
    return best


def acceptability(
    table: np.ndarray, options: list[str], seed: int, count: int = WEIGHT_POINTS
) -> dict[str, tuple[float, ...]]:
    """Return for each option the share of all possible weights that put it first, second and so on.

    Weights are even over the whole space (spacings of `count` sorted Sobol points). Equals share the better rank.
    """
    drawn = points(table.shape[1] - 1, count, seed)
    edges = np.zeros((count, 1))
    weights = np.diff(np.concatenate([edges, np.sort(drawn, axis=1), edges + 1], axis=1), axis=1)
    totals = (weights @ table.T).round(9)
    ranks = (totals[:, None, :] > totals[:, :, None]).sum(axis=2)
    return {
        option: tuple(float(np.mean(ranks[:, i] == rank)) for rank in range(len(options)))
        for i, option in enumerate(options)
    }


def judged(case: Case, kept: Kept | None = None) -> dict[str, Judged]:
    """Return the result as sealed, and once more under each later amendment, by the day and who made it."""
    criteria, kept = case.criteria, kept or Kept()
    found = {"as sealed": judge(case, criteria.scales, criteria.weights, kept)}
    scales, weights = criteria.scales, criteria.weights
    for amended in criteria.amendments:
        scales, weights = scales | amended.scales, weights | amended.weights
        found[f"as amended on {amended.on} by {amended.who}"] = judge(case, scales, weights, kept)
    return found
