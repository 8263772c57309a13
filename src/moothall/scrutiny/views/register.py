"""The register of shared arrangements: for everybody to search and take away, for staff to bring in from elsewhere."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from moothall.core.clock import local
from moothall.core.guard import anyone, staff
from moothall.scrutiny import actions, queries
from moothall.scrutiny.forms import BringIn, Narrow
from moothall.scrutiny.rules.register import COLUMNS, KINDS, as_csv, day_words, narrowed, read, schema

EVERYONE = anyone("which public bodies share what is public")
registrars = staff("partnership-office", "scrutiny-officer", "manager")
MOST = 200


def _language() -> str:
    return "cy" if (get_language() or "").startswith("cy") else "en"


@require_safe
@EVERYONE
def register(request: HttpRequest) -> HttpResponse:
    """List the shared arrangements: what was promised, what is verified, how long, and why those that ended did."""
    lang = _language()
    rows = queries.register(local(request.at).date(), lang)
    members = sorted({one for row in rows for one in row.members})
    form = Narrow(members, lang, request.GET or None, initial={})
    found = _asked(rows, request)
    said = {
        "form": form, "found": len(found), "all": len(rows), "most": MOST, "query": request.GET.urlencode(),
        "running": sum(row.state == "running" for row in found), "ended": sum(row.state == "ended" for row in found),
        "verified": sum(row.verified_pence is not None for row in found),
        "rows": [
            {"row": row, "kind": KINDS[row.kind][lang == "cy"], "starts": day_words(row.starts, lang),
             "ends": day_words(row.ends, lang)}
            for row in found[:MOST]
        ],
    }  # fmt: skip
    return render(request, "scrutiny/register.html", said)


def _asked(rows, request: HttpRequest):
    asked = {name: request.GET.get(name, "")[:100].strip() for name in ("kind", "member", "state")}
    return narrowed(rows, words=request.GET.get("q", "")[:100], **asked)


@require_safe
@EVERYONE
def register_csv(request: HttpRequest) -> HttpResponse:
    """Return the arrangements that were asked for as a table for a spreadsheet."""
    found = _asked(queries.register(local(request.at).date()), request)
    return _taken(HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8"), "shared-arrangements.csv")


@require_safe
@EVERYONE
def register_json(request: HttpRequest) -> HttpResponse:
    """Return the arrangements that were asked for as JSON; `schema` says where its schema stands."""
    found = _asked(queries.register(local(request.at).date()), request)
    said = {
        "schema": request.build_absolute_uri(reverse("scrutiny:register_schema")),
        "arrangements": [row.model_dump(mode="json") for row in found],
    }
    return _taken(JsonResponse(said), "shared-arrangements.json")


@require_safe
@EVERYONE
def register_schema(request: HttpRequest) -> HttpResponse:
    """Return the JSON Schema of the register."""
    return _taken(JsonResponse(schema(), content_type="application/schema+json"), "")


def _taken(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Access-Control-Allow-Origin"] = "*"
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@registrars
def bring_in(request: HttpRequest) -> HttpResponse:
    """Check a table of arrangements line by line, then register it, all or none."""
    form = BringIn(request.POST or None, request.FILES or None)
    problems, rows, status = [], [], 200
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["table"]
        rows, problems = read(table, today=local(request.at).date())
        if not problems and request.POST.get("do") == "register":
            new, changed = actions.register_arrangements(
                body_id=request.acting_body.id, table=table, at=request.at, by=request.actor
            )
            messages.success(request, f"Registered: {new} new, {changed} brought up to date.")
            return redirect("scrutiny:register")
        form = BringIn(initial={"table": table})  # what was sent stays, so that a file need not be sent twice
        status = 422 if problems else 200
    said = {
        "form": form, "problems": problems, "rows": rows, "columns": COLUMNS, "kinds": KINDS.keys(),
        "checked": request.method == "POST" and bool(rows or problems),
        "back_url": reverse("sharing:ours"), "back_text": "Partnerships",
    }  # fmt: skip
    return render(request, "scrutiny/bring_in.html", said, status=status)
