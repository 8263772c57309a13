"""From YAML to a case: everything wrong is told at once, each by option and field, and nothing is guessed."""

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from moothall.appraisal.rules.basis import CaseRefused, Fault, NotOnOneBasis, differences
from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.closing import closing_faults, obstacles
from moothall.appraisal.rules.completeness import faults_of
from moothall.appraisal.rules.criteria_case import Criteria
from moothall.appraisal.rules.principles import principle_faults
from moothall.appraisal.rules.sealing import criteria_faults, fingerprint

WHOLE = "the case"
UNSEALED = {"on": "2000-01-01", "who": "nobody yet", "hash": "none"}


def read(text: str) -> Case:
    """Return the case written in a YAML text. Raises CaseRefused (NotOnOneBasis where options cannot be compared)."""
    return check(loaded(text))


def fingerprint_of(text: str) -> str:
    """Return the fingerprint of the scales and weights in a YAML text, whatever its seal says. Raises CaseRefused."""
    return fingerprint_of_data(loaded(text))


def fingerprint_of_data(data: dict) -> str:
    """Return the fingerprint of the scales and weights of a case in plain data. Raises CaseRefused."""
    criteria = data.get("criteria")
    if not isinstance(criteria, dict):
        fault = Fault(option=WHOLE, field="criteria", what="there are none to seal", write="scales and weights")
        raise CaseRefused([fault])
    try:
        return fingerprint(Criteria.model_validate(criteria | {"seal": UNSEALED, "scores": {}}))
    except ValidationError as error:
        found = [
            _fault(problem | {"loc": ("criteria", *problem["loc"])}) for problem in error.errors(include_url=False)
        ]
        raise CaseRefused(found) from error


def loaded(text: str) -> dict:
    """Return what a YAML text says, as plain data. Raises CaseRefused where it holds no fields."""
    try:
        data = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        fault = Fault(
            option=WHOLE, field="the file", what=f"it is not YAML: {error}", write="YAML 1.2, two spaces deep"
        )
        raise CaseRefused([fault]) from error
    if not isinstance(data, dict):
        fault = Fault(option=WHOLE, field="the file", what="it holds no fields", write="title, inputs and options")
        raise CaseRefused([fault])
    return data


def check(data: dict) -> Case:
    """Return the case in plain data, after every test. Raises CaseRefused or NotOnOneBasis."""
    apart = _differences(data)
    if faults := shape_faults(data):
        basis = apart or any(".basis" in f".{fault.field}" or fault.field == "basis" for fault in faults)
        known = {(fault.option, fault.field) for fault in faults}
        faults += [fault for fault in apart if (fault.option, fault.field) not in known]
        raise (NotOnOneBasis if basis else CaseRefused)(faults)
    case = Case.model_validate(data)
    if apart:
        raise NotOnOneBasis(apart)
    missing, other = faults_of(case)
    if missing:
        raise NotOnOneBasis(missing)
    if other := other + criteria_faults(case) + principle_faults(case) + closing_faults(case):
        raise CaseRefused(other)
    return case


def everything_wrong(case: Case) -> list[Fault]:
    """Return all faults of a case whose shape is right, and everything that would keep it from closing."""
    missing, other = faults_of(case)
    return [*missing, *other, *criteria_faults(case), *principle_faults(case), *obstacles(case)]


def shape_faults(data: dict) -> list[Fault]:
    """Return what is missing or wrong in the shape of a case in plain data; what comes after is not looked at."""
    try:
        Case.model_validate(data)
    except ValidationError as error:
        return [_fault(problem) for problem in error.errors(include_url=False)]
    return []


def _differences(data: dict) -> list[Fault]:
    options = data.get("options")
    if not isinstance(options, dict):
        return []
    stated = {name: option.get("basis") for name, option in options.items() if isinstance(option, dict)}
    return differences({name: basis for name, basis in stated.items() if isinstance(basis, dict)})


def _fault(problem: dict) -> Fault:
    place = [str(part) for part in problem["loc"] if part not in {"every", "literal['every']"}]
    option, rest = (place[1], place[2:]) if place[:1] == ["options"] and len(place) > 1 else (WHOLE, place)
    what = {"missing": "it is missing", "extra_forbidden": "there is no such field"}.get(
        problem["type"], problem["msg"].removeprefix("Value error, ")
    )
    write = {
        "missing": "it: every option states it, continue as now included",
        "extra_forbidden": "one of the fields in docs/appraisal.md",
    }.get(problem["type"], "what is asked for")
    return Fault(option=option, field=".".join(rest) or "option", what=what, write=write)
