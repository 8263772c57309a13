"""How to connect another system by Open311, for those who will do it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.core.guard import anyone
from moothall.standards import queries


@anyone("how to connect a system is public")
@require_safe
def open311(request: HttpRequest) -> HttpResponse:
    """Say where our Open311 is, which councils and services it knows, and what each method does."""
    councils = [
        {"body": body, "services": [one.definition.title.en for one in queries.listed(body.id, request.at)]}
        for body in bodies.bodies(partner=True)
    ]
    councils = [council for council in councils if council["services"]]
    example = councils[0]["body"].slug if councils else "marchshire"
    words = {"address": queries.address(), "councils": councils, "example": example}
    return render(request, "standards/open311.html", words)


@anyone("how to connect a system is public")
@require_safe
def to_docs(request: HttpRequest) -> HttpResponse:
    """Lead a person from the root of the API to its page."""
    return redirect("standards:open311")
