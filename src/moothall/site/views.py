"""Home pages, and for whom one acts."""

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.core import audit, guard
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.functions.waste import queries as waste
from moothall.reorganisation import queries as reorganisation
from moothall.scrutiny import queries as scrutiny


class NotYourBody(Refusal):
    """You do not work for that body. Choose one of yours."""

    status = 403


MOST_SERVICES, MOST_CASES = 10, 3


@guard.anyone("the front door")
def home(request) -> HttpResponse:
    """Show the front door: one box, what people do, one's own open cases, and the ways to follow and to look."""
    mine = casework.my_cases([request.person_id], limit=20) if request.person_id else []
    published = catalogue.services()
    words = {
        "services": _most_asked(published, request)[:MOST_SERVICES],
        "events": catalogue.life_events(published).values(),
        "cases": [_row(case) for case in mine if case.closed_at is None][:MOST_CASES],
        "partners": bodies.bodies(partner=True),
        "changes": reorganisation.coming(request.front_body.id) if request.front_body else None,
        "alerts": waste.open_incidents(body_id=request.front_body.id) if request.front_body else [],
    }
    return render(request, "site/home.html", words)


def _most_asked(published: list, request) -> list:
    """Return the services: what is asked most of this front door's body, what is asked most anywhere, then by topic."""
    on = local(request.at).date()
    here = scrutiny.most_asked(on=on, body_id=request.front_body.id) if request.front_body else []
    order = {name: n for n, name in enumerate(dict.fromkeys([*here, *scrutiny.most_asked(on=on)]))}
    topics = list(catalogue.topics())
    return sorted(
        published,
        key=lambda one: (order.get(one.service_id, len(order)), topics.index(one.definition.topics[0])),
    )


def _row(case) -> dict:
    return {"case": case, "title": catalogue.definition(case.version_id).title}


@guard.anyone("which front door is shown is the visitor's own choice")
def front(request, slug: str) -> HttpResponse:
    """Make a partner's front door the one we show from now on; of a body that has ended, its successor's.

    Where a body was divided, the page about it says which council has which part; of another body, how to reach it.
    """
    body = bodies.body(slug)
    if len(body.heir_ids) > 1:
        return redirect("reorganisation:council", reorganisation.coming(body.id))
    body = bodies.body(bodies.stands_for(body.id))
    if not body.partner:
        return redirect("body", body.slug)
    request.session["front_body"] = body.slug
    return redirect("home")


@require_POST
@guard.anyone("ending one's own session needs no right")
def sign_out(request) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("home")


@require_http_methods(["GET", "POST"])
@guard.anyone("offers only bodies that the signed-in person works for, and nobody else has any")
def act_for(request) -> HttpResponse:
    """Let somebody who works for several bodies choose for which one they act."""
    mine = [bodies.body(i) for i in [request.acting_body.id, *request.other_bodies]] if request.acting_body else []
    if request.method == "POST":
        wanted = next((body.id for body in mine if str(body.id) == request.POST.get("body")), None)
        if wanted is None:
            raise NotYourBody()
        request.session["acting_body"] = wanted
        return redirect("home")
    return render(request, "site/act_for.html", {"mine": mine})


@require_safe
@guard.signed_in
def readings(request) -> HttpResponse:
    """Show somebody who read their data: which body, for what, when; never which member of staff."""
    rows = [{**row, "body": bodies.body(row["body_id"]).name} for row in audit.reads_of_me()]
    return render(request, "site/readings.html", {"rows": rows})
