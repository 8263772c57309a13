"""Staff pages: what a service is made of, its workflow drawn, and its versions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moothall.catalogue import queries
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.ports import service_offer


@staff()
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the services with what is promised and who does the work."""
    rows = [_row(request, published) for published in queries.services()]
    return render(request, "catalogue/staff/index.html", {"rows": rows})


@staff()
@require_safe
def page(request: HttpRequest, service_id: str) -> HttpResponse:
    """Show one service: workflow, steps, questions, letters, what our body set, law, and versions."""
    row = _row(request, queries.current(service_id))
    definition = row["definition"]
    context = row | {
        "steps": [(step, queries.span_words(step)) for step in definition.steps.values()],
        "settings": [
            (parameter, *queries.setting_told(parameter, row["settings"][name]), _limits(parameter))
            for name, parameter in definition.leaves_open.items()
        ],
        "letters": [(m, definition.letters[m.letter]["en"]) for m in definition.messages],
        "versions": queries.versions(service_id),
    }
    return render(request, "catalogue/staff/service.html", context)


def _limits(parameter) -> str:
    """Return from what to what a body may set something; empty where nothing is counted."""
    if parameter.least is None or parameter.most is None:
        return ""
    least, most = (queries.setting_words(parameter, limit) for limit in (parameter.least, parameter.most))
    return f"{least} to {most}"


def _row(request: HttpRequest, published) -> dict:
    """Return a service as our body offers it, or as it is published where we do not."""
    day = local(request.at).date()
    offer = next((o for a in service_offer if (o := a.give(published.service_id, request.acting_body.id, day))), None)
    version_id, own = offer or (published.id, {})
    offered = queries.adopted(version_id, own)
    return {
        "published": offered.published,
        "newest": published,
        "definition": offered.definition,
        "settings": offered.settings,
        "offered": offer is not None,
        "promise": queries.promise_words(offered.definition, own),
        "cost": queries.cost_words(offered.definition, own),
    }
