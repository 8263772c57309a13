"""The public bodies of Marchshire and its neighbours, their teams, and who works in them. All invented.

Telephone numbers are from the ranges Ofcom keeps for drama; addresses end in ".example" (RFC 2606).
"""

from random import Random

from .names import Names

COUNTY, POLICE, HEALTH, SCHOOLS, EASTWOLD, WOLDSHIRE, FENMOUTH, FIRE, WORKS, HOMES, TRUNK, STRATEGIC = (
    1, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
)  # fmt: skip
DISTRICT_IDS = {"Ashby": 2, "Borley": 3, "Coveham": 4, "Dunmere": 5}
FIRST_PARISH = 17
FOUNDED = "1974-04-01"
"""When England's two-tier councils began (Local Government Act 1972 s.1)."""

BODY_COLUMNS = ("id", "code", "slug", "name", "name_cy", "wordmark", "kind", "partner", "colour", "accent", "phone")
BODIES = (
    (1, "MAR", "marchshire", "Marchshire County Council", "Cyngor Sir Marchshire", "Marchshire", "county", True,
     "#1d4f5c", "#e0a526", "01632 960100"),
    (2, "ASH", "ashby", "Ashby District Council", "Cyngor Dosbarth Ashby", "Ashby", "district", True,
     "#6b2d5c", "#f2b5a7", "01632 960200"),
    (3, "BOR", "borley", "Borley District Council", "Cyngor Dosbarth Borley", "Borley", "district", True,
     "#2e5a1c", "#c9dd7a", "01632 960300"),
    (4, "COV", "coveham", "Coveham District Council", "Cyngor Dosbarth Coveham", "Coveham", "district", True,
     "#7a3b12", "#f0c987", "01632 960400"),
    (5, "DUN", "dunmere", "Dunmere District Council", "Cyngor Dosbarth Dunmere", "Dunmere", "district", True,
     "#22407a", "#9cc4e8", "01632 960500"),
    (6, "POL", "marchshire-police", "Marchshire Police", "Heddlu Marchshire", "Marchshire Police", "police", True,
     "#1b2a49", "#8fb1d9", "01632 960600"),
    (7, "HEA", "marchshire-health", "Marchshire Community Health Trust", "Ymddiriedolaeth Iechyd Cymunedol Marchshire",
     "Marchshire Community Health", "health", True, "#00566b", "#8fd3d1", "01632 960700"),
    (8, "SCH", "larkfield-schools", "Larkfield Schools Trust", "Ymddiriedolaeth Ysgolion Larkfield",
     "Larkfield Schools", "school-trust", True, "#53316e", "#d9c3ea", "01632 960800"),
    (9, "EAS", "eastwold", "Eastwold District Council", "Cyngor Dosbarth Eastwold", "Eastwold", "district", False,
     "#5c1f1f", "#e3b3a0", "01632 960900"),
    (10, "WOL", "woldshire", "Woldshire County Council", "Cyngor Sir Woldshire", "Woldshire", "county", False,
     "#3d4a1f", "#c8cf9a", "01632 960910"),
    (11, "FEN", "fenmouth", "Fenmouth Council", "Cyngor Fenmouth", "Fenmouth", "unitary", False,
     "#17474a", "#a5d6d0", "01632 960920"),
    (12, "FIR", "marchshire-fire", "Marchshire Fire and Rescue Service", "Gwasanaeth Tân ac Achub Marchshire",
     "Marchshire Fire", "fire", False, "#8a1c13", "#f3c26b", "01632 960930"),
    (13, "WKS", "marchshire-works", "Marchshire Works Limited", "Marchshire Works Cyfyngedig", "Marchshire Works",
     "company", True, "#3a3f45", "#d8a13a", "01632 960940"),
    (14, "HOM", "ashby-homes", "Ashby Homes", "Cartrefi Ashby", "Ashby Homes", "landlord", False,
     "#204d33", "#b6dcb4", "01632 960950"),
    (15, "NTR", "national-trunk-roads", "National Trunk Roads", "Cefnffyrdd Cenedlaethol", "National Trunk Roads",
     "road-operator", False, "#0f4a3c", "#f0d264", "08081 570100"),
    (16, "STR", "marches-strategic", "Marchshire and Woldshire Strategic Authority",
     "Awdurdod Strategol Marchshire a Woldshire", "Marches Strategic Authority", "strategic-authority", False,
     "#2b2b5e", "#bcbce6", "01632 960960"),
)  # fmt: skip

