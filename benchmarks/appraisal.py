"""
Measure the appraisal of ten options over ten years in 65,536 futures; interleaved with bare numpy, beside plain Python.

    python -m benchmarks.appraisal [--rounds 7] [--points 65536]

The bare numpy is what one would write for this one case by hand: no case model, no names, no kinds. Both must give the
same figures. Needs no database; prints one JSON object a line. Exits 1 beyond 1.5 times the bare numpy.
"""

import argparse
import json
import resource
import statistics
import sys
import time

import numpy as np

from moothall.appraisal.rules.criteria import acceptability
from moothall.appraisal.rules.facts import discount_factors
from moothall.appraisal.rules.plan import Plan
from moothall.appraisal.rules.reading import check
from moothall.appraisal.tests.small import given, small

OPTIONS, YEARS, LINES, LIMIT = 10, 10, 6, 1.5


def case():
    """Return ten options of six lines, each line the product of two uncertain inputs of its own."""
    data = small()
    option = data["options"].pop("in-house")
    for each in (option, data["options"]["now"]):
        each["basis"]["horizon"]["years"] = YEARS
        each["exit"]["leaving"]["by_year"] = [0] * YEARS
        each["lines"]["retraining"]["profile"] = [1] + [0] * (YEARS - 1)
    for number in range(OPTIONS - 1):
        lines = dict(option["lines"])
        for line in range(LINES):
            names = [f"a{number}_{line}", f"b{number}_{line}"]
            data["inputs"] |= {name: given(100 + line, evidence=["Drawn at random"]) for name in names}
            lines[f"line{line}"] = {"what": "A line", "kind": "operating", "times": names}
        data["options"][f"option{number}"] = option | {"lines": lines}
    return check(data)


def bare(values, factors):
    """Return (present costs (options, draws), cash by year (options, years, draws)) of the same case by hand."""
    draws = len(values["a0_0"])
    costs, cash = np.empty((OPTIONS - 1, draws)), np.empty((OPTIONS - 1, YEARS, draws))
    fixed = np.full(YEARS, float(values["cost_then"] + values["checking"]))
    fixed[0] += values["training"]
    for number in range(OPTIONS - 1):
        yearly = np.zeros(draws)
        for line in range(LINES):
            yearly += values[f"a{number}_{line}"] * values[f"b{number}_{line}"]
        flow = fixed[:, None] + yearly
        costs[number] = factors @ flow
        cash[number] = flow
    now = np.full(YEARS, float(values["cost_now"] + values["checking"]))
    now[0] += values["training"]
    return costs, np.cumsum(now[:, None] - cash, axis=1)


def plain(values, factors, draws):
    """Return the present costs of the first draws in a plain Python loop."""
    found = []
    for number in range(OPTIONS - 1):
        costs = []
        for draw in range(draws):
            total = 0.0
            for year in range(YEARS):
                paid = values["cost_then"] + values["checking"] + (values["training"] if year == 0 else 0)
                for line in range(LINES):
                    paid += values[f"a{number}_{line}"][draw] * values[f"b{number}_{line}"][draw]
                total += paid * factors[year]
            costs.append(total)
        found.append(costs)
    return np.array(found)


def timed(function):
    """Return (CPU seconds, result)."""
    start = time.process_time()
    result = function()
    return time.process_time() - start, result


def main() -> int:
    """Run interleaved rounds and print the medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--points", type=int, default=65536)
    asked = parser.parse_args()
    one, dice = case(), np.random.default_rng(1)
    plan, factors = Plan(one), np.array(discount_factors(one.basis.discount, YEARS))
    drawn = {name: dice.uniform(80, 120, asked.points) for name in one.inputs if name[1:2].isdigit()}
    values = {name: given_.value for name, given_ in one.inputs.items()} | {"volumes.bills": 1000.0} | drawn
    values["pensions.employer_rate"] = 0.2
    ours, theirs = [], []
    for _round in range(asked.rounds):
        seconds, found = timed(lambda: plan.outcomes(values))
        ours.append(seconds)
        seconds, (costs, cumulative) = timed(lambda: bare(values, factors))
        theirs.append(seconds)
    np.testing.assert_allclose(found.social[1:], costs, rtol=1e-9)
    np.testing.assert_allclose(found.cumulative[1:], cumulative, rtol=1e-9, atol=1e-5)
    few = min(512, asked.points)
    loop, by_loop = timed(lambda: plain(values, factors, few))
    np.testing.assert_allclose(by_loop, costs[:, :few], rtol=1e-9)
    ratio = statistics.median(ours) / statistics.median(theirs)
    weights, _found = timed(
        lambda: acceptability(dice.uniform(0, 100, (10, 8)), [str(i) for i in range(10)], 1, 1 << 20)
    )
    print(
        json.dumps(
            {
                "points": asked.points,
                "ours_cpu_s": round(statistics.median(ours), 4),
                "bare_numpy_cpu_s": round(statistics.median(theirs), 4),
                "ratio": round(ratio, 2),
                "plain_python_cpu_s": round(loop * asked.points / few, 1),
                "acceptability_of_1048576_weights_cpu_s": round(weights, 2),
                "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )
    return 1 if ratio > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
