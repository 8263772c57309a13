"""Three partnerships of Marchshire, all invented: one healthy, one lopsided, one that ended, and why."""

import datetime as dt
from html import escape

from moothall.simulation.rules.organisations import DISTRICT_IDS

ASHBY, BORLEY, COVEHAM, DUNMERE = (DISTRICT_IDS[name] for name in ("Ashby", "Borley", "Coveham", "Dunmere"))
MINUTE = "Minute 12 of the meeting"
WHY_ENDED = (
    "Each council kept its own telephone system and its own opening hours, so one contact centre cost as much as three."
)
GOES_ON = "Calls out of hours"
REGISTER = """reference,name,kind,members,services,starts,ends,why_ended,promised_pounds,verified_pounds,verified_source,source
R-1,Marches shared archive,joint-committee,Marchshire County Council; Woldshire County Council,Archives,2011-04,,,40000,31500,"Audit report, June 2024",Joint report to both cabinets 2011
R-2,Fenmouth and Eastwold street lamps,contract,Fenmouth Council; Eastwold District Council,Street lighting,2012,2019-03,The firm was wound up and each council took its lamps back,250000,,,Cabinet paper 2012
"""  # noqa: E501 - a table
"""Arrangements that do not run here, as the county's partnership office registers them."""


MINUTES = {"complaint": 145, "fly-tipping": 55, "garden-waste": 35}
TIMED = "Two weeks in June, by the teams themselves"
"""How long one request takes whoever does it: invented, as all that these bodies say."""


OFFERED = {
    "capacity": 120,
    "terms": (
        "We do it as for our own residents. You do for us in return what the partnership’s terms say; nothing is paid."
    ),
    "languages": ["en", "cy"],
    "hours": "Monday to Friday, 8.30am to 5pm",
}
"""On what terms partners do it: the partnership's own."""


def provided() -> list[tuple[int, str, int]]:
    """Return (body, service, who does it) of what partners do for each other; Borley's part has not begun."""
    return [(COVEHAM, "complaint", DUNMERE), (DUNMERE, "complaint", COVEHAM), (BORLEY, "fly-tipping", ASHBY)]


PUT_IN = (
    ("a-clean-border", ASHBY, "A lorry and its crew of two", 100, "Depot's time sheets"),
    ("a-clean-border", BORLEY, "Towards the lorry's fuel and tyres", 9_500, "Borley's ledger, code 4410"),
)
"""What members put in over a year: pounds where money was promised, else per cent of what was."""


def timed() -> set[tuple[int, str]]:
    """Return (who does it, service) of the work of which it was measured how long it takes."""
    return {(doer, service) for _body, service, doer in provided()} | {(ASHBY, "garden-waste")}


def neighbours_eyes(councillors: dict[int, str], starts: dt.date) -> dict:
    """Return the terms of the healthy one: two districts look into each other's complaints."""
    return _terms(
        "A neighbour's eyes", "Llygaid cymydog", (COVEHAM, DUNMERE), starts, "joint-committee",
        "Each looks into the other's complaints, so that nobody judges their own work.",
        "Mae pob un yn edrych i gwynion y llall, fel na fydd neb yn barnu ei waith ei hun.",
        aims=[
            _aim("Complaints answered in time", "Ateb cwynion mewn pryd", "near", "promises kept", "%", 75, starts, 2),
            _aim("Complaints that are upheld on second look", "Cwynion a gadarnheir wrth ailedrych", "far",
                 "share of second looks that change the answer", "%", 10, starts, 4, "at-most"),
        ],
        services=[
            _service("Coveham's complaints", "complaint", COVEHAM, councillors, DUNMERE, [COVEHAM]),
            _service("Dunmere's complaints", "complaint", DUNMERE, councillors, COVEHAM, [DUNMERE]),
        ],
        costs="No money changes hands while neither does a fifth more than the other",
        systems=[{"name": "Coveham's complaints register", "body_id": COVEHAM, "retire_by": _later(starts, 3)}],
    )  # fmt: skip


