"""The seal on criteria: scales and weights are fixed and published before anybody enters a score."""

import hashlib
import json

from moothall.appraisal.rules.basis import Fault
from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.criteria_case import Criteria, Scale, Weights

WHOLE = "the case"


def fingerprint(criteria: Criteria) -> str:
    """Return sixteen characters that change with any word or figure of the scales and weights first agreed."""
    data = criteria.model_dump(mode="json", include={"scales", "weights"})
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


def criteria_faults(case: Case) -> list[Fault]:
    """Find what breaks the seal, what is not scored, and what is scored twice or before its time."""
    criteria = case.criteria
    if criteria is None:
        return []
    faults = _seal_faults(criteria) + _weight_faults(criteria.scales, criteria.weights, "weights")
    for number, amended in enumerate(criteria.amendments):
        if amended.on < criteria.seal.on:
            faults.append(_fault(f"amendments.{number}.on", "it lies before the seal", "a later day"))
        scales = criteria.scales | amended.scales
        faults += _weight_faults(scales, criteria.weights | amended.weights, f"amendments.{number}.weights")
        if set(scales) != set(criteria.scales):
            what = "it adds a criterion; a change keeps the criteria and alters their scales or weights"
            faults.append(_fault(f"amendments.{number}.scales", what, "a new edition of the case for other criteria"))
    return faults + [fault for option in case.options for fault in _score_faults(criteria, option)] + _strangers(case)


def _fault(field: str, what: str, write: str, option: str = WHOLE) -> Fault:
    return Fault(option=option, field=f"criteria.{field}", what=what, write=write)


def _seal_faults(criteria: Criteria) -> list[Fault]:
    right = fingerprint(criteria)
    if criteria.seal.hash == right:
        return []
    what = f"scales and weights have the fingerprint {right}, the seal says {criteria.seal.hash}"
    return [_fault("seal.hash", what, "the first scales and weights back, and the change under amendments")]


def _weight_faults(scales: dict[str, Scale], weights: dict[str, Weights], field: str) -> list[Fault]:
    faults = []
    for who, given in weights.items():
        if set(given.swings) != set(scales):
            apart = ", ".join(sorted(set(given.swings) ^ set(scales)))
            faults.append(
                _fault(f"{field}.{who}", f"it does not weigh exactly the criteria: {apart}", "a swing for each")
            )
        elif min(given.swings.values()) < 0 or max(given.swings.values()) != 100:
            what = "the swing that matters most counts 100 and the others are from 0 to 100 beside it"
            faults.append(_fault(f"{field}.{who}", what, "the swings so"))
    return faults


def _score_faults(criteria: Criteria, option: str) -> list[Fault]:
    faults = []
    scores = criteria.scores.get(option, {})
    for name, scale in criteria.scales.items():
        score = scores.get(name)
        if score is None:
            faults.append(_fault(f"scores.{name}", "it is not scored", "a figure, why, source, author and day", option))
            continue
        if score.on < criteria.seal.on:
            what = f"it was entered on {score.on}, before the scales were sealed on {criteria.seal.on}"
            faults.append(_fault(f"scores.{name}.on", what, "a score made after the seal", option))
        low, high = (scale.anchors[0][0], scale.anchors[-1][0]) if scale.anchors else (0, 100)
        if not low <= score.figure <= high:
            what = f"{score.figure:g} lies outside the scale, {low:g} to {high:g}"
            faults.append(_fault(f"scores.{name}", what, "a figure on the scale, or amend the scale", option))
    return faults + [
        _fault(f"scores.{name}", "there is no such criterion", "one of the scales", option)
        for name in scores
        if name not in criteria.scales
    ]


def _strangers(case: Case) -> list[Fault]:
    return [
        _fault(f"scores.{option}", "there is no such option", "an option of the case")
        for option in case.criteria.scores
        if option not in case.options
    ]
