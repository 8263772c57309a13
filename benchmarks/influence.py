"""
Measure Sobol indices of twenty inputs, beside SALib in the same run with the same points and resamples.

    python -m benchmarks.influence [--points 65536]

The function is Sobol's g with twenty inputs, whose indices are known in closed form. From the same draws both must
give the same figures, and from its own draws ours must lie within the two 95 % intervals. The function's own time
counts for neither. Needs no database; prints one JSON object. Exits 1 below
twenty times SALib's rate, or where a figure differs.
"""

import argparse
import json
import sys
from unittest import mock

import numpy as np
from SALib.analyze import sobol as analyze
from SALib.sample import sobol as sample

from benchmarks.appraisal import timed
from moothall.appraisal.rules import influence
from moothall.appraisal.rules.influence import RESAMPLES, sobol_indices

INPUTS, LIMIT, SAME = 20, 20, 1e-3
NAMES = [f"x{number:02}" for number in range(INPUTS)]
COSTS = np.array([0, 0.5, 1, 2, 4.5, 9, 20, 50] + [99] * (INPUTS - 8))


class G:
    """Sobol's g of inputs in (0, 1), shape (count, inputs); knows what CPU time it took, which is nobody's merit."""

    seconds = 0.0

    def __call__(self, drawn: np.ndarray) -> np.ndarray:
        """Return an answer for each point."""
        seconds, found = timed(lambda: np.prod((np.abs(4 * drawn - 2) + COSTS) / (1 + COSTS), axis=1))
        self.seconds += seconds
        return found


def exact() -> np.ndarray:
    """Return the first-order indices of g: V_i / V with V_i = 1 / (3 (1 + a_i)^2) and V = prod(1 + V_i) - 1."""
    alone = 1 / (3 * (1 + COSTS) ** 2)
    return alone / (np.prod(1 + alone) - 1)


def ours(points: int, g: G) -> tuple[np.ndarray, np.ndarray]:
    """Return what we find of each input (alone, total), and how far its 95 % interval reaches; shapes (inputs, 2)."""
    (indices,) = sobol_indices(lambda drawn: g(drawn)[None], NAMES, points, 1)
    found = {index.input: index for index in indices}
    reach = [(np.ptp(found[name].alone_between) / 2, np.ptp(found[name].total_between) / 2) for name in NAMES]
    return np.array([(found[name].alone, found[name].total) for name in NAMES]), np.array(reach)


def theirs(points: int, g: G) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the same of SALib, and its draws, shape (points, inputs + 2, inputs)."""
    problem = {"num_vars": INPUTS, "names": NAMES, "bounds": [[0, 1]] * INPUTS}
    drawn = sample.sample(problem, points, calc_second_order=False, seed=1)
    found = analyze.analyze(problem, g(drawn), calc_second_order=False, num_resamples=RESAMPLES, seed=1)
    told = np.array([found["S1"], found["ST"]]).T
    return told, np.array([found["S1_conf"], found["ST_conf"]]).T, drawn.reshape(points, INPUTS + 2, INPUTS)


def main() -> int:
    """Measure once each: SALib takes long enough to be steady."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=65536)
    points = parser.parse_args().points
    for_us, for_them = G(), G()
    ours_s, (told, reach) = timed(lambda: ours(points, for_us))
    salib_s, (salib, salib_reach, drawn) = timed(lambda: theirs(points, for_them))
    ours_s, salib_s = ours_s - for_us.seconds, salib_s - for_them.seconds
    with mock.patch.object(influence, "points", return_value=np.hstack([drawn[:, 0], drawn[:, -1]])):
        of_same_draws, _reach = ours(points, G())
    apart = float(np.abs(of_same_draws - salib).max())
    within = bool((np.abs(told - salib) <= reach + salib_reach + 1e-9).all())
    ratio = salib_s / ours_s
    print(
        json.dumps(
            {
                "inputs": INPUTS,
                "points": points,
                "ours_cpu_s": round(ours_s, 3),
                "salib_cpu_s": round(salib_s, 2),
                "times_faster": round(ratio, 1),
                "apart_from_the_same_draws": apart,
                "intervals_meet": within,
                "furthest_from_the_closed_form": round(float(np.abs(told[:, 0] - exact()).max()), 5),
            }
        )
    )
    return 0 if within and apart < SAME and ratio >= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
