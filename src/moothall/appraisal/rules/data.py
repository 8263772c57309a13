"""The result as data: one JSON document and one long table (CSV), for whoever wants to work it out again."""

import csv
import io
import json
from dataclasses import asdict, is_dataclass

import numpy as np

from moothall.appraisal.rules import money as sums
from moothall.appraisal.rules.closing import obstacles
from moothall.appraisal.rules.explain import figures
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.principles import answers, listed
from moothall.appraisal.rules.report import Report

FACTS = ("discount", "optimism", "classes", "distribution", "risks", "provision", "impacts", "principles")
HEADS = ("section", "option", "item", "year", "value", "unit")


def plain(value):
    """Return a value as JSON knows it: amounts to the penny, small figures to nine places."""
    if is_dataclass(value):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(inner) for inner in value]
    if isinstance(value, float | np.floating):
        return round(float(value), 2 if abs(value) >= 1000 else 9) + 0.0
    return value


def result(report: Report) -> dict:
    """Return the whole result as plain data, the case and the facts it rests on included."""
    case = report.case
    return {
        "title": case.title,
        "basis": report.basis,
        "order": report.order,
        "order_as_filed": report.order_as_filed,
        "claims_without_evidence": plain(report.claims),
        "figures": plain(figures(report)),
        "money": {option: _money(report, option) for option in case.options},
        "discount_schedules": plain(report.schedules),
        "chances": plain(report.chances),
        "influence": plain(report.influence),
        "switching": plain(report.switches),
        "borrowing": plain(report.servicing),
        "criteria": plain(report.judged),
        "principles": listed(case) | {"groups": answers(case)},
        "workforce": plain(report.people),
        "keeps_it_from_closing": plain([fault.model_dump() for fault in obstacles(case)]),
        "case": case.model_dump(mode="json", exclude_none=True),
        "facts": {name: json.loads(json.dumps(fact(name), default=str)) for name in FACTS},
    }


def _money(report: Report, option: str) -> dict:
    case, found = report.case, report.money[option]
    return plain(
        {
            "years": case.labels(),
            "society": found.social,
            "cash": found.cash,
            "cash_in_money_of_the_day": found.nominal_cash,
            "saving": found.saving,
            "upfront": found.upfront,
            "cumulative": found.cumulative,
            "present_cost_by_kind": sums.by_kind(case, found),
            "present_cost_weighted": found.weighted,
            "who_pays": sums.who_pays(case, option, report.values),
            "leaving": sums.leaving(case, option, report.values),
            "assets": sums.assets(case, option, report.values),
            "profit": sums.profit(case, found, report.values),
            "risks": sums.risks(case, option, report.values),
            "preparation_days": case.options[option].preparation.days,
        }
    )


def as_json(report: Report) -> bytes:
    """Return the result as JSON in UTF-8."""
    return (json.dumps(result(report), ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(report: Report) -> bytes:
    """Return the result as one long table: section, option, item, year, value, unit."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerow(("basis", "", "fingerprint", "", report.basis, ""))
    for row in _rows(report):
        writer.writerow((*row[:4], plain(row[4]), row[5]))
    return text.getvalue().encode()


def _rows(report: Report):
    for part in (_inputs, _figures, _flows, _turns, _totals, _posts):
        yield from part(report)


def _inputs(report: Report):
    for name, given in report.case.inputs.items():
        yield "input", "", name, "", report.values[name], given.unit


def _figures(report: Report):
    for figure in figures(report).values():
        option, _dot, item = figure.id.partition(".")
        if figure.value is not None:
            yield "figure", option, item, "", figure.value, "£" if "£" in figure.text else figure.text


def _flows(report: Report):
    case = report.case
    for option, found in report.money.items():
        for item in ("social", "cash", "nominal_cash", "saving", "upfront", "cumulative"):
            for label, value in zip(case.labels(), getattr(found, item), strict=True):
                yield "year", option, item, label, value, "£"
        for kind, value in sums.by_kind(case, found).items():
            yield "kind", option, kind, "", value, "£"
        for heading, payers in sums.who_pays(case, option, report.values).items():
            for payer, value in payers.items():
                yield f"paid {heading}", option, payer, "", value, "£"
        for risk in sums.risks(case, option, report.values):
            yield f"risk borne by {risk['in_fact']}", option, risk["risk"], "", risk["present"], "£"


def _turns(report: Report):
    for option, found in report.switches.items():
        for switch in found:
            yield (
                "switching value",
                option,
                switch.input,
                "",
                "" if switch.switch is None else switch.switch,
                switch.how,
            )
    for option, found in report.influence.items():
        for index in found:
            yield "influence", option, index.input, "", index.total, "share of variance"


def _totals(report: Report):
    for version, judged in report.judged.items():
        for who, weighed in judged.sets.items():
            for option, total in weighed.totals.items():
                yield f"criteria {version}", option, who, "", total, "of 100"


def _posts(report: Report):
    for option, found in report.people.items():
        for label, value in zip(report.case.labels(), found.posts, strict=True):
            yield "workforce", option, "posts", label, value, "posts"
        yield "workforce", option, "jobs lost", "", found.lost, "posts"
        yield "workforce", option, "net jobs in the region", "", found.net_jobs, "posts"
