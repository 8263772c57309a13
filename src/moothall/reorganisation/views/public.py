"""What residents read: what happens to their council, what changes and what stays."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.reorganisation import queries

PUBLIC = "which council takes another's place, and when, is public"


@require_safe
@anyone(PUBLIC)
def councils(request: HttpRequest) -> HttpResponse:
    """List the councils that are going to change, or have."""
    rows = [one for one in queries.plans() if one.row.state != "undone"]
    return render(request, "reorganisation/councils.html", {"rows": [_told(one) for one in rows]})


@require_safe
@anyone(PUBLIC)
def council(request: HttpRequest, plan: str) -> HttpResponse:
    """Show what changes for residents, what stays, and who does what from the day."""
    found = queries.by_slug(plan)
    today = local(request.at).date()
    said = _told(found) | {"begun": found.row.state in ("carried-out", "confirmed"), "today": today}
    return render(request, "reorganisation/council.html", said)


def _told(found) -> dict:
    lang = "cy" if (get_language() or "").startswith("cy") else "en"
    names = bodies.names(lang)
    title = (found.row.title_cy if lang == "cy" else "") or found.row.title
    lines = [
        {"name": names[body.id], "heirs": [{"name": names[x.id], "body": x} for x in found.heirs_of(body.id)]}
        for body in found.predecessors
    ]
    return {"plan": found, "row": found.row, "title": title, "lines": lines,
            "successors": [{"name": names[x.id], "body": x} for x in found.successors]}  # fmt: skip
