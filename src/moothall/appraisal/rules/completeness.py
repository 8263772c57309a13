"""What a case must hold beyond its shape: costs that every option counts, names that exist, figures for each year."""

from math import prod

import numpy as np

from moothall.appraisal.rules.basis import Fault
from moothall.appraisal.rules.case import Case, Line, Option
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.kinds import ASSETS, MODELS

RUNNING = {"operating", "staff", "price"}


def faults_of(case: Case) -> tuple[list[Fault], list[Fault]]:
    """Return (faults that keep options from being compared, other faults) of a case whose shape is right."""
    missing: list[Fault] = []
    nows = [name for name, option in case.options.items() if option.model == "now"]
    if len(nows) != 1:
        what = f"one option must be `model: now`, and there are {len(nows) or 'none'}"
        missing.append(_fault("the case", "options", what, "continue as now, once"))
    for name, option in case.options.items():
        missing += _uncounted(case, name, option) + _unpriced(name, option) + _incomplete(name, option)
        missing += _unfounded(case, name, option)
    other = unknown_names(case) + _wrong_lengths(case) + _wrong_facts(case)
    return missing, other


def named_values(case: Case) -> dict[str, float]:
    """Return every figure a line may name: inputs, `volumes.<name>` and `pensions.employer_rate` of the basis."""
    basis = case.basis
    shared = {f"volumes.{name}": amount for name, amount in basis.volumes.items()}
    shared["pensions.employer_rate"] = basis.pensions.employer_rate
    return {name: given.value for name, given in case.inputs.items()} | shared


def _fault(option: str, field: str, what: str, write: str) -> Fault:
    return Fault(option=option, field=field, what=what, write=write)


def _uncounted(case: Case, name: str, option: Option) -> list[Fault]:
    """Find what the basis says every option counts and this one does not."""
    faults = []
    for heading, kind in (("transition", "transition"), ("client_side", "client")):
        for item in getattr(option.basis, heading).covers:
            found = {key: line for key, line in option.lines.items() if line.kind == kind and line.covers == item}
            if not found:
                what = f"no line of kind {kind} covers “{item}”"
                faults.append(_fault(name, f"{heading}.{item}", what, "the line; if it costs nothing, say why_nothing"))
            faults += [
                _fault(name, f"lines.{key}", "it comes to nothing and does not say why", "why_nothing")
                for key, line in found.items()
                if not line.why_nothing and _nothing(case, line)
            ]
    for item in option.basis.exit.covers:
        if item not in option.exit:
            faults.append(_fault(name, f"exit.{item}", "the cost of leaving is missing", "its cost at each year's end"))
    for item, leaving in option.exit.items():
        if item not in option.basis.exit.covers:
            faults.append(_fault(name, f"exit.{item}", "the basis does not list it", "it under basis.exit.covers"))
        if len(leaving.by_year) != option.basis.horizon.years:
            what = f"it has {len(leaving.by_year)} years, the horizon {option.basis.horizon.years}"
            faults.append(_fault(name, f"exit.{item}.by_year", what, "a share for each year"))
        if not leaving.why_nothing and not any(leaving.by_year):
            faults.append(_fault(name, f"exit.{item}", "leaving costs nothing and it does not say why", "why_nothing"))
    return faults


def _nothing(case: Case, line: Line) -> bool:
    values = named_values(case)
    amount = prod(values.get(name, 1) for name in line.times)
    return amount == 0 or (line.profile != "every" and not any(line.profile))


def _unpriced(name: str, option: Option) -> list[Fault]:
    """Find risks of the basis this option does not price, and risks nobody else prices."""
    twelve = set(fact("risks")["risks"])
    priced = set(option.basis.risk.priced)
    faults = [
        _fault(name, "basis.risk.priced", f"“{risk}” is not among the twelve", f"all of {', '.join(sorted(twelve))}")
        for risk in sorted(priced ^ twelve)
    ]
    faults += [
        _fault(name, f"risks.{risk}", "it is not priced", "who bears it on paper and in fact, its chance and its cost")
        for risk in sorted(priced - set(option.risks))
    ]
    faults += [
        _fault(name, f"risks.{risk}", "the basis does not list it", "one of the risks in basis.risk.priced")
        for risk in sorted(set(option.risks) - priced)
    ]
    return faults


