"""The gates before a drawn-down service goes live: one table of what is needed, and rules that read it.

Sources: the routes have their own; the statutory officers' duties are Local Government and Housing Act 1989 s.5
(monitoring officer: lawfulness) and Local Government Act 1972 s.151 (proper administration of financial affairs);
both posts may not be held by one person (s.5(1) of the 1989 Act). When a company is its owners' own is Procurement Act
2023 Sch.2 para.2. Staff who change employer are informed and consulted
through their unions (Transfer of Undertakings (Protection of Employment) Regulations 2006, SI 2006/246, reg. 13).
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from moothall.sharing.rules.routes import routes
from moothall.sharing.rules.ways import LEAST_OWN_WORK, way


@dataclass(frozen=True)
class Needed:
    """One thing to write down: `kind` is text, long, day, number, yes-no, route or link."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    optional: bool = False
    only_if: str = ""


@dataclass(frozen=True)
class Gate:
    """One condition: what is written down for it, or which role must sign."""

    code: str
    title: str
    to_do: str
    needs: tuple[Needed, ...] = ()
    role: str = ""


@dataclass(frozen=True)
class Given:
    """What was written down for a gate, last: values by name, by which account, and what a signature was for."""

    values: Mapping
    account: int | None
    digest: str = ""


@dataclass(frozen=True)
class Case:
    """What the rules look at: how it is provided, who asks, who began it, and what was written down by gate."""

    provision: str
    kind: str
    applicant: int | None
    settings: Mapping
    given: Mapping[str, Given]


@dataclass(frozen=True)
class Open:
    """A gate that is not passed, and what to do about it."""

    gate: Gate
    to_do: str


GATES = (
    Gate(
        "legal-route", "A legal route", "Name the power by which the other body may do this for you.",
        (Needed("route", "By which power?", "route"),
         Needed("note", "Why this one", "long", "For whoever reads it in five years.", optional=True)),
    ),
    Gate(
        "decision", "A decision of your body", "Write down who decided, when, and where it is published.",
        (Needed("decided_by", "Who decided?", hint="The cabinet, a committee, or an officer with the power to."),
         Needed("decided_on", "On which day?", "day"),
         Needed("reference", "Reference of the decision", hint="As it stands in the published minutes."),
         Needed("councillor", "Accountable councillor", hint="Who answers for this service in public."),
         Needed("document", "Where it is published", "link", optional=True)),
    ),
    Gate(
        "own-decision", "A decision of your body", "Write down who decided, when, and where it is on record.",
        (Needed("decided_by", "Who decided?", hint="The cabinet, a committee, or an officer with the power to."),
         Needed("decided_on", "On which day?", "day"),
         Needed("reference", "Reference of the decision", hint="As it stands in the minutes, or the officer’s record."),
         Needed("document", "Where it is published", "link", optional=True)),
    ),
    Gate(
        "control", "The company is its owners’ own", "Write down who owns the company, and that they control it.",
        (Needed("owners", "Which bodies own it?", hint="Your own body is one of them."),
         Needed("controlled", "Do they control it, with your body on its board?", "yes-no"),
         Needed("others", "Does anybody else decide what it does?", "yes-no"),
         Needed("percent", "How much of its work is for its owners, in per cent?", "number",
                "By turnover, over the last three years, or as it is planned where it is younger."),
         Needed("document", "Where that is worked out", "link", optional=True)),
    ),
    Gate(
        "staff", "Staff", "Say whether anybody's work changes employer, and if so how many and what the unions said.",
        (Needed("moves", "Does anybody's work change employer?", "yes-no"),
         Needed("number", "How many people?", "number", only_if="moves"),
         Needed("unions", "Which unions were consulted?", only_if="moves"),
         Needed("response", "What did they answer?", "long", "In their words, in full.", only_if="moves"),
         Needed("answered_on", "On which day?", "day", only_if="moves")),
    ),
    Gate(
        "contract", "An awarded contract", "Write down the contract that was awarded.",
        (Needed("reference", "Reference of the contract"),
         Needed("contractor", "Contractor"),
         Needed("awarded_on", "Day of the award", "day"),
         Needed("document", "Contract award notice", "link")),
    ),
    Gate(
        "appraisal", "A closed appraisal", "Close the appraisal, with doing it yourselves worked out in full.",
        (Needed("here", "Which one is published here?", "appraisal",
                "If it is one of these, leave the other questions: the answers are known.", optional=True),
         Needed("reference", "Reference of the appraisal"),
         Needed("closed_on", "Day on which it was closed", "day"),
         Needed("in_house", "Is doing it yourselves one of its options, worked out in full?", "yes-no"),
         Needed("document", "Where it is published", "link")),
    ),
    Gate(
        "monitoring-officer", "Signed by the monitoring officer",
        "Ask your monitoring officer to sign in and sign that it is lawful.", role="monitoring-officer",
    ),
    Gate(
        "section-151-officer", "Signed by the section 151 officer",
        "Ask your section 151 officer to sign in and sign that it is affordable and value for money.",
        role="section-151-officer",
    ),
)  # fmt: skip
SIGNED = tuple(gate.code for gate in GATES if gate.role)