def clean_border(councillors: dict[int, str], starts: dt.date) -> dict:
    """Return the terms of the lopsided one: Ashby clears all of Borley's rubbish; what was promised back waits."""
    return _terms(
        "A clean border", "Ffin lân", (ASHBY, BORLEY), starts, "lead-authority",
        "One crew on both sides of the border; Borley answers Ashby's complaints in return.",
        "Un criw ar ddwy ochr y ffin; mae Borley yn ateb cwynion Ashby yn gyfnewid.",
        lead=ASHBY,
        aims=[
            _aim("Dumped rubbish gone in five working days", "Sbwriel wedi'i glirio mewn pum diwrnod gwaith", "near",
                 "promises kept", "%", 80, starts, 2),
            _aim("One crew, two lorries fewer", "Un criw, dwy lori'n llai", "far", "lorries", "lorries", 3, starts, 4,
                 "at-most"),
            _aim("Earn from other councils what the second lorry costs", "Ennill gan gynghorau eraill gost yr ail lori",
                 "far", "paid in a year by councils that are no members", "£", 60_000, starts, 2,
                 counts="outside-pounds"),
        ],
        services=[
            _service("Dumped rubbish in Borley", "fly-tipping", BORLEY, councillors, ASHBY, [BORLEY]),
            _service("Ashby's complaints", "complaint", ASHBY, councillors, BORLEY, [ASHBY]),
        ],
        costs="Each does its part; nothing is paid",
        contributions=[
            {"body_id": ASHBY, "what": "A lorry and its crew of two"},
            {"body_id": BORLEY, "what": "Towards the lorry's fuel and tyres", "pence_a_year": 1_200_000},
        ],
        savings={"pence_a_year": 4500000, "starts": starts.isoformat(), "source": "Joint report, page 4"},
    )  # fmt: skip


def one_number(councillors: dict[int, str], starts: dt.date) -> dict:
    """Return the terms of the one that ended: three districts, one contact centre."""
    three = [ASHBY, COVEHAM, DUNMERE]
    return _terms(
        "One number for three", "Un rhif i dri", tuple(three), starts, "lead-authority",
        "One contact centre for three districts.", "Un ganolfan gyswllt i dair ardal.", lead=ASHBY,
        aims=[
            _aim("Calls answered in a minute", "Ateb galwadau mewn munud", "near", "calls", "%", 80, starts, 1),
            _aim("One telephone system", "Un system ffôn", "far", "systems", "systems", 1, starts, 3, "at-most"),
        ],
        services=[
            _service("Calls", "", ASHBY, councillors, ASHBY, [COVEHAM, DUNMERE]),
            _service(GOES_ON, "", COVEHAM, councillors, COVEHAM, [ASHBY, DUNMERE]),
        ],
        costs="By the number of homes", method="by-head",
    )  # fmt: skip


def report(said: dict, names: list[str]) -> str:
    """Return the joint report on which the members' cabinets decided, as a page."""
    title, who = escape(said["name"]), escape(" and ".join(names))
    shared = "".join(f"<li>{escape(one['title'])}</li>" for one in said["services"])
    aims = "".join(f"<li>{escape(one['words'])}, by {one['due']}</li>" for one in said["aims"])
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<h1>{title}</h1><p>Joint report to the cabinets of {who}.</p><p>{escape(said['purpose'])}</p>"
        f"<h2>What is shared</h2><ul>{shared}</ul><h2>What is to be reached</h2><ul>{aims}</ul>"
        "<h2>Recommended</h2><p>That the cabinets agree to the terms as published.</p></body></html>"
    )


def _terms(
    name, name_cy, members, starts, model, purpose, purpose_cy, *, services, costs, method="in-return", lead=None,
    **more,
) -> dict:  # fmt: skip
    return {
        "name": name, "name_cy": name_cy, "purpose": purpose, "purpose_cy": purpose_cy, "model": model, "lead": lead,
        "starts": starts.isoformat(), "services": services,
        "members": [{"body_id": one, "starts": starts.isoformat()} for one in members],
        "powers": [{"what": "Who does what next year", "who": "All cabinets, each for itself"},
                   {"what": "How work is shared out in a week", "who": "The two heads of service"}],
        "interests": [{"body_id": one, "what": "None"} for one in members],
        "costs": [{"service": one["title"], "method": method, "words": f"{costs}."} for one in services],
        "exit": {"notice_months": 6, "cost_pence": 0, "words": "Open requests are finished by whoever began them."},
    } | more  # fmt: skip


def _service(title, service_id, accountable, councillors, provider, receivers) -> dict:
    return {
        "title": title, "service_id": service_id, "accountable": accountable, "councillor": councillors[accountable],
        "provider": provider, "receivers": receivers,
    }  # fmt: skip


def _aim(words, words_cy, when, measure, unit, target, starts, years, direction="at-least", counts="") -> dict:
    return {
        "words": words, "words_cy": words_cy, "when": when, "measure": measure, "unit": unit, "direction": direction,
        "target": str(target), "due": _later(starts, years), "counts": counts,
    }  # fmt: skip


def _later(day: dt.date, years: int) -> str:
    return dt.date(day.year + years, day.month, 1).isoformat()