def _incomplete(name: str, option: Option) -> list[Fault]:
    """Find what an option of this model may not leave out."""
    model = MODELS[option.model]
    kinds = {line.kind for line in option.lines.values()}
    faults = [
        _fault(name, f"lines.{kind}", f"an option to {model.name} has a line of this kind", "it")
        for kind in model.kinds
        if kind not in kinds
    ]
    faults += [
        _fault(name, part, f"an option to {model.name} is not complete without it", "it as docs/appraisal.md shows")
        for part in model.parts
        if getattr(option, part) is None
    ]
    if model.assets:
        valued = {line.asset for line in option.lines.values() if line.kind == "asset"}
        faults += [
            _fault(name, f"assets.{asset}", "what is handed over is not valued", "a line of kind asset, or why_nothing")
            for asset in ASSETS
            if asset not in valued
        ]
        if not option.provider:
            faults.append(_fault(name, "provider", "it does not say who provides", "the provider's name"))
    return faults


def _unfounded(case: Case, name: str, option: Option) -> list[Fault]:
    """Find an option without running costs, and savings that rest on neither evidence nor a reference class.

    A saving may hide in a lower running cost: so whatever a shared option's running costs are made of, and those of
    now are not, needs the same (facts/classes.yaml: sharing saves nothing unless evidence is filed).
    """
    running = {key: line for key, line in option.lines.items() if line.kind in RUNNING}
    faults = []
    if not running:
        faults.append(_fault(name, "lines", "nothing runs the service", f"a line of kind {', '.join(sorted(RUNNING))}"))
    founded = {key for key, given in case.inputs.items() if given.evidence or given.reference_class}
    of_now = {used for other in case.options.values() if other.model == "now" for used in _running_inputs(other)}
    for key, line in option.lines.items():
        if line.kind == "saving" and not founded & set(line.times):
            what = "a saving is claimed on neither evidence nor a reference class"
            faults.append(_fault(name, f"lines.{key}", what, "evidence with one of its inputs, or its reference_class"))
        for used in line.times if option.model == "shared" and key in running else ():
            if used in case.inputs and used not in of_now | founded:
                what = f"“{used}” differs from now and files no evidence"
                faults.append(_fault(name, f"lines.{key}.times", what, f"evidence under inputs.{used}"))
    return faults


def _running_inputs(option: Option) -> set[str]:
    return {used for line in option.lines.values() if line.kind in RUNNING for used in line.times}


def unknown_names(case: Case) -> list[Fault]:
    """Find names in sums that no input has, each with the field that uses it."""
    known = set(named_values(case))
    used: list[tuple[str, str, str]] = []
    for name, option in case.options.items():
        for key, line in option.lines.items():
            used += [(name, f"lines.{key}.times", given) for given in line.times]
            used += [(name, f"lines.{key}.growth", line.growth)] if line.growth else []
        for key, leaving in option.exit.items():
            used += [(name, f"exit.{key}.times", given) for given in leaving.times]
        for key, risk in option.risks.items():
            used += [(name, f"risks.{key}", given) for given in (risk.chance, risk.cost) if given]
        used += [(name, "profit.rate", option.profit.rate)] if option.profit else []
        used += [(name, f"workforce.{field}", given) for field, given in _people_inputs(option)]
    for number, correlation in enumerate(case.correlations):
        used += [("the case", f"correlations.{number}", given) for given in correlation.between]
    if case.borrowing:
        used.append(("the case", "borrowing.interest_rate", case.borrowing.interest_rate))
    return [
        _fault(option, field, f"no input is called “{given}”", "the name of an input, or add it under inputs")
        for option, field, given in used
        if given not in known
    ]


def _people_inputs(option: Option) -> list[tuple[str, str]]:
    fields = ("posts", "leavers", "temporary", "leaves_region", "found_elsewhere")
    named = [(field, getattr(option.workforce, field)) for field in fields if option.workforce]
    return [(field, given) for field, given in named if given]