def gate(code: str) -> Gate | None:
    """Return a gate by its code."""
    return next((row for row in GATES if row.code == code), None)


def gates(provision: str) -> list[Gate]:
    """Return the gates that stand before a way of providing, in the order in which they are passed.

    >>> [gate.code for gate in gates("own-staff")]
    ['legal-route', 'decision', 'staff', 'monitoring-officer', 'section-151-officer']
    >>> [gate.code for gate in gates("own")]
    ['own-decision', 'staff']
    """
    return [gate(code) for code in way(provision).gates]


def digest(case: Case) -> str:
    """Return a fingerprint of all that a signature is for: the settings, and everything written down for a gate."""
    written = {code: dict(given.values) for code, given in case.given.items() if code not in SIGNED}
    text = json.dumps([dict(case.settings), written], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def still_open(case: Case, on: dt.date) -> list[Open]:
    """Return the gates that are not passed on a day, in their order, each with what to do; empty: it may go live."""
    found = []
    for row in gates(case.provision):
        given = case.given.get(row.code)
        to_do = row.to_do if given is None else _wrong(row, given, case, on)
        if to_do:
            found.append(Open(row, to_do))
    return found


def unwritten(case: Case, on: dt.date) -> list[Open]:
    """Return the open gates that must be passed before anybody signs."""
    return [row for row in still_open(case, on) if not row.gate.role]


def _wrong(row: Gate, given: Given, case: Case, on: dt.date) -> str:
    if row.role:
        return _unsigned(row, given, case)
    problems = check(row, given.values, case, on)
    return next(iter(problems.values()), "")


def _unsigned(row: Gate, given: Given, case: Case) -> str:
    if given.account is None or given.account == case.applicant:
        return "Whoever began this cannot sign it. Somebody else in that post signs."
    others = [case.given[code].account for code in SIGNED if code != row.code and code in case.given]
    if given.account in others:
        return "One person cannot sign for both posts. Each officer signs for their own."
    if given.digest != digest(case):
        return "Something was changed after this was signed. Ask for it to be signed again."
    return ""


def check(row: Gate, values: Mapping, case: Case, on: dt.date) -> dict[str, str]:
    """Return {name: what is wrong, and what to do} of what is written down for a gate."""
    problems = {}
    for need in row.needs:
        value = values.get(need.name)
        if need.only_if and not values.get(need.only_if):
            continue
        if value in (None, "") and not need.optional:
            problems[need.name] = f"{row.to_do} “{need.label}” is missing."
        elif need.kind == "day" and value and str(value) > on.isoformat():
            problems[need.name] = "This day has not come yet. Write it down once it has."
    return problems or _does_not_fit(row, values, case, on)


def _does_not_fit(row: Gate, values: Mapping, case: Case, on: dt.date) -> dict[str, str]:
    """Return what is whole and yet passes no gate."""
    match row.code:
        case "legal-route":
            open_ = {route.code for route in routes(case.provision, case.kind, on)}
            if values["route"] not in open_:
                return {"route": "This power does not fit here. Choose another."}
        case "staff" if values.get("moves") and int(values["number"]) < 1:
            return {"number": "Write how many people: 1 or more."}
        case "appraisal" if not values["in_house"]:
            return {"in_house": "The appraisal must work out doing it yourselves in full. Complete it first."}
        case "control":
            return _not_controlled(values)
    return {}


def _not_controlled(values: Mapping) -> dict[str, str]:
    """Return why a company is not its owners' own (Procurement Act 2023 Sch.2 para.2); then it is a contractor."""
    instead = "It is a contractor then: ask for an offer that says so, with a contract and an appraisal."
    if not values["controlled"]:
        return {"controlled": f"Its owners must control it, each on its board. {instead}"}
    if values["others"]:
        return {"others": f"Nobody else may decide what it does. {instead}"}
    if int(values["percent"]) <= LEAST_OWN_WORK:
        return {"percent": f"More than {LEAST_OWN_WORK} per cent of its work must be for its owners. {instead}"}
    return {}