COUNTY_TEAMS = {
    "contact-centre": "Contact centre",
    "highways-inspectors": "Highways inspectors",
    "highways-crew": "Highways crew",
    "street-lighting": "Street lighting",
    "parking": "Parking",
    "registrars": "Registrars",
    "recycling-centres": "Recycling centres",
    "blue-badges": "Blue Badges",
    "schools": "Schools",
    "adult-care": "Adult social care",
    "safeguarding": "Safeguarding",
    "complaints": "Complaints",
    "finance": "Finance",
    "governance": "Governance",
    "members": "Councillors and scrutiny",
    "platform": "Partnership and platform",
}
DISTRICT_TEAMS = {
    "contact-centre": "Contact centre",
    "waste-office": "Waste office",
    "waste-crew": "Waste crew",
    "street-scene": "Street scene",
    "environmental-health": "Environmental health",
    "housing-repairs": "Housing repairs",
    "planning": "Planning",
    "licensing": "Licensing",
    "revenues": "Council tax and benefits",
    "housing": "Housing register",
    "housing-options": "Housing options",
    "complaints": "Complaints",
    "finance": "Finance",
    "governance": "Governance",
    "members": "Councillors and scrutiny",
    "platform": "Partnership and platform",
}
OTHER_TEAMS = {"front-desk": "Front desk", "governance": "Governance", "complaints": "Complaints"}

COUNTY_POSTS = (
    ("contact-centre", ("adviser",)),
    ("highways-inspectors", ("officer",)),
    ("highways-inspectors", ("officer", "manager")),
    ("highways-crew", ("crew",)),
    ("highways-crew", ("crew", "union-representative")),
    ("street-lighting", ("officer", "crew")),
    ("complaints", ("officer",)),
    ("finance", ("finance", "section-151-officer")),
    ("governance", ("monitoring-officer", "information-governance")),
    ("governance", ("auditor",)),
    ("members", ("councillor",)),
    ("members", ("scrutiny-officer",)),
    ("platform", ("partnership-office", "operator")),
)
DISTRICT_POSTS = (
    ("contact-centre", ("adviser",)),
    ("waste-office", ("officer", "manager")),
    ("waste-crew", ("crew", "union-representative")),
    ("street-scene", ("officer", "crew")),
    ("revenues", ("officer", "manager")),
    ("revenues", ("officer",)),
    ("complaints", ("officer", "partnership-office", "operator")),
    ("finance", ("finance", "section-151-officer")),
    ("governance", ("monitoring-officer", "information-governance", "auditor")),
    ("members", ("councillor",)),
    ("members", ("scrutiny-officer",)),
)
COUNTY_SPECIALISTS = (
    ("parking", ("officer",)),
    ("registrars", ("officer",)),
    ("recycling-centres", ("officer", "crew")),
    ("blue-badges", ("officer", "manager")),
    ("blue-badges", ("officer",)),
    ("blue-badges", ("officer",)),
    ("schools", ("officer", "manager")),
    ("schools", ("officer",)),
    ("schools", ("officer",)),
)
DISTRICT_SPECIALISTS = (
    ("environmental-health", ("officer",)),
    ("housing-repairs", ("officer", "crew")),
    ("planning", ("officer",)),
    ("revenues", ("officer",)),
    ("housing", ("officer", "manager")),
    ("housing", ("officer",)),
    ("housing", ("officer",)),
    ("licensing", ("officer", "manager")),
    ("licensing", ("officer",)),
    ("licensing", ("officer",)),
)
"""Whoever does one service only, three where one decides, another confirms and a third looks at it again.

They are named after everybody else, so that the others keep their names.
"""
OTHER_POSTS = (
    ("front-desk", ("adviser", "officer", "crew")),
    ("complaints", ("manager", "finance", "section-151-officer", "union-representative", "partnership-office")),
    ("governance", ("monitoring-officer", "information-governance", "auditor", "operator")),
    ("governance", ("councillor", "scrutiny-officer")),
)
"""In bodies without councillors "councillor" stands for a lay member of the board."""

