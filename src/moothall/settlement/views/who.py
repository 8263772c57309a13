"""Who opens the pages of recharges, and which buttons they are shown; row security decides what is on the pages."""

from django.http import HttpRequest
from django.urls import reverse

from moothall.core import guard

READERS = ("finance", "section-151-officer", "auditor", "partnership-office")
KEEPERS = ("finance", "section-151-officer")
APPROVERS = ("section-151-officer",)
PAGES = (("Statements", "statements"), ("Prices", "prices"), ("Costs", "costs"), ("Ways of sharing", "compare"))


def keeps(request: HttpRequest) -> bool:
    """Tell whether this person draws up, sends, disputes and posts."""
    return guard.may(request, KEEPERS)


def approves(request: HttpRequest) -> bool:
    """Tell whether this person approves for their body."""
    return guard.may(request, APPROVERS)


def chapters(current: str) -> dict:
    """Return the pages of recharges as a group of links."""
    links = [
        {"title": title, "url": reverse(f"settlement:{name}"), "current": name == current} for title, name in PAGES
    ]
    return {"title": "Recharges", "links": links}
