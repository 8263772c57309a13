"""The principles every case answers for among its criteria: none is forgotten, none is left out without a reason."""

from collections import Counter

from moothall.appraisal.rules.basis import Fault
from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.facts import fact

WHOLE, ALWAYS = "the case", "always"


def asked(own: dict | None = None) -> dict[str, dict]:
    """Return {id: name, meaning, source, group ...} of the principles asked for, beside a list of its own or not.

    >>> len(asked()), list(asked({"principles": {"kindness": {"name": "Kindness"}}}))
    (14, ['kindness', 'equity', 'sustainability'])
    """
    ours = fact("principles")["principles"]
    kept = {key: one for key, one in ours.items() if one["group"] == ALWAYS}
    if not own:
        return ours
    theirs = {key: dict(one) | {"group": "own"} for key, one in (own.get("principles") or {}).items()}
    return {key: one for key, one in theirs.items() if key not in kept} | kept


def scales() -> dict[str, dict]:
    """Return {id: a criterion in words} of the fourteen, ready to begin from."""
    return {
        key: {"what": one["name"], "nought": one["nought"], "hundred": one["hundred"]} for key, one in asked().items()
    }


def principle_faults(case: Case) -> list[Fault]:
    """Find principles nobody answered for, answers to none, and criteria that are missing or stand for two."""
    principles = _asked_of(case)
    known = case.criteria.scales if case.criteria else {}
    faults = [
        _fault(key, f"“{one['name']}” is neither a criterion nor left out", "its criterion, or why it is left_out")
        for key, one in principles.items()
        if key not in case.principles
    ]
    for key, answer in case.principles.items():
        if key not in principles:
            faults.append(_fault(key, "no such principle is asked for", f"one of {', '.join(principles)}"))
        elif answer.criterion and answer.criterion not in known:
            what = f"there is no criterion “{answer.criterion}” with a scale"
            faults.append(_fault(key, what, "one of criteria.scales, or why it is left_out"))
    used = Counter(answer.criterion for answer in case.principles.values() if answer.criterion in known)
    return faults + [
        _fault(key, f"“{answer.criterion}” stands for another principle too", "a criterion of its own, or left_out")
        for key, answer in case.principles.items()
        if used[answer.criterion] > 1
    ]


def answers(case: Case) -> list[dict]:
    """Return the principles by group, each with its meaning, its source and how the case answers for it."""
    told = fact("principles")
    own = case.own_principles
    titles = {"own": own.title} if own else told["groups"]
    titles |= {ALWAYS: told[ALWAYS]}
    rows = [_row(case, key, one) for key, one in _asked_of(case).items()]
    return [{"title": title, "rows": [row for row in rows if row["group"] == group]} for group, title in titles.items()]


def listed(case: Case) -> dict[str, str]:
    """Return the title and the source of the list of principles a case uses."""
    own, told = case.own_principles, fact("principles")
    return {"title": own.title, "source": own.source} if own else {"title": told["title"], "source": told["source"]}


def _asked_of(case: Case) -> dict[str, dict]:
    return asked(case.own_principles.model_dump() if case.own_principles else None)


def _row(case: Case, key: str, one: dict) -> dict:
    answer = case.principles[key]
    row = {name: one.get(name, "") for name in ("name", "meaning", "source", "address", "group")} | {"key": key}
    if answer.criterion:
        scale = case.criteria.scales[answer.criterion]
        return row | {"criterion": scale.what, "nought": scale.nought, "hundred": scale.hundred}
    return row | {"criterion": "", "left_out": answer.left_out, "who": answer.who, "on": answer.on.isoformat()}


def _fault(key: str, what: str, write: str) -> Fault:
    return Fault(option=WHOLE, field=f"principles.{key}", what=what, write=write)
