"""
The directory of services by Open Referral UK 3.0: read by anybody, from any web page.

Source: https://docs.openreferraluk.org/ (endpoints and pages of HSDS 3.0, UK profile).
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from moothall.core import rate
from moothall.core.actor import Actor
from moothall.core.guard import anyone
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, rescope
from moothall.standards import queries
from moothall.standards.api.asking import said
from moothall.standards.rules import directory as rules
from moothall.standards.rules.parameters import Unclear, moment

WHY = "a directory of public services is public"


def answering(view: Callable) -> Callable:
    """Return a view that answers in JSON to any web page, and says what was wrong as a problem (RFC 9457)."""

    @anyone(WHY)
    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, **named) -> JsonResponse:
        try:
            rate.limit(rate.Limit("referral", settings.API_PER_MINUTE, 60), rate.address(request), at=request.at)
            rescope(Scope(purpose="directory", actor=Actor("api")))
            answer = JsonResponse(view(request, **named))
        except Unclear as unclear:
            answer = _problem(400, str(unclear))
        except Refusal as refusal:
            answer = _problem(refusal.status, refusal.message)
        answer["Access-Control-Allow-Origin"] = "*"
        return answer

    return answered


def _problem(status: int, title: str) -> JsonResponse:
    problem = {"type": "about:blank", "title": title, "status": status}
    return JsonResponse(problem, status=status, content_type="application/problem+json")


def _number(request: HttpRequest, name: str, usual: int) -> int:
    text = said(request, name)
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) == int(text)):
        raise Unclear(f"{name} must be a whole number from 1, such as {usual}.")
    return int(text)


def _page(request: HttpRequest, items: list) -> dict:
    return rules.page(items, _number(request, "page", 1), _number(request, "per_page", rules.USUAL))


@answering
def root(request: HttpRequest) -> dict:
    """Say which version of the standard this is."""
    return rules.about()


@answering
def services(request: HttpRequest) -> dict:
    """List services, narrowed by `search`, `taxonomy_term_id`, `organization_id` and `modified_after`."""
    since = said(request, "modified_after")
    found = queries.found_in(
        request.at, words=said(request, "search")[:200], term_id=said(request, "taxonomy_term_id"),
        organisation_id=said(request, "organization_id"), since=moment(since, "modified_after") if since else None,
    )  # fmt: skip
    minimal = said(request, "minimal") == "true"
    return _page(request, [_least(entry) if minimal else rules.listed(entry) for entry in found])


def _least(entry) -> dict:
    item = rules.listed(entry)
    return {name: item[name] for name in ("id", "name", "status")}


@answering
def service(request: HttpRequest, entry_id) -> dict:
    """Show one service whole."""
    return queries.directory_service(str(entry_id), request.at)


@answering
def taxonomies(request: HttpRequest) -> dict:
    """List the taxonomies."""
    return _page(request, queries.taxonomies())


@answering
def taxonomy(request: HttpRequest, entry_id) -> dict:
    """Show one taxonomy."""
    return queries.chosen(queries.taxonomies(), str(entry_id))


@answering
def taxonomy_terms(request: HttpRequest) -> dict:
    """List the terms of taxonomies, narrowed by `taxonomy_id`."""
    within = said(request, "taxonomy_id")
    return _page(request, [term for term in queries.terms(request.at) if within in ("", term["taxonomy_id"])])


@answering
def taxonomy_term(request: HttpRequest, entry_id) -> dict:
    """Show one term."""
    return queries.chosen(queries.terms(request.at), str(entry_id))


@answering
def at_locations(request: HttpRequest) -> dict:
    """List where services are to be had."""
    return _page(request, queries.at_locations(request.at))


@answering
def at_location(request: HttpRequest, entry_id) -> dict:
    """Show where one service is to be had."""
    return queries.chosen(queries.at_locations(request.at), str(entry_id))
