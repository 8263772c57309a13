"""
Measure what a change of one figure costs in an appraisal of ten options, ten years and 65,536 futures.

    python -m benchmarks.recompute [--rounds 5] [--points 65536]

Taken in turn: the whole result worked out afresh, then after a change of a figure that one option alone uses, and after
a change of a price that every option pays; beside the same futures drawn, added up and told by bare numpy and scipy as
one would write it by hand for this one case. 108 figures are uncertain, by three shapes. What is kept must give the
very bits of a fresh run, the bare numpy the same percentiles. Then through the page: the change that an officer posts,
and the result read. Prints JSON objects. Exits 1 where a recomputation takes a quarter of a second of CPU or more, or
half of what a fresh run takes.
"""

import argparse
import datetime as dt
import statistics
import sys
import time
from functools import partial

import numpy as np
from scipy import stats

from benchmarks.appraisal import LINES, OPTIONS, YEARS, bare, case, timed
from benchmarks.ground import say, world
from moothall.appraisal.rules import draft
from moothall.appraisal.rules.facts import discount_factors
from moothall.appraisal.rules.kept import Kept
from moothall.appraisal.rules.reading import check
from moothall.appraisal.rules.report import Report, appraise

LIMIT, SHARE, BYTES = 0.25, 0.5, 192 << 20
SHAPES = (
    {"shape": "triangular", "low": 80, "high": 130},
    {"shape": "pert", "low": 70, "high": 140},
    {"shape": "normal", "sd": 5},
)
ONE, ALL = ("inputs", "a4_3", "value"), ("basis", "volumes", "bills")


def document(points: int) -> dict:
    """Return the case as it is written: each option's own figures uncertain, one line paid by all, a bill at a time."""
    found = draft.plain(draft.drafted(case().model_dump(mode="json"))) | {"points": points}
    for number in range(OPTIONS - 1):
        for line in range(LINES):
            for letter in "ab":
                spread = SHAPES[line % len(SHAPES)] | {"source": "Drawn at random"}
                found["inputs"][f"{letter}{number}_{line}"]["spread"] = spread
    bills = {"what": "A bill", "kind": "operating", "times": ["volumes.bills"]}
    for option in found["options"].values():
        option["lines"]["bills"] = bills
    return found


def drawn(one, points: int) -> dict[str, np.ndarray]:
    """Return the same draws as the engine's by scipy's own distributions."""
    names = [name for name, given in one.inputs.items() if given.spread]
    dice = np.random.default_rng(one.seed)
    shares = stats.qmc.Sobol(len(names), rng=dice).random_base2(points.bit_length() - 1)
    found = {}
    for name, share in zip(names, np.clip(shares, 2.0**-40, 1 - 2.0**-40).T, strict=True):
        given, spread = one.inputs[name].value, one.inputs[name].spread
        if spread.shape == "normal":
            found[name] = stats.norm.ppf(share, given, spread.sd)
            continue
        width = spread.high - spread.low
        if spread.shape == "triangular":
            found[name] = stats.triang.ppf(share, (given - spread.low) / width, spread.low, width)
        else:
            rises, falls = 1 + 4 * (given - spread.low) / width, 1 + 4 * (spread.high - given) / width
            found[name] = stats.beta.ppf(share, rises, falls, spread.low, width)
    return found