def _wrong_lengths(case: Case) -> list[Fault]:
    faults = []
    for name, option in case.options.items():
        for key, line in option.lines.items():
            if line.profile != "every" and len(line.profile) != case.years:
                what = f"it has {len(line.profile)} years, the horizon {case.years}"
                faults.append(_fault(name, f"lines.{key}.profile", what, "a share for each year, or every"))
        for field in ("redundant", "redeployed", "retrained", "recruited") if option.workforce else ():
            if len(getattr(option.workforce, field)) != case.years:
                what = f"it has not one figure for each of the {case.years} years"
                faults.append(_fault(name, f"workforce.{field}", what, "a figure for each year"))
    if case.borrowing:
        for field in ("net_revenue_stream", "financing_cost", "capital_financing_requirement", "authorised_limit"):
            if len(getattr(case.borrowing, field)) != case.years:
                what = f"it has not one figure for each of the {case.years} years"
                faults.append(_fault("the case", f"borrowing.{field}", what, "a figure for each year"))
    return faults


def _wrong_facts(case: Case) -> list[Fault]:
    """Find schedules, biases, classes, groups and lines that are named and do not exist."""
    schedules, classes, types = fact("discount"), fact("classes"), fact("optimism")["types"]
    faults = []
    schedule = schedules.get(case.basis.discount)
    if not schedule or case.years - 1 > schedule.get("ends", case.years):
        what = f"“{case.basis.discount}” gives no rate for every year"
        faults.append(_fault(case.now, "basis.discount", what, f"one of {', '.join(schedules)}"))
    faults += _contradictions(case)
    for name, given in case.inputs.items():
        if given.reference_class and given.reference_class not in classes:
            what = f"there is no reference class “{given.reference_class}”"
            faults.append(_fault("the case", f"inputs.{name}.reference_class", what, f"one of {', '.join(classes)}"))
    for name, option in case.options.items():
        for key, line in option.lines.items():
            faults += [
                _fault(name, f"lines.{key}.{field}", what, write) for field, what, write in _wrong(case, line, types)
            ]
        for key in option.profit.on if option.profit else ():
            if key not in option.lines:
                faults.append(_fault(name, "profit.on", f"there is no line “{key}”", "lines of this option"))
    return faults


def _contradictions(case: Case) -> list[Fault]:
    """Find correlations between inputs that do not vary, and correlations that cannot all be true."""
    faults = [
        _fault(
            "the case", f"correlations.{number}", f"“{name}” has no spread", "a spread, or leave the correlation out"
        )
        for number, pair in enumerate(case.correlations)
        for name in pair.between
        if name in case.inputs and not case.inputs[name].spread
    ]
    names = sorted({name for pair in case.correlations for name in pair.between})
    matrix = np.eye(len(names))
    for pair in case.correlations:
        one, other = (names.index(name) for name in pair.between)
        matrix[one, other] = matrix[other, one] = pair.rho
    if names and np.linalg.eigvalsh(matrix).min() < 1e-9:
        faults.append(_fault("the case", "correlations", "they cannot all be true at once", "weaker ones"))
    return faults


def _wrong(case: Case, line: Line, types: dict):
    """Yield (field, what is wrong, what to write) of one line's facts."""
    if line.falls_on and line.falls_on not in case.groups:
        yield "falls_on", f"there is no group “{line.falls_on}”", "a group of the case"
    if line.kind == "asset" and line.asset not in ASSETS:
        yield "asset", "it does not say what is handed over", f"one of {', '.join(ASSETS)}"
    if not line.bias:
        return
    if line.bias.type not in types:
        yield "bias.type", f"there is no type “{line.bias.type}”", f"one of {', '.join(types)}"
        return
    if line.bias.measure not in types[line.bias.type]:
        measures = " or ".join(types[line.bias.type])
        what = f"the study gives no bias of {line.bias.type} for {line.bias.measure} cost"
        yield "bias.measure", what, f"{measures}, or another type"
    if (line.bias.measure == "capital") != (line.kind == "investment"):
        yield "bias.measure", f"a line of kind {line.kind} is not {line.bias.measure} cost", "the measure that fits"
    if sum(factor.contribution for factor in line.bias.factors.values()) > 1 + 1e-9:
        yield "bias.factors", "the contributions come to more than 1", "shares of the whole bias"
