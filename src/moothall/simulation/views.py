"""Who do you want to be? For demonstrations only: there is no such address otherwise."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.simulation import queries
from moothall.simulation.rules.personas import TOUR, persona

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
demo_only = anyone("answers only in a demonstration, where everybody is invented")


@demo_only
def demo(request) -> HttpResponse:
    """Offer the personas and the tour."""
    _only_in_demo()
    people = queries.personas(local(request.at).date())
    names = {one.slug: account.name for one, account in people}
    stops = [(number, stop, names.get(stop.persona, "")) for number, stop in enumerate(TOUR, 1)]
    return render(request, "simulation/demo.html", {"people": people, "stops": stops})


@require_POST
@demo_only
def be(request, slug: str) -> HttpResponse:
    """Sign in as a persona, and go where their day begins."""
    _only_in_demo()
    return _become(request, slug, None)


@require_POST
@demo_only
def stop(request, number: int) -> HttpResponse:
    """Go to a stop of the tour as the right person."""
    _only_in_demo()
    if not 1 <= number <= len(TOUR):
        raise Http404
    request.session["tour_stop"] = number
    return _become(request, TOUR[number - 1].persona, TOUR[number - 1].address)


def _become(request, slug: str, address: str | None) -> HttpResponse:
    one = persona(slug)
    account = one and queries.account(one, local(request.at).date())
    if not account:
        raise Http404
    tour_stop = request.session.get("tour_stop")
    logout(request)
    login(request, account, backend=BACKEND)
    record_authentication(request, account, method="persona")
    request.session["tour_stop"] = tour_stop if address else None
    return redirect(address or one.start)


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404
