"""What a page shows of a result, as plain data: kept with an edition, so that it is not worked out again."""

from moothall.appraisal.rules import money as sums
from moothall.appraisal.rules import words
from moothall.appraisal.rules.closing import obstacles
from moothall.appraisal.rules.data import plain
from moothall.appraisal.rules.explain import figures
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.page import input_rows, kind_rows, line_rows
from moothall.appraisal.rules.principles import answers, listed
from moothall.appraisal.rules.report import Report

MOST_BARS = 8


def shown(report: Report) -> dict:
    """Return everything the pages of a case show, in names, texts and numbers."""
    case = report.case
    return plain({
        "title": case.title,
        "edition": case.edition,
        "on": case.on.isoformat(),
        "author": case.author,
        "state": case.state,
        "basis": report.basis,
        "headline": words.headline(report),
        "claims": words.claims_words(report),
        "stops": [stop.model_dump(mode="json", exclude={"body"}) for stop in case.stops if not stop.withdrawn_on],
        "open": [{"option": fault.option, "what": fault.what} for fault in obstacles(case)],
        "years": case.labels(),
        "prices": f"{case.basis.prices.year}-{(case.basis.prices.year + 1) % 100:02d}",
        "now": case.now,
        "titles": {name: option.title for name, option in case.options.items()},
        "order": report.order,
        "side": {name: _side(report, name) for name in report.order},
        "kinds": [[kind, row] for kind, row in kind_rows(report)],
        "bands": {name: found.band.tolist() for name, found in report.chances.items() if name != case.now},
        "influence": {name: _influence(report, name) for name in report.influence},
        "switching": {name: _switching(report, name) for name in report.switches},
        "criteria": _criteria(report),
        "principles": listed(case) | {"groups": answers(case)},
        "people": {name: _people(found) for name, found in report.people.items()},
        "risks": _risks(report),
        "leaving": {name: sums.leaving(case, name, report.values).tolist() for name in case.options},
        "payers": {name: sums.who_pays(case, name, report.values) for name in case.options},
        "debt": _debt(report),
        "figures": {key: _figure(one) for key, one in figures(report).items()},
        "lines": {name: [_line(one) for one in rows] for name, rows in line_rows(report).items()},
        "inputs": input_rows(report),
    })  # fmt: skip


def _side(report: Report, option: str) -> dict:
    """Return an option's row beside the others: figures, and the same in words."""
    case, found, chances = report.case, report.money[option], report.chances[option]
    return {
        "cost": found.present_cost, "gain": found.gain, "low": chances.gain[0], "high": chances.gain[2],
        "cash": found.present_cash, "best": words.in_a_hundred(chances.best), "best_share": chances.best,
        "payback": found.payback_year, "five": found.passes_five_years, "saved": found.five_year_saving,
        "spent": found.five_year_upfront, "dearer": words.in_a_hundred(chances.dearer_than_now),
        "days": case.options[option].preparation.days, "by": case.options[option].preparation.by,
        "model": case.options[option].model,
    }  # fmt: skip


def _influence(report: Report, option: str) -> list[list]:
    found = report.influence[option][:MOST_BARS]
    return [[report.case.inputs[one.input].what, one.total, *one.total_between] for one in found]


def _switching(report: Report, option: str) -> list[dict]:
    """Return the inputs that could turn the answer, the nearest first."""
    found = [one for one in report.switches[option] if one.switch is not None and one.change is not None]
    told = {name: given.what for name, given in report.case.inputs.items()}
    return [
        {"input": one.input, "what": told.get(one.input, one.input), "value": one.value, "switch": one.switch,
         "change": one.change}
        for one in sorted(found, key=lambda one: abs(one.change))
    ]  # fmt: skip


def _criteria(report: Report) -> dict | None:
    criteria = report.case.criteria
    if criteria is None:
        return None
    sets = [criteria.weights, *(amended.weights for amended in criteria.amendments)]
    who = {name: given.who for weights in sets for name, given in weights.items()}
    versions = {
        version: {
            "sets": {
                name: {"who": who.get(name, name), "order": one.order, "totals": one.totals, "weights": one.weights,
                       "shift": {"winner": one.shift.winner, "moved": one.shift.moved} if one.shift else None}
                for name, one in judged.sets.items()
            },
            "acceptability": judged.acceptability,
            "values": judged.values,
        }
        for version, judged in report.judged.items()
    }  # fmt: skip
    return {
        "seal": criteria.seal.model_dump(mode="json"),
        "scales": {name: one.model_dump(mode="json") for name, one in criteria.scales.items()},
        "swings": {name: one.swings for name, one in criteria.weights.items()},
        "proposals": [one.model_dump(mode="json") for one in criteria.proposals],
        "amendments": [one.model_dump(mode="json", include={"on", "who", "why"}) for one in criteria.amendments],
        "scores": {
            option: {name: one.model_dump(mode="json") for name, one in scores.items()}
            for option, scores in criteria.scores.items()
        },
        "versions": versions,
    }


def _people(found) -> dict:
    names = (
        "start",
        "unreplaced",
        "temporary",
        "redundant",
        "redeployed",
        "retrained",
        "leave_region",
        "lost",
        "net_jobs",
    )
    return {name: getattr(found, name) for name in names} | {
        "posts": found.posts, "lesser_terms": found.lesser_terms, "others_lost": found.others_lost,
    }  # fmt: skip


def _risks(report: Report) -> list[dict]:
    """Return each of the twelve with who bears it on paper and in fact under each option, and its present price."""
    case = report.case
    priced = {name: dict(zip(case.basis.risk.priced, sums.risks(case, name, report.values), strict=True))
              for name in case.options}  # fmt: skip
    rows = []
    for key, risk in fact("risks")["risks"].items():
        kept = ("on_paper", "in_fact", "present", "why_nothing")
        cells = {name: {part: found[key][part] for part in kept} for name, found in priced.items()}
        rows.append({"key": key, "risk": risk, "cells": cells})
    return rows


def _debt(report: Report) -> dict:
    if not report.servicing:
        return {}
    account = report.case.borrowing
    found = {name: methods[account.method] for name, methods in report.servicing.items()}
    return {
        "body": account.body,
        "options": {
            name: {"can": one.can, "decides": one.decides, "band_d": one.band_d.max(), "ratio": one.ratio.max()}
            for name, one in found.items()
        },
    }


def _figure(one) -> dict:
    return {"what": one.what, "text": one.text, "formula": one.formula, "inputs": one.inputs, "facts": one.facts}


def _line(one: dict) -> dict:
    return {name: one[name] for name in ("what", "inputs", "growth", "bias", "amount", "total", "present")}
