"""What is kept between changes: the same bits as a fresh run, whatever was changed, within the memory allowed."""

import os
import random
import signal
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from moothall.appraisal.rules import chance, draft, influence
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.kept import SMALL, Kept, each
from moothall.appraisal.rules.reading import check
from moothall.appraisal.rules.report import appraise
from moothall.appraisal.tests.small import PLAN, given, small
from moothall.appraisal.tests.test_basis import at, places

GUESS = {"source": "Guess"}
FLAT, HALF = {"shape": "triangular", "low": 0, "high": 900, **GUESS}, {"shape": "normal", "sd": 3, **GUESS}
RATE = {"shape": "uniform", "low": -0.02, "high": 0.04, **GUESS}
RUNNING = ("options", "in-house", "lines", "running")
INHERITED = ("options", "in-house", "lines", "moved")


def tie(one: str, other: str, rho: float) -> list[dict]:
    """Return the correlations of a case that has one."""
    return [{"between": [one, other], "rho": rho, **GUESS}]


def begun() -> dict:
    """Return a document of four options: now and its twin, both certain; in house and its twin, both uncertain."""
    data = small(points=64, correlations=tie("cost_then", "moving", 0.4))
    for name in ("cost_then", "moving", "also"):
        data["inputs"][name] = given(400, spread=FLAT, evidence=["Trial"])
    data["inputs"] |= {name: given(0.01, spread=RATE) for name in ("g", "h")}
    data["inputs"] |= {"other": given(40, spread=HALF), "idle": given(40, spread=HALF)}
    ours = data["options"]["in-house"]
    ours["lines"]["running"]["growth"] = "g"
    ours["lines"]["moved"] = {"what": "Moved", "kind": "operating", "times": ["moving"], "growth": "h"}
    ours["lines"]["also"] = {"what": "Also", "kind": "operating", "times": ["also", "other"]}
    as_now = data["options"]["now"] | {"model": "in-house", "plan": PLAN}
    return draft.plain(draft.drafted(data | {"options": data["options"] | {"twin": ours, "as-now": as_now}}))


def mixed(document: dict, name: str, *order: int) -> tuple:
    """Return a change that puts the entries of a part of a document in another order."""
    entries = [*document[name].items()]
    return (name,), dict([entries[place] for place in order] + entries[len(order) :])


def renamed(document: dict, old: str, new: str) -> tuple:
    """Return a change that calls an input by another name."""
    return ("inputs",), {new if name == old else name: one for name, one in document["inputs"].items()}


BEGUN = begun()
CHANGES = {
    "the draws": [(("seed",), 8)],
    "how many draws": [(("points",), 128)],
    "a figure": [(("inputs", "other", "value"), 41)],
    "a figure that is certain": [(("inputs", "checking", "value"), 51)],
    "a rate of growth": [(("inputs", "g", "value"), 0.012)],
    "a rate's lower end": [(("inputs", "h", "spread", "low"), -0.01)],
    "a spread's lower end": [(("inputs", "also", "spread", "low"), 10)],
    "a spread's shape": [(("inputs", "also", "spread", "shape"), "pert")],
    "what is uncertain": [(("inputs", "other", "spread"), None)],
    "a tie's strength": [(("correlations",), tie("cost_then", "moving", 0.6))],
    "what is tied": [(("correlations",), tie("cost_then", "also", 0.4))],
    "no tie": [(("correlations",), [])],
    "the discount schedule": [(("basis", "discount"), "review-2026")],
    "the year of the prices": [(("basis", "prices", "year"), 2026)],
    "the order of options": [mixed(BEGUN, "options", 1, 0)],
    "the order of figures": [mixed(BEGUN, "inputs", 0, 7, 2, 3, 4, 5, 6, 1)],
    "the name of what moves nothing": [renamed(BEGUN, "idle", "unused")],
    "which growth is whose": [((*RUNNING, "growth"), "h"), ((*INHERITED, "growth"), "g")],
    "what has growth": [((*RUNNING, "growth"), None)],
    "what a line is made of": [((*RUNNING, "times"), ["also"])],
    "when a line is paid": [((*RUNNING, "profile"), [1, 1, 0.5])],
    "who pays": [((*RUNNING, "paid_by"), {"Ashby": 0.5, "The firm": 0.5})],
}


