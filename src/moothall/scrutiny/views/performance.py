"""What everyone may see: promises kept and missed, month by month, and what contractors gave back."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.contracts import queries as contracts
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.scrutiny import queries
from moothall.scrutiny.rules.figures import FEWEST, latest, period, sentence
from moothall.ui import charts

EVERYONE = anyone("what we promised and what came of it is public")
COLUMNS = ["body", "service", "period", "first day", "promises", "kept", "missed", "note", "days promised",
           "days taken"]  # fmt: skip


def language() -> str:
    """Return the language of the page, as rules know it: en or cy."""
    return "cy" if (get_language() or "").startswith("cy") else "en"


@EVERYONE
@require_safe
def performance(request: HttpRequest) -> HttpResponse:
    """Show every body's promises: the finding first, misses as large as hits; `?body=` narrows to one."""
    board = queries.board(on=local(request.at).date())
    titles = _titles()
    bodies_told = sorted({body_id for _service, body_id in board})
    chosen = next((i for i in bodies_told if bodies.body(i).slug == request.GET.get("body")), None)
    rows = [
        _row(service_id, body_id, told, titles)
        for (service_id, body_id), told in board.items()
        if chosen in (None, body_id)
    ]
    context = {
        "rows": sorted(rows, key=lambda row: (row["title"], row["body"].name)),
        "bodies": [bodies.body(i) for i in bodies_told],
        "chosen": bodies.body(chosen) if chosen else None,
        "deducted": contracts.deducted(),
        "deductions": contracts.deductions()[:5],
        "fewest": FEWEST,
    }
    return render(request, "scrutiny/performance.html", context)


@EVERYONE
@require_safe
def service(request: HttpRequest, slug: str, service_id: str) -> HttpResponse:
    """Show one body's service: the finding, the chart, the table, how it is counted and who is accountable."""
    body = found_body(slug)
    rows, quarterly = queries.series(service_id=service_id, body_id=body.id, on=local(request.at).date())
    titles = _titles()
    if service_id not in titles:
        raise Http404
    context = _row(service_id, body.id, (rows, quarterly), titles) | {
        "charts": queries.pictures(service_id, body.id, local(request.at).date()),
        "fewest": FEWEST,
    }
    return render(request, "scrutiny/service.html", context)


@EVERYONE
@require_safe
def performance_csv(request: HttpRequest) -> HttpResponse:
    """Return all figures as a table for a spreadsheet."""
    return _csv(queries.board(on=local(request.at).date()), "performance.csv")


@EVERYONE
@require_safe
def service_csv(request: HttpRequest, slug: str, service_id: str) -> HttpResponse:
    """Return one body's service as a table for a spreadsheet."""
    body = found_body(slug)
    told = queries.series(service_id=service_id, body_id=body.id, on=local(request.at).date())
    return _csv({(service_id, body.id): told}, f"{slug}-{service_id}.csv")


def _csv(board: dict, name: str) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Access-Control-Allow-Origin"] = "*"
    sheet = csv.writer(answer)
    sheet.writerow(COLUMNS)
    for (service_id, body_id), (rows, quarterly) in board.items():
        for row in rows:
            note = "withheld" if row.withheld else f"at least {row.at_least} kept" if row.at_least else ""
            counts = ["" if n is None else n for n in (row.total, row.kept, row.missed)]
            place = [bodies.body(body_id).name, service_id, period(row.start, quarterly, "en"), row.start]
            days = ("", "") if row.days is None else (f"{tenths / 10:.1f}" for tenths in row.days)
            sheet.writerow([*place, *counts, note, *days])
    return answer


def found_body(slug: str):
    """Return the body of a slug, or answer that there is none."""
    try:
        return bodies.body(slug)
    except bodies.UnknownBody as unknown:
        raise Http404 from unknown


def _titles() -> dict[str, str]:
    return {p.service_id: p.definition.title.in_(language()) for p in catalogue.services()}


def _row(service_id: str, body_id: int, told: tuple, titles: dict) -> dict:
    rows, quarterly = told
    title, body = titles.get(service_id, service_id), bodies.body(body_id)
    known = [(row.kept, row.total) for row in rows if row.total and row.kept is not None]
    shares = [round(100 * kept / total) for kept, total in known]
    spark = charts.sparkline(shares, title=_("Share of promises kept, in percent")) if len(shares) > 2 else ""
    finding = sentence(title, rows, language(), quarterly)
    return {"service_id": service_id, "title": title, "body": body, "finding": finding, "latest": latest(rows),
            "spark": spark}  # fmt: skip
