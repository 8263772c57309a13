"""What an edition keeps from the public until a day: bidders' figures, and every amount that would give them away.

The method stays public: what each figure is, its unit, where it stands in the sums, who bears which risk. An option
that rests on a withheld figure shows no amounts, and nobody is told how often an option is cheapest: both could be
solved for the figure. Continuing as now is never withheld.
"""

import datetime as dt
from dataclasses import asdict, dataclass

from moothall.appraisal.rules.draft import Path, get, put

PARTS = ("value", "spread", "evidence")
RESULT: Path = ("result",)
BY_OPTION = ("side", "bands", "influence", "switching", "people", "leaving", "payers", "lines")


@dataclass(frozen=True)
class Withholding:
    """One figure that is withheld: why, who decided, what the public-interest test says, and from when it is public."""

    figure: str
    reason: str
    owner: str
    test: str
    expires: dt.date

    def told(self, document: dict) -> dict:
        """Return what everybody may read of it."""
        what = get(document, ("inputs", self.figure, "what")) or self.figure
        return asdict(self) | {"what": what, "expires": self.expires.isoformat()}


def problems(document: dict, withheld: list[Withholding], day: dt.date) -> dict[str, str]:
    """Return {field: what to do} of withholdings that may not stand."""
    found = {}
    for name in ("reason", "owner", "test"):
        if any(not getattr(one, name).strip() for one in withheld):
            found[name] = "Write it: whoever reads the page sees why something is missing."
    if any(one.expires <= day for one in withheld):
        found["expires"] = "Give a day after today: nothing is withheld for ever."
    now = [name for name, option in document["options"].items() if option.get("model") == "now"]
    if set(now) & set(resting_on(document, {one.figure for one in withheld})):
        found["withhold"] = "What continuing as now costs is never withheld. Take that figure out."
    return found


def resting_on(document: dict, figures: set[str]) -> list[str]:
    """Return the options whose amounts are made of one of these figures."""
    return [name for name, option in document["options"].items() if figures & _used(option)]


def _used(option: dict) -> set[str]:
    used: set[str] = set()
    for line in (option.get("lines") or {}).values():
        used |= set(line.get("times") or ()) | {line.get("growth")}
    for leaving in (option.get("exit") or {}).values():
        used |= set(leaving.get("times") or ())
    for risk in (option.get("risks") or {}).values():
        used |= {risk.get("chance"), risk.get("cost")}
    used |= {(option.get("profit") or {}).get("rate")}
    return used | {value for value in (option.get("workforce") or {}).values() if isinstance(value, str)}


def public_document(document: dict, withheld: list[Withholding]) -> dict:
    """Return a document without what is withheld."""
    for one in withheld:
        for part in PARTS:
            document = put(document, ("inputs", one.figure, part), None)
    return document


def secrets(document: dict, withheld: list[Withholding]) -> list[tuple[Path, object, dt.date]]:
    """Return (path, value, the day it becomes public) of everything that is withheld of a document."""
    return [
        (("inputs", one.figure, part), value, one.expires)
        for one in withheld
        for part in PARTS
        if (value := get(document, ("inputs", one.figure, part))) is not None
    ]


def public_result(told: dict, document: dict, withheld: list[Withholding]) -> dict:
    """Return what pages show of a result while these figures are withheld."""
    if not withheld:
        return told
    figures = {one.figure for one in withheld}
    hidden = set(resting_on(document, figures))
    found = dict(told)
    for part in BY_OPTION:
        found[part] = {name: value for name, value in told[part].items() if name not in hidden}
    found["side"] = {name: row | {"best": "", "best_share": None} for name, row in found["side"].items()}
    found["kinds"] = [
        [kind, {name: one for name, one in row.items() if name not in hidden}] for kind, row in told["kinds"]
    ]
    found["debt"] = told["debt"] and told["debt"] | {
        "options": {name: one for name, one in told["debt"]["options"].items() if name not in hidden}
    }
    found["figures"] = {
        key: one for key, one in told["figures"].items()
        if key.partition(".")[0] not in hidden and not key.endswith(".best")
    }  # fmt: skip
    found["risks"] = [
        row
        | {"cells": {name: (one | {"present": 0.0} if name in hidden else one) for name, one in row["cells"].items()}}
        for row in told["risks"]
    ]
    found["evidence"] = [one for one in told.get("evidence", []) if one["figure"] not in figures]
    found["inputs"] = [_without(row) if row["name"] in figures else row for row in told["inputs"]]
    return found | {"headline": _headline(told, hidden, withheld), "claims": "", "hidden": sorted(hidden)}


def _without(row: dict) -> dict:
    return row | {"filed": None, "replaced": None, "spread": "", "evidence": "", "withheld": True}


def _headline(told: dict, hidden: set[str], withheld: list[Withholding]) -> str:
    until = max(one.expires for one in withheld)
    names = ", ".join(f"“{told['titles'][name]}”" for name in told["order"] if name in hidden)
    first = told["titles"][told["order"][0]]
    return (
        f"“{first}” costs society least over {len(told['years'])} years. Amounts of {names} rest on figures that are "
        f"withheld until {until:%-d %B %Y} and are not shown before."
    )
