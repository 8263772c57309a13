"""
Measure a statement of a million lines: priced, shared to the penny, with VAT; interleaved with the bare numpy.

    python -m benchmarks.settlement [--rounds 7] [--lines 1000000]

The statement has four sections of a quarter of the lines: per case, per unit, by band, and a cost shared by largest
remainder; VAT is worked out on the whole and shared over all lines. The bare numpy is what one would write for just
this by hand: no rules as data, no checks. Both must give the same pence, and neither may lose one. Beside them a loop
in plain Python over some of the lines. Needs no database; prints one JSON object a line. Exits 1 below 0.3 of the
bare numpy's rate.
"""

import argparse
import json
import resource
import statistics
import sys
import time

import numpy as np

from moothall.core.money import share
from moothall.settlement.rules.spreading import line_pence, vat_of_lines
from moothall.sharing.rules.prices import PriceRule, Work, yearly
from moothall.sharing.rules.vat import vat

LEAST = 0.3
BANDS = ({"up_to": 50_000, "pence": 500}, {"up_to": 150_000, "pence": 400}, {"pence": 300})
RULES = (
    PriceRule(method="per-case", pence=420),
    PriceRule(method="per-unit", pence=95, unit="lift"),
    PriceRule(method="by-band", bands=BANDS),
    PriceRule(method="full-cost"),
)
COST, RATE = 123_456_789, 2000


def ours(units):
    """Return (pence of every line, VAT of every line, pence of the statement) by the rules as they stand."""
    parts, total = [], 0
    for rule, counted in zip(RULES, units, strict=True):
        work = Work(cases=len(counted), units=int(counted.sum()), cost_pence=COST)
        due = yearly(rule, work)
        total += due
        parts.append(line_pence(rule, due, counted))
    pence = np.concatenate(parts)
    return pence, vat_of_lines(vat(total, RATE), pence), total


def bare(units):
    """Return the same, written by hand for these four sections."""
    count = len(units[0])
    ranks = np.arange(1, count + 1)
    bands = np.where(ranks <= 50_000, 500, np.where(ranks <= 150_000, 400, 300))
    pence = np.concatenate([np.full(count, 420), units[1] * 95, bands, _shared(COST, units[3])])
    total = int(pence.sum())
    return pence, _shared(total * RATE // 10_000, pence), total


def _shared(pence, weights):
    parts, rest = np.divmod(pence * weights, weights.sum())
    parts[np.argsort(-rest, kind="stable")[: pence - parts.sum()]] += 1
    return parts


def plain(units, lines):
    """Return the pence of the first lines of each section, in a loop of plain Python."""
    found = []
    for rule, counted in zip(RULES, units, strict=True):
        few = counted[: lines // 4].tolist()
        if rule.method == "full-cost":
            found += share(COST, few)
            continue
        before = 0
        for number, one in enumerate(few, 1):
            due = yearly(rule, Work(cases=number, units=before + one))
            found.append(due - yearly(rule, Work(cases=number - 1, units=before)))
            before += one
    return found


def timed(function, *given):
    """Return (CPU seconds, result)."""
    start = time.process_time()
    result = function(*given)
    return time.process_time() - start, result


def main() -> int:
    """Run interleaved rounds and print the medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--lines", type=int, default=1_000_000)
    asked = parser.parse_args()
    units = list(np.random.default_rng(1904).integers(1, 9, (4, asked.lines // 4)))
    by_us, by_hand = [], []
    for _round in range(asked.rounds):
        seconds, (pence, taxes, total) = timed(ours, units)
        by_us.append(seconds)
        seconds, (same, same_taxes, same_total) = timed(bare, units)
        by_hand.append(seconds)
    np.testing.assert_array_equal(pence, same)
    np.testing.assert_array_equal(taxes, same_taxes)
    drift = abs(int(pence.sum()) - total) + abs(int(taxes.sum()) - vat(total, RATE)) + abs(same_total - total)
    few = min(20_000, asked.lines)
    loop, _found = timed(plain, units, few)
    ratio = statistics.median(by_hand) / statistics.median(by_us)
    figures = {
        "lines": len(pence),
        "drift_pence": drift,
        "ours_cpu_s": round(statistics.median(by_us), 4),
        "bare_numpy_cpu_s": round(statistics.median(by_hand), 4),
        "rate_of_bare_numpy": round(ratio, 2),
        "lines_per_cpu_s": round(len(pence) / statistics.median(by_us)),
        "plain_python_cpu_s": round(loop * len(pence) / few, 2),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures))
    return 1 if drift or ratio < LEAST else 0


if __name__ == "__main__":
    sys.exit(main())
