"""What makes a decision whole: one of those on offer, on evidence that was looked at, with its reason.

A definition tells a `casework.decide` step which decisions there are (`options`), which of them give what was asked
for (`grants`), what has to be looked at before (`check`), and whether they give a sum (`amount`) or last to a day
(`until`, and `until_months` at the latest).
"""

import datetime as dt

from moothall.core.clock import months_after

#: The step in which an officer decides.
DECIDES = "casework.decide"
SEEN, MISSING, NOT_NEEDED = "seen", "missing", "not-needed"
#: What an officer can say of a piece of evidence.
CHECKED = {SEEN: "Seen, and right", MISSING: "Missing, or not right", NOT_NEEDED: "Not needed here"}


def problems(told: dict, given: dict, on: dt.date) -> dict[str, str]:
    """Return what is wrong with a decision by field, in words; a piece of evidence is the field `checked-<code>`.

    `told` is the step's `with`, `given` what was decided (`steps.Decision` as kept), `on` the day it is decided.

    >>> problems({"options": {"yes": "Yes", "no": "No"}, "grants": ("yes",)}, {"decision": "no"}, dt.date(2026, 11, 2))
    {'reason': 'Say why, in words the resident will read'}
    """
    found, decision = {}, given.get("decision")
    options, grants = told.get("options") or {}, told.get("grants") or ()
    if options and decision not in options:
        found["decision"] = "Choose one of the decisions on offer"
    elif grants and decision not in grants and not given.get("reason", "").strip():
        found["reason"] = "Say why, in words the resident will read"
    elif decision in grants:
        found |= _of_a_grant(told, given, on)
    return found


def _of_a_grant(told: dict, given: dict, on: dt.date) -> dict[str, str]:
    found = {}
    for code in told.get("check") or {}:
        said = (given.get("checked") or {}).get(code)
        if said is None:
            found[f"checked-{code}"] = "Say whether you have seen it: nothing is granted before"
        elif said == MISSING:
            found[f"checked-{code}"] = "This is missing. Ask for it, or decide otherwise"
    if told.get("amount") and given.get("amount") is None:
        found["amount"] = "Write the amount"
    if told.get("until") and (problem := _of_a_day(given.get("until"), told.get("until_months"), on)):
        found["until"] = problem
    return found


def _of_a_day(until: str | None, months: int | None, on: dt.date) -> str | None:
    if not until:
        return "Say until which day"
    if until < on.isoformat():
        return "Give a day that is still to come"
    if months and until > months_after(on, months).isoformat():
        return f"Give a day within {months} months: it may not last longer"
    return None
