"""The staff's pages: which there are, and which roles see them in the navigation."""

from django.urls import NoReverseMatch, reverse

OFFICE = {"officer", "manager", "adviser"}
PAGES = (
    ("Queue", "casework:queue", OFFICE),
    ("Desk", "desk:desk", {"adviser"}),
    ("People", "people:people", {"adviser", "officer", "manager", "information-governance"}),
    ("Road defects", "highways:defects", {"officer", "manager"}),
    ("Jobs", "highways:jobs", {"crew"}),
    ("Rounds", "waste:rounds", {"officer", "manager", "crew"}),
    ("Services", "catalogue:staff_services", OFFICE),
    ("Diaries", "booking:diaries", {"officer", "manager"}),
    ("Contracts", "contracts:contracts", {"manager", "finance", "section-151-officer", "auditor"}),
    ("Ledger", "ledger:reconciliation", {"finance", "section-151-officer", "auditor"}),
    ("Links", "links:health", {"operator", "manager"}),
    ("Colleagues", "colleagues", {"manager", "operator"}),
    ("Audit", "core:audit", {"auditor", "information-governance", "monitoring-officer"}),
    ("Privacy", "core:privacy", {"information-governance"}),
    ("Performance", "scrutiny:performance", {"councillor", "scrutiny-officer", "union-representative", "manager"}),
)


def pages(request) -> list[dict]:
    """Return the staff pages for the roles of this request, each with title, url and whether it is the open one."""
    found = []
    for title, name, roles in PAGES:
        if not request.roles & roles:
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append({"title": title, "url": url, "active": request.path.startswith(url)})
    return found
