"""Published appraisals: for everybody to read, to follow to every figure, and to take away."""

import csv
import io
import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from moothall.appraisal.queries import cases
from moothall.appraisal.rules import draft, replays
from moothall.appraisal.views import showing
from moothall.bodies import queries as bodies
from moothall.core import files
from moothall.core.clock import local
from moothall.core.guard import anyone

EVERYONE = anyone(
    "how public bodies choose who provides a service is public; what is withheld is withheld by row security"
)


@require_safe
@EVERYONE
def index(request: HttpRequest) -> HttpResponse:
    """List the published appraisals."""
    names = bodies.names()
    rows = [(one, names.get(one.body_id, ""), one.result["headline"]) for one in cases.published()]
    return render(request, "appraisal/index.html", {"rows": rows})


@require_safe
@EVERYONE
def known_deals(request: HttpRequest) -> HttpResponse:
    """Show known deals as they were published: figures worked out again, and what keeps each from an appraisal."""
    deals = []
    for deal in replays.replays():
        untold = deal.untold()
        deals.append({
            "deal": deal, "untold": untold.items(), "count": sum(map(len, untold.values())),
            "given": [(one["what"], replays.said(one["value"], one["unit"])) for one in deal.given.values()],
            "figures": [
                (one, replays.said(one.value, one.unit),
                 "" if one.published is None else replays.said(one.published, one.unit))
                for one in deal.figures
            ],
        })  # fmt: skip
    said = {"deals": deals, "back_url": reverse("appraisal:published")}
    return render(request, "appraisal/known_deals.html", said)


@require_safe
@EVERYONE
def edition(request: HttpRequest, slug: str, number: int = 0) -> HttpResponse:
    """Show a published appraisal: the finding first, then figures, charts, tables, and what lies behind them."""
    found = _found(request, slug, number)
    args = [slug, found.number]
    said = showing.result(
        found.told, lambda name: reverse("appraisal:edition_table", args=[*args, name]),
        lambda key: reverse("appraisal:edition_figure", args=[*args, key]),
    )  # fmt: skip
    document = found.document
    said |= {
        "one": found, "by": bodies.body(found.body_id), "editions": cases.editions(slug),
        "evidence": [one | {"what": document["inputs"].get(one["figure"], {}).get("what", one["figure"])}
                     for one in found.told.get("evidence", [])],
        "inputs": [showing.input_row(row) for row in found.told["inputs"]],
        "impacts": [one | {"names": [found.told["titles"].get(key, key) for key in one["options"]]}
                    for one in document.get("impacts", [])],
        "voices": document.get("voices", []), "plans": [
            (one["title"], one["plan"]) for one in document["options"].values() if one.get("plan")
        ],
        "back_url": reverse("appraisal:published"),
    }  # fmt: skip
    return render(request, "appraisal/edition.html", said)


def _found(request: HttpRequest, slug: str, number: int):
    return cases.edition(slug, number, local(request.at).date())


@require_safe
@EVERYONE
def table(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    """Return the table of one chart of an edition."""
    return showing.table(_found(request, slug, number).told, name)


@require_safe
@EVERYONE
def figure(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Show how one figure of an edition is made."""
    found = _found(request, slug, number)
    said = showing.explained(found.told, key)
    said |= {
        "base": "ui/base.html", "back_url": reverse("appraisal:edition", args=[slug, found.number]),
        "back_text": found.title,
    }  # fmt: skip
    return render(request, "appraisal/figure.html", said)


@require_safe
@EVERYONE
def document(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Return an edition as the case that `moothall appraise` reads; without what is withheld, for as long as it is."""
    found = _found(request, slug, number)
    text = json.dumps(draft.whole(found.document), ensure_ascii=False, indent=1) + "\n"
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")  # JSON is YAML 1.2
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{found.number}.yaml"'
    return answer


@require_safe
@EVERYONE
def data(request: HttpRequest, slug: str, number: int) -> JsonResponse:
    """Return everything an edition's page shows, as JSON."""
    found = _found(request, slug, number)
    return JsonResponse(found.told | {"withheld": list(found.withheld)}, json_dumps_params={"ensure_ascii": False})


@require_safe
@EVERYONE
def evidence(request: HttpRequest, slug: str, number: int, digest: str) -> HttpResponse:
    """Lead to a file that was filed for a figure of an edition."""
    found = _found(request, slug, number)
    if digest not in {one["digest"] for one in found.told.get("evidence", [])}:
        raise Http404
    return redirect("core:file", files.find_bytes(digest, body_id=found.body_id).pk)


@require_safe
@EVERYONE
def inputs(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Return every figure of an edition with its source, for a spreadsheet."""
    found, text = _found(request, slug, number), io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(("name", "what", "value", "unit", "source", "how uncertain", "evidence"))
    for row in found.told["inputs"]:
        value = "withheld" if row.get("withheld") else row["filed"]
        sheet.writerow((row["name"], row["what"], value, row["unit"], row["source"], row["spread"], row["evidence"]))
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{found.number}-figures.csv"'
    return answer