URGENT_POSTS = {
    1: (("adult-care", ("officer", "manager")), ("safeguarding", ("officer", "manager"))),
    **{i: (("housing-options", ("officer", "manager")),) for i in (2, 3, 4, 5)},
}
"""Who alone sees urgent referrals."""
URGENT_TEAMS = sorted({team for posts in URGENT_POSTS.values() for team, _ in posts})

STAFFED = {
    1: (COUNTY_TEAMS, COUNTY_POSTS),
    **{i: (DISTRICT_TEAMS, DISTRICT_POSTS) for i in (2, 3, 4, 5)},
    **{i: (OTHER_TEAMS, OTHER_POSTS) for i in (6, 7, 8, 13)},
    9: (DISTRICT_TEAMS, DISTRICT_POSTS),
}
SPECIALISTS = {1: COUNTY_SPECIALISTS, **{i: DISTRICT_SPECIALISTS for i in (2, 3, 4, 5, 9)}}
"""Eastwold has staff and work of its own: that is how a test can show that it sees nothing of ours, nor we of its."""


def bodies(parishes: list[str]) -> list[dict]:
    """Return every body as the action that founds one takes it; parish councils for the named parishes."""
    rows = [dict(zip(BODY_COLUMNS, row, strict=True)) for row in BODIES]
    for i, parish in enumerate(parishes):
        rows.append(
            {
                "id": FIRST_PARISH + i,
                "code": f"P{chr(65 + i)}{parish[0].upper()}",
                "slug": f"{parish.lower()}-parish",
                "name": f"{parish} Parish Council",
                "name_cy": f"Cyngor Plwyf {parish}",
                "wordmark": f"{parish} Parish",
                "kind": "parish",
                "partner": False,
                "colour": "#4a4032",
                "accent": "#d9ceb8",
                "phone": f"01632 96097{i}",
            }
        )
    for row in rows:
        row["signpost_phone"] = row.pop("phone")
        row["signpost_url"] = f"https://www.{row['slug']}.example/contact"
        row["starts"] = FOUNDED
    return rows


def teams() -> list[dict]:
    """Return every team: body_id, code, name."""
    return [
        {"body_id": body, "code": code, "name": name}
        for body, (own, _) in STAFFED.items()
        for code, name in own.items()
    ]


def staff(names: Names, random: Random) -> list[dict]:
    """Return every appointment: body_id, team (its code), name, e-mail address, roles. No two share a name."""
    slugs = {row[0]: row[2] for row in BODIES}
    rows, taken = [], set()
    posts = {body: posts for body, (_, posts) in STAFFED.items()}
    for body, team, roles in _posts(posts) + _posts(SPECIALISTS) + _posts(URGENT_POSTS):
        name = names.person()
        while name in taken:
            name = names.person()
        taken.add(name)
        email = f"{name.lower().replace(' ', '.')}@{slugs[body]}.example"
        rows.append({"body_id": body, "team": team, "name": name, "email": email, "roles": list(roles)})
    return rows


def _posts(by_body: dict[int, tuple]) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(body, team, roles) for body, posts in by_body.items() for team, roles in posts]
