"""What residents read of a body that leaves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.leaving import queries


@require_safe
@anyone("that a public body leaves, when, why and what becomes of its services is public")
def leaves(request: HttpRequest, which: str) -> HttpResponse:
    """Show what changes and what stays for residents, and who does which service afterwards."""
    body = bodies.body(which)
    found = queries.departure(body.id)
    if found is None:
        raise Http404
    lang = "cy" if (get_language() or "").startswith("cy") else "en"
    said = {"one": found, "name": bodies.names(lang)[body.id], "body": body, "today": local(request.at).date(),
            "services": queries.publicly_afterwards(found, lang)}  # fmt: skip
    return render(request, "leaving/public.html", said)
