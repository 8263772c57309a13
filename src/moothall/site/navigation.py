"""The staff's pages: which there are, and who sees them in the navigation."""

from django.urls import reverse

from moothall.bodies import queries as bodies

OFFICE = {"officer", "manager", "adviser"}
CLERKS = {"monitoring-officer", "information-governance"}
ROADS, BINS, TAXIS, RENTED = "highways", "waste-collection", "taxis", "rented-homes"
PAGES = (
    ("Queue", "casework:queue", OFFICE | CLERKS, None),
    ("Desk", "desk:desk", {"adviser"}, None),
    ("People", "people:people", {"adviser", "officer", "manager", "information-governance"}, None),
    ("Letters", "core:letters", OFFICE, None),
    ("Road defects", "highways:defects", {"officer", "manager"}, ROADS),
    ("Jobs", "highways:jobs", {"crew"}, ROADS),
    ("Rounds", "waste:rounds", {"officer", "manager", "crew"}, BINS),
    ("Visits", "waste:visits", {"crew"}, BINS),
    ("Licences", "licensing:licences", {"officer", "manager"}, TAXIS),
    ("Returns", "returns:entries", {"officer", "manager"}, RENTED),
    ("Services", "catalogue:staff_services", OFFICE, None),
    ("Editor", "editor:ours", {"officer", "manager", "partnership-office", "monitoring-officer"}, None),
    ("Diaries", "booking:diaries", {"officer", "manager"}, None),
    (
        "Offers",
        "sharing:offers",
        {"manager", "partnership-office", "finance", "section-151-officer", "monitoring-officer"},
        None,
    ),
    (
        "Draw-downs",
        "sharing:draw_downs",
        {"manager", "partnership-office", "section-151-officer", "monitoring-officer"},
        None,
    ),
    ("Access points", "desk:our_points", {"manager"}, None),
    ("Contact costs", "desk:costs", {"finance", "manager"}, None),
    ("Contracts", "contracts:contracts", {"manager", "finance", "section-151-officer", "auditor"}, None),
    (
        "Appraisals",
        "appraisal:ours",
        {
            "manager",
            "finance",
            "section-151-officer",
            "partnership-office",
            "councillor",
            "scrutiny-officer",
            "union-representative",
            "auditor",
            "monitoring-officer",
        },
        None,
    ),
    ("Partnerships", "sharing:ours", {"partnership-office", "monitoring-officer", "councillor", "manager"}, None),
    (
        "Recharges",
        "settlement:statements",
        {"finance", "section-151-officer", "auditor", "partnership-office"},
        None,
    ),
    (
        "Savings",
        "promises:our_savings",
        {"manager", "partnership-office", "finance", "section-151-officer"},
        None,
    ),
    ("Plans", "promises:our_plans", {"officer", "manager", "partnership-office"}, None),
    ("Ideas", "promises:our_ideas", {"crew", "adviser", "officer", "manager", "union-representative", "finance"}, None),
    (
        "Leaving",
        "leaving:leaving",
        {"partnership-office", "monitoring-officer", "councillor"},
        None,
    ),
    (
        "Reorganisation",
        "reorganisation:plans",
        {"partnership-office", "monitoring-officer", "councillor", "operator"},
        None,
    ),
    ("Ledger", "ledger:reconciliation", {"finance", "section-151-officer", "auditor"}, None),
    ("Links", "links:health", {"operator", "manager"}, None),
    ("Keys", "standards:keys", {"operator", "manager"}, None),
    ("Colleagues", "colleagues", {"manager", "operator"}, None),
    ("Joining", "onboarding:joining", {"manager", "operator"}, None),
    ("Audit", "core:audit", {"auditor", "information-governance", "monitoring-officer"}, None),
    ("Privacy", "core:privacy", {"information-governance"}, None),
    (
        "Performance",
        "scrutiny:performance",
        {"councillor", "scrutiny-officer", "union-representative", "manager"},
        None,
    ),
)
"""Title, page, the roles that see it, and the kind of work without which a body has no use for it."""


def pages(request) -> list[dict]:
    """Return the staff pages for the roles of this request, each with title, url and whether it is the open one."""
    kind = request.acting_body.kind if request.acting_body else ""
    found = [
        {"title": title, "url": reverse(name)}
        for title, name, roles, work in PAGES
        if request.roles & roles and (work is None or bodies.does(work, kind))
    ]
    here = max((page["url"] for page in found if request.path.startswith(page["url"])), key=len, default="")
    return [page | {"active": page["url"] == here} for page in found]
