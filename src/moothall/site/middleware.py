"""Each request is one transaction with one scope; templates are rendered inside it."""

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, current_scope, rescope, scoped
from moothall.core.sniff import FileTooLarge
from moothall.people import queries as people
from moothall.simulation.queries import tour_stop
from moothall.site import navigation
from moothall.site.accounts import has_second_factor

WITHOUT_SCOPE = ("/static/", "/theme/", "/icon.svg", "/favicon.ico", "/health/live")
BEFORE_SECOND_FACTOR = ("/sign-in/", "/sign-out/", "/language/", "/demo/")
SAFE, ALWAYS = ("GET", "HEAD", "OPTIONS"), (*BEFORE_SECOND_FACTOR, "/staff/body/")
LARGEST_REQUEST = 80_000_000  # five files of 15 MB and what stands around them


class BodyHasEnded(Refusal):
    """This council has ended, so what it left is only read. Change to the council in its place to do something."""


class BoundedBody:
    """Refuses a request that announces more than we take, before a byte of it is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdigit() or int(announced) > LARGEST_REQUEST:
            refusal = FileTooLarge("That is too much at once. Send at most five files of 15 MB each.")
            return HttpResponse(refusal.message, status=refusal.status, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class VisibleAddress:
    """Answers a NUL, which no database keeps: nothing of ours is at such an address, and nothing is asked for by it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        in_path = "\x00" in request.path
        if in_path or "%00" in request.META.get("QUERY_STRING", ""):
            words = "There is no such address. Check it and try again."
            return HttpResponse(words, status=404 if in_path else 400, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class SmallerText(GZipMiddleware):
    """Sends pages, tables and shapes compressed; files are sent as they are.

    Django puts a random number of bytes into each answer and masks the token of forms anew each time, so that the size
    of an answer tells nothing of what stands in it (BREACH).
    """

    KINDS = ("text/", "application/json", "application/geo+json", "application/problem+json", "application/ld+json")

    def process_response(self, request, response):
        """Return the answer, compressed where it is text that is there as a whole."""
        if response.streaming or not response.headers.get("Content-Type", "").startswith(self.KINDS):
            return response
        return super().process_response(request, response)


class ScopeMiddleware:
    """Opens the request's transaction, sets what it may see, and undoes it all when the answer is an error.

    Innermost, so that a TemplateResponse is rendered before the transaction ends. By the time an answer comes back
    an exception has already become a page, so the status tells whether to keep what was written.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(WITHOUT_SCOPE):
            return self.get_response(request)
        request.at = now()
        request.refused = request.reads_only = False
        request.quick_exit = ""
        request.is_demo = settings.DEMO
        request.tour = tour_stop(request.session.get("tour_stop")) if settings.DEMO else None
        account = request.user.pk if request.user.is_authenticated else None
        with scoped(Scope(account=account, purpose="front door")):
            self._recognise(request, account)
            response = self._second_factor(request) or self._ended(request) or self.get_response(request)
            if response.status_code >= 500 or request.refused:
                transaction.set_rollback(True)
        if request.quick_exit:  # what somebody asks urgent help for is kept by no browser
            response["Cache-Control"] = "private, no-store"
        return response

    def _recognise(self, request, account: int | None) -> None:
        """Say who this is and set what they may see."""
        request.person_id, request.roles, request.acting_body, request.other_bodies = None, frozenset(), None, []
        request.front_body = _front_body(request)
        scope = Scope(purpose="front door", actor=Actor("contact"))
        if account:
            scope = self._member(request, account)
        request.scope, request.actor = scope, scope.actor
        if scope != current_scope():
            rescope(scope)
        request.staff_pages = navigation.pages(request)
        request.needs_second_factor = bool(request.roles) and not has_second_factor(request)

    def _member(self, request, account: int) -> Scope:
        day = local(request.at).date()
        appointments = bodies.staff_of(account, day)
        request.person_id = people.person_for_account(account)
        if not appointments:
            return Scope(
                account=account,
                person=request.person_id,
                purpose="front door",
                actor=Actor("resident", str(account)),
            )
        chosen = request.session.get("acting_body")
        before = {one: a for a in reversed(appointments) for one in bodies.lineage(a.body_id)}
        acting = before.get(chosen, appointments[0])
        request.reads_only = chosen in before and chosen != acting.body_id
        here = [a for a in appointments if a.body_id == acting.body_id]
        request.roles = frozenset(role for a in here for role in a.roles)
        request.appointment = acting
        request.acting_body = bodies.body(chosen if request.reads_only else acting.body_id)
        request.acting_as = ", ".join(sorted(role.replace("-", " ") for role in request.roles))
        request.other_bodies = sorted(before.keys() - {request.acting_body.id})
        return Scope(
            account=account,
            person=request.person_id,
            bodies=(chosen,) if request.reads_only else bodies.lineage(acting.body_id),
            purpose="staff",
            actor=Actor("staff", str(account), request.acting_body.id),
            teams=tuple(sorted({a.team.code for a in here if a.team_id})),
        )

    def _second_factor(self, request) -> HttpResponse | None:
        """Send staff who signed in with less than two factors to set a second one up."""
        if not request.needs_second_factor or request.path.startswith(BEFORE_SECOND_FACTOR):
            return None
        return redirect("mfa_index")

    def _ended(self, request) -> HttpResponse | None:
        """Refuse to change what a body has left that has ended: its successor's staff read it."""
        if not request.reads_only or request.method in SAFE or request.path.startswith(ALWAYS):
            return None
        request.refused, ended = True, BodyHasEnded()
        ended.message = gettext(ended.message)
        return render(request, "ui/refusal.html", {"refusal": ended}, status=ended.status)

    def process_exception(self, request, exception):
        """Turn a refusal into a page, or a problem document (RFC 9457), that says why and what to do next."""
        if not isinstance(exception, Refusal):
            return None
        request.refused = True
        exception.message = gettext(exception.message)
        if request.path.startswith("/api/"):
            problem = {"type": f"/problems/{exception.code}", "title": exception.message, "status": exception.status}
            return JsonResponse(problem, status=exception.status, content_type="application/problem+json")
        return render(request, "ui/refusal.html", {"refusal": exception}, status=exception.status)


def _front_body(request):
    """Return the body whose front door this is: the one chosen, else the first county or unitary partner."""
    partners = bodies.bodies(partner=True)
    chosen = request.session.get("front_body")
    if chosen and all(chosen != body.slug for body in partners):
        chosen = next((bodies.body(bodies.stands_for(one.id)).slug for one in _ended(chosen)), chosen)
    order = {"county": 0, "unitary": 0}
    return next(
        (b for b in partners if b.slug == chosen),
        min(partners, key=lambda b: (order.get(b.kind, 1), b.id), default=None),
    )


def _ended(slug: str) -> list:
    """Return the body of this address if it has ended and another stands in its place."""
    return [bodies.body(one) for one in bodies.names() if bodies.body(one).slug == slug and bodies.body(one).successor]