def by_hand(one, points: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (percentiles of each option's cost, bands of its cash) of all options but now, drawn and told by hand."""
    values = {name: given.value for name, given in one.inputs.items()} | drawn(one, points)
    costs, cumulative = bare(values, np.array(discount_factors(one.basis.discount, YEARS)))
    told = np.percentile(costs, (5, 50, 95), axis=1)
    np.argmin(costs, axis=0)
    return told, np.percentile(cumulative, (5, 50, 95), axis=2)


def bits(report: Report) -> list:
    """Return what is drawn of a result, to the bit."""
    return [(found.cost, found.gain, found.best, found.band.tobytes()) for found in report.chances.values()]


def recomputed(begun: dict, kept: Kept | None = None) -> Report:
    """Return the result of a document, as the page works it out."""
    return appraise(check(draft.whole(begun)), kept)


def rules(rounds: int, points: int) -> bool:
    """Measure the engine; return whether it keeps its limits."""
    begun, kept, taken = document(points), Kept(BYTES), {"fresh": [], "one": [], "all": [], "bare": []}
    appraise(check(draft.whole(begun)), kept)
    for number in range(1, rounds + 1):
        for name, path in (("one", ONE), ("all", ALL)):
            begun = draft.put(begun, path, draft.get(begun, path) * (1 + number / 1000))
            seconds, found = timed(partial(recomputed, begun, kept))
            taken[name].append(seconds)
        seconds, fresh = timed(partial(recomputed, begun))
        taken["fresh"].append(seconds)
        if bits(found) != bits(fresh):
            raise SystemExit("what is kept is not what a fresh run gives")
        seconds, (told, bands) = timed(partial(by_hand, fresh.case, points))
        taken["bare"].append(seconds)
    ours = [one for name, one in fresh.chances.items() if name.startswith("option")]
    bills = draft.get(begun, ALL) * sum(discount_factors(fresh.case.basis.discount, YEARS))
    np.testing.assert_allclose(np.array([one.cost for one in ours]).T, told + bills, rtol=1e-9)
    np.testing.assert_allclose([one.band for one in ours], bands.transpose(1, 0, 2), rtol=1e-7, atol=1e-3)
    seconds = {name: statistics.median(found) for name, found in taken.items()}
    say(
        "recompute", points=points, uncertain=2 * LINES * (OPTIONS - 1), limit_s=LIMIT, kept_mb=kept.weight >> 20,
        **{f"{name}_cpu_s": round(found, 3) for name, found in seconds.items()},
        all_over_fresh=round(seconds["all"] / seconds["fresh"], 2),
        all_over_bare=round(seconds["all"] / seconds["bare"], 2),
    )  # fmt: skip
    return max(seconds["one"], seconds["all"]) < LIMIT and seconds["all"] <= SHARE * seconds["fresh"]


def page(rounds: int, points: int) -> None:
    """Measure a change that an officer posts, and the page of the result after it."""
    with world():
        from django.test import Client
        from tests.world import ASHBY, as_staff

        from moothall.appraisal import actions
        from moothall.core.actor import Actor
        from moothall.core.scope import Scope, scoped

        by, at, client = Actor("system", "benchmarks", ASHBY), dt.datetime.now(dt.UTC), Client()
        with scoped(Scope(bodies=(ASHBY,), purpose="benchmarks", actor=by)):
            row = actions.begin(body_id=ASHBY, document=document(points), why="To be measured", at=at, by=by)
        as_staff(client, ASHBY, "manager")
        here = f"/staff/appraisals/at/{row.slug}"
        place, result = f"{here}/in/inputs/a4_1/spread/", f"{here}/result/"
        given, taken = SHAPES[1] | {"source": "Drawn at random", "why": "To be measured"}, {}
        began = time.perf_counter()
        client.get(result)
        first = time.perf_counter() - began
        for number in range(rounds):
            sent = given | {"low": str(71 + number), "seen": str(row.version + number)}
            for name, ask in (("change", partial(client.post, place, sent)), ("result", partial(client.get, result))):
                began = time.perf_counter()
                answer = ask()
                taken.setdefault(name, []).append(time.perf_counter() - began)
                if answer.status_code != {"change": 302, "result": 200}[name]:
                    raise SystemExit(f"{name}: {answer.status_code}: {answer.content[:2000]!r}")
    seconds = {f"{name}_s": round(statistics.median(found), 3) for name, found in taken.items()}
    say("recompute_page", points=points, first_result_s=round(first, 3), **seconds)


def main() -> int:
    """Measure the engine, then the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--points", type=int, default=65536)
    given = parser.parse_args()
    kept = rules(given.rounds, given.points)
    page(given.rounds, given.points)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
