"""
The seven patterns that every service follows, each asked for on the web, at the desk and by the API.

    python -m tests.journeys.patterns

prints the plan. Each of the services below stands for its pattern in one channel; `sevenths` tells how their work goes.
"""

import datetime as dt
from dataclasses import dataclass

from tests.journeys.asked import EVERY, HERE, PHOTO, Asked
from tests.journeys.plan import choose
from tests.world import ASHBY, MARCHSHIRE

CHANNELS = ("web", "desk", "api")
FACTORS = {
    "pattern": ("report", "order", "apply", "change", "book", "ask", "urgent"),
    "channel": CHANNELS,
    "width": (320, 768, 1280),
    "language": ("en", "cy"),
    "scripts": (True, False),
}
PLAN = choose(FACTORS)
"""Every pattern in every channel, and every pair of the other values somewhere among them."""

TODAY = dt.date
CAR = {"registration": "AB12 CDE", "make": "Ford", "colour": "Blue"}
ANN = {"name": "Ann Example", "born": "1951-03-02"}


@dataclass(frozen=True)
class Cell:
    """A service that stands for a pattern in a channel, whose it is at the journey's place, and what is asked."""

    service: str
    body: int
    asked: Asked


def _cell(service: str, body: int, en: str, cy: str, answers: dict) -> Cell:
    return Cell(service, body, Asked({"en": en, "cy": cy}, answers))


CELLS = {
    ("report", "web"): _cell(
        "street-cleaning", ASHBY, "racist graffiti", "graffiti",
        {"where": HERE, "what": "graffiti", "says": "hateful", "surface": "public", "saw": False, "photo": PHOTO},
    ),
    ("report", "desk"): _cell(
        "abandoned-vehicle", ASHBY, "car dumped in our street", "car wedi'i adael",
        {"where": HERE, "vehicle": CAR, "signs": ["tyres", "still"], "how_long": "weeks", "land": "road"},
    ),
    ("report", "api"): _cell(
        "noise", ASHBY, "burglar alarm going off", "sŵn",
        {"kind": "alarm", "where": HERE, "often": "now", "hours": ["night"], "told": False,
         "effect": "Nobody in the house has slept for two nights."},
    ),
    ("order", "web"): _cell(
        "new-bin", ASHBY, "my bin was stolen", "bin ar goll",
        {"where": HERE, "which": "rubbish", "why": "missing", "more": None},
    ),
    ("order", "desk"): _cell(
        "parking-permit", MARCHSHIRE, "residents parking permit", "trwydded barcio",
        {"kind": "resident", "where": HERE, "start": "new", "vehicle": CAR, "held": "none", "agreed": True},
    ),
    ("order", "api"): _cell(
        "garden-waste", ASHBY, "renew my garden bin", "bin gwastraff gardd",
        {"where": HERE, "start": "renew", "number": "G-77", "bins": "1", "agreed": True},
    ),
    ("apply", "web"): _cell(
        "council-tax-discount", ASHBY, "council tax on an empty home", "gostyngiad treth gyngor",
        {"where": HERE, "account": None, "reason": "empty", "since": TODAY, "why_empty": "care", "papers": PHOTO,
         "true_to_say": True},
    ),
    ("apply", "desk"): _cell(
        "council-tax-reduction", ASHBY, "help with council tax on a low income", "help gyda'r dreth gyngor",
        {"where": HERE, "born": dt.date(1951, 3, 2), "national_insurance": "QQ123456C", "has_partner": False,
         "children": "0", "other_adults": "0", "benefit": "guarantee", "earlier": False, "true_to_say": True},
    ),
    ("apply", "api"): _cell(
        "free-school-meals", MARCHSHIRE, "free school dinners", "prydau ysgol am ddim",
        {"where": HERE, "benefit": "universal", "parent": {"name": "Ann Example", "born": "1991-03-02"},
         "national_insurance": "QQ123456C", "child": {"name": "Bo Example", "born": "2018-05-01"},
         "school": "Mill Lane Primary", "more": False, "true_to_say": True},
    ),
    ("change", "web"): _cell(
        "council-tax-moving", ASHBY, "register for council tax", "cofrestru ar gyfer treth gyngor",
        {"what": "in", "where": HERE, "moved": TODAY, "before": "3 High Street, Eastwold", "hold": "own", "adults": "1",
         "papers": None, "true_to_say": True},
    ),
    ("change", "desk"): _cell(
        "housing-benefit", ASHBY, "housing benefit my rent has changed", "budd-dal tai",
        {"what": "change", "where": HERE, "born": dt.date(1951, 3, 2), "national_insurance": "QQ123456C",
         "changed": ["rent"], "since": TODAY, "details": "The rent is £10 a week more.", "true_to_say": True},
    ),
    ("change", "api"): _cell(
        "council-tax-moving", ASHBY, "end my council tax", "symud allan",
        {"what": "out", "where": HERE, "moved": TODAY, "after": "5 Church Road, Woldham", "left": "sold",
         "true_to_say": True},
    ),
    ("book", "web"): _cell(
        "registrar-appointment", MARCHSHIRE, "register a birth", "cofrestru genedigaeth",
        {"what": "birth", "where": HERE, "day": TODAY, "parents": True, "copies": "1", "needs_from_us": None},
    ),
    ("book", "desk"): _cell(
        "tip-visit", MARCHSHIRE, "book a slot at the tip", "ymweld â'r domen",
        {"where": HERE, "home": True, "by": "car", "vehicle": CAR, "what": ["garden"]},
    ),
    ("book", "api"): _cell(
        "appointment", ASHBY, "appointment with an adviser", "apwyntiad",
        {"where": HERE, "how": "visit", "about": "money"},
    ),
    ("ask", "web"): _cell(
        "information-request", MARCHSHIRE, "freedom of information request", "cais rhyddid gwybodaeth",
        {"wanted": "How many vehicles did you buy in 2025?", "form": "email"},
    ),
    ("ask", "desk"): _cell(
        "penalty-appeal", MARCHSHIRE, "appeal a parking ticket", "apelio yn erbyn tocyn parcio",
        {"stage": "owner", "number": "MS12345678", "day": TODAY, "paid": False, "where": HERE, "vehicle": CAR,
         "ground": "signs", "reasons": "The sign was behind a hedge."},
    ),
    ("ask", "api"): Cell("complaint", ASHBY, EVERY["complaint"]),
    ("urgent", "web"): _cell(
        "homelessness", ASHBY, "nowhere to sleep tonight", "digartref",
        {"who": "me", "tonight": "nowhere", "where": HERE, "apply": None, "more": None},
    ),
    ("urgent", "desk"): _cell(
        "adult-social-care", MARCHSHIRE, "my mother needs carers", "gofal cartref",
        {"who": "me", "how_soon": "soon", "hard": ["washing"], "where": HERE},
    ),
    ("urgent", "api"): _cell(
        "safeguarding-concern", MARCHSHIRE, "worried about a child being hurt", "poeni am blentyn",
        {"whom": "adult", "you": "family", "now": "no-now", "person": "A man next door", "where": HERE,
         "what": "He has bruises and nobody visits.", "know": False},
    ),
}  # fmt: skip


def name_of(row: dict) -> str:
    """Return what a row of the plan is called."""
    scripts = "scripts" if row["scripts"] else "plain"
    return f"{row['pattern']} by {row['channel']}, {row['width']} px, {row['language']}, {scripts}"


if __name__ == "__main__":
    print("\n".join(name_of(row) for row in PLAN))