def bits(value):
    """Return a result as something that differs wherever one bit of it does."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, float):
        return value.hex()
    if isinstance(value, dict):
        return [(key, bits(inner)) for key, inner in value.items()]
    if isinstance(value, list | tuple):
        return [bits(inner) for inner in value]
    return bits(vars(value)) if hasattr(value, "__dict__") else repr(value)


def put(document: dict, changes) -> dict:
    """Return a document after some changes."""
    for path, value in changes:
        document = draft.put(document, path, value)
    return document


@pytest.fixture(scope="module")
def warm():
    """Return a store that has worked out the case before it was changed."""
    kept = Kept(1 << 24)
    assert bits(appraise(check(draft.whole(BEGUN)), kept)) == bits(appraise(check(draft.whole(BEGUN))))
    return kept


@pytest.mark.parametrize("what", CHANGES)
def test_after_a_change_what_is_kept_gives_what_a_fresh_run_gives_to_the_bit(warm, what):
    case = check(draft.whole(put(BEGUN, CHANGES[what])))

    assert bits(appraise(case, warm)) == bits(appraise(case))


def test_after_any_change_of_a_figure_it_gives_what_a_fresh_run_gives():
    dice, kept, document, tried = random.Random(1), Kept(1 << 16), BEGUN, 0
    figures = [path for path in places(BEGUN) if type(at(BEGUN, path)) in (int, float)]
    while tried < 12:
        path = dice.choice(figures)
        after = draft.put(document, path, at(document, path) * dice.choice([1.01, 0.97, 2]))
        try:
            case = check(draft.whole(after))
        except CaseRefused:
            continue
        document, tried = after, tried + 1
        assert bits(appraise(case, kept)) == bits(appraise(case)), (path, after)

    assert kept.weight <= 1 << 16


def test_a_change_draws_anew_only_the_figure_that_was_changed(warm, monkeypatch):
    drawn = []
    for module in (chance, influence):
        monkeypatch.setattr(module, "quantile", lambda one, share: drawn.append(one.value) or share * one.value)

    appraise(check(draft.whole(draft.put(BEGUN, ("inputs", "other", "value"), 43))), warm)

    assert drawn == [43] * 3  # once for the futures, once in each of the two sets that show what moves the answer


def test_threads_that_share_a_store_all_get_what_a_fresh_run_gives():
    kept, cases = Kept(1 << 15), [check(draft.whole(put(BEGUN, change))) for change in list(CHANGES.values())[:4]]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda case: bits(appraise(case, kept)), cases * 3))

    assert found == [bits(appraise(case)) for case in cases] * 3


def test_no_more_is_kept_than_is_allowed_and_what_was_asked_for_longest_ago_goes_first():
    kept = Kept(3 * (800 + SMALL))
    for name in "abc":
        kept(name, lambda: np.zeros(100))
    kept("a", lambda: pytest.fail("it is kept"))

    kept("d", lambda: np.zeros(100))
    kept("whole", lambda: np.zeros(10_000))

    assert list(kept.found) == ["c", "a", "d"]
    assert kept.weight == kept.most


def test_two_that_work_out_the_same_at_once_count_once():
    kept = Kept(5, each)

    kept("a", lambda: kept("a", lambda: 7))

    assert (kept.weight, kept.get("a")) == (1, 7)


def test_a_forked_process_is_not_held_up_by_a_thread_that_was_left_behind():
    kept = Kept(5, each)
    with kept.lock:
        child = os.fork()
        if not child:
            signal.alarm(5)
            os._exit(0 if kept("a", lambda: 7) == 7 else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
