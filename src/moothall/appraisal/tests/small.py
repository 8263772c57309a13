"""A case small enough to check by hand: two options, three years, round figures."""

import copy

from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.principles import asked
from moothall.appraisal.rules.reading import check

WHO = {"source": "Ledger 2025-26", "author": "Finance", "on": "2026-10-01"}
PLAN = {
    "management": "One manager who answers to the committee of members",
    "organisation": "Two teams planned by the people who do the work",
    "operations": "Claims decided at first contact when papers are there",
    "scale_within": "Billing and debts are collected by one team inside",
    "scale_between": "Councils lend each other specialists at year end",
}


LEFT_OUT = {"left_out": "Both options fare alike by it, as the panel found", "who": "Panel of nine", "on": "2026-10-01"}


def given(value, what="A figure", unit="£", **more):
    """Return an input with a source."""
    return {"what": what, "value": value, "unit": unit, **WHO, **more}


def _option(model, cost, **more):
    none = {"on_paper": "nobody", "in_fact": "nobody", "why_nothing": "Judged small at the workshop"}
    return {
        "title": model,
        "model": model,
        "basis": {
            "scope": {"service": "billing", "version": 1, "includes": ["bills", "appeals"], "excludes": ["rates"]},
            "volumes": {"bills": 1000},
            "prices": {"year": 2027, "inflation": 0.02, "source": "Bank of England target"},
            "horizon": {"first_year": 2027, "years": 3},
            "discount": "green-book-2022",
            "tax": {"vat": "left out where recoverable", "other": "shown"},
            "pensions": {"scheme": "LGPS", "employer_rate": 0.2, "past_deficit": "council", "new_starters": "LGPS"},
            "risk": {"method": "chance times cost", "priced": list(fact("risks")["risks"])},
            "transition": {"covers": ["retraining"]},
            "client_side": {"covers": ["checking"]},
            "exit": {"covers": ["leaving"]},
        },
        "preparation": {"days": 3, "by": "Finance", "source": "Timesheets"},
        "lines": {
            "running": {"what": "Running it", "kind": "operating", "times": [cost]},
            "client": {"what": "Checking", "kind": "client", "times": ["checking"], "covers": "checking"},
            "retraining": {
                "what": "Retraining",
                "kind": "transition",
                "times": ["training"],
                "profile": [0, 0, 0] if model == "now" else [1, 0, 0],
                "covers": "retraining",
                "why_nothing": "Nothing changes" if model == "now" else None,
            },
        },
        "risks": dict.fromkeys(fact("risks")["risks"], none),
        "exit": {"leaving": {"times": ["one"], "by_year": [0, 0, 0], "why_nothing": "Nothing to leave"}},
        **more,
    }


def small(**more):
    """Return a case in plain data: now costs 1,000 a year, in house 900 after 150 of retraining; checking costs 50."""
    return copy.deepcopy(
        {
            "title": "Billing",
            "edition": 1,
            "on": "2026-11-20",
            "author": "Finance",
            "bodies": ["Ashby", "Borley"],
            "seed": 7,
            "points": 256,
            "inputs": {
                "cost_now": given(1000, "Cost today"),
                "cost_then": given(900, "Cost after redesign"),
                "checking": given(50, "Checking"),
                "training": given(150, "Retraining"),
                "one": given(1, "One pound"),
            },
            "principles": dict.fromkeys(asked(), LEFT_OUT),
            "options": {
                "now": _option("now", "cost_now"),
                "in-house": _option("in-house", "cost_then", plan=PLAN),
            },
            **more,
        }
    )


def case(**more):
    """Return the small case, checked."""
    return check(small(**more))
