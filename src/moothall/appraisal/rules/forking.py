"""A published case with somebody else's figures and weights: worked out by the same rules, beside the official one."""

from moothall.appraisal.rules.draft import get, put
from moothall.appraisal.rules.words import amount, pounds

MOST_POINTS = 65_536
YOURS = "yours"
ASSUMED = "An assumption of whoever worked the case out anew"
WHY = "Other weights, by whoever worked the case out anew"


def forked(document: dict, figures: dict[str, float], swings: dict[str, float]) -> dict:
    """Return a document with other figures (by input) and one more set of weights (by criterion).

    A figure that somebody else assumes counts as they say it: no reference class stands in for it, and it is certain
    where it lies outside the range it had.
    """
    found = document | {"points": min(document.get("points", MOST_POINTS), MOST_POINTS)}
    for name, value in figures.items():
        given = {key: one for key, one in found["inputs"][name].items() if key != "reference_class"}
        given |= {"value": value, "evidence": [ASSUMED]}
        if not _inside(given.get("spread"), value):
            given.pop("spread", None)
        found = put(found, ("inputs", name), given)
    if swings:
        criteria = found["criteria"]
        weights = {YOURS: {"who": "Yours", "on": criteria["seal"]["on"], "swings": swings}}
        amended = {"on": criteria["seal"]["on"], "who": "you", "why": WHY, "weights": weights}
        earlier = [one for one in criteria.get("amendments", []) if one["on"] > amended["on"]]
        amended["on"] = max([amended["on"], *(one["on"] for one in earlier)])
        found = put(found, ("criteria", "amendments"), [*criteria.get("amendments", []), amended])
    return found


def _inside(spread: dict | None, value: float) -> bool:
    if not spread:
        return True
    low, high = spread.get("low"), spread.get("high")
    if spread["shape"] == "lognormal":
        return value > 0
    return low is None or high is None or low <= value <= high


def unknown(document: dict) -> list[str]:
    """Return the inputs whose figure is withheld: whoever works the case out anew has to assume them."""
    return [name for name, given in document["inputs"].items() if given.get("value") is None]


def moving(told: dict) -> list[str]:
    """Return the inputs that could turn the answer, the nearest first, of what is shown of a result."""
    found = sorted((abs(one["change"]), one["input"]) for rows in told["switching"].values() for one in rows[:8])
    return list(dict.fromkeys(name for _change, name in found))


def beside(official: dict, theirs: dict) -> list[dict]:
    """Return each option's place and gain in the official result and in theirs, theirs first in order.

    An option that the official one has not got has no place there.
    """
    rows = []
    for place, name in enumerate(theirs["order"], 1):
        before, after = official["side"].get(name), theirs["side"][name]
        is_now = name == theirs["now"]
        rows.append({
            "title": theirs["titles"][name], "place": place,
            "was": official["order"].index(name) + 1 if name in official["order"] else None,
            "gain": "–" if is_now else pounds(after["gain"]),
            "gain_was": "–" if is_now else (pounds(before["gain"]) if before else "withheld"),
            "best": after["best"], "best_was": (before or {}).get("best") or "not shown",
        })  # fmt: skip
    return rows


def weighed(theirs: dict) -> list[tuple[str, str]]:
    """Return (whose weights, the option that is first under them) of each set, theirs last."""
    versions = list((theirs["criteria"] or {}).get("versions", {}).values())
    if not versions:
        return []
    return [(one["who"], theirs["titles"][one["order"][0]]) for one in versions[-1]["sets"].values()]


def changed(document: dict, figures: dict[str, float]) -> list[tuple[str, str, str]]:
    """Return (what, the official figure, theirs) of every figure that differs."""
    told = []
    for name, value in figures.items():
        given = document["inputs"].get(name, {})
        before, unit = get(document, ("inputs", name, "value")), given.get("unit", "")
        told.append(
            (given.get("what", name), "withheld" if before is None else amount(before, unit), amount(value, unit))
        )
    return told
