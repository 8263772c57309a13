"""What each way of sharing would cost each partner, side by side, so that members choose knowing it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.money import pounds
from moothall.core.sheets import plain, sheet
from moothall.settlement import queries
from moothall.settlement.forms import CompareForm
from moothall.settlement.views.who import READERS, chapters

NAMES = {
    "per-case": "For each case", "per-unit": "For each unit", "by-head": "By residents", "by-band": "By bands",
    "fixed": "The same for each", "full-cost": "Full cost by cases", "step-down": "Step by step",
}  # fmt: skip


@require_safe
@staff(*READERS)
def compare(request: HttpRequest) -> HttpResponse:
    """Show all ways of sharing the cost of a service that this body does for others, on the page or as a file."""
    own, day = request.actor.body_id, local(request.at).date()
    services = queries.shared_services(own, day)
    titles = {one: title.en for one, title in catalogue.titles(services).items()}
    asked = {"service": request.GET.get("service") or (services[0] if services else ""),
             "cost": request.GET.get("cost", ""), "unit": request.GET.get("unit", "")}  # fmt: skip
    form = CompareForm(asked, services=list(titles.items()))
    context = {
        "heading": "Ways of sharing a cost",
        "filters": [chapters("compare")],
        "form": form if services else None,
    }
    if services and form.is_valid():
        given = form.cleaned_data
        found = queries.compare(own, given["service"], day, unit=given["unit"], cost=given["cost"])
        if request.GET.get("format") == "csv":
            return _table(found, given["service"])
        context |= _said(found, titles[given["service"]])
        context["csv"] = f"?{request.GET.urlencode()}&format=csv" if request.GET else "?format=csv"
    return render(request, "settlement/compare.html", context)


def _said(found, service) -> dict:
    codes = list(found.year.cases)
    rows = [("As now", "The prices in force", [(_name(code), found.now[code], None) for code in codes])]
    for way in found.ways:
        cells = [(_name(code), way.pence[code], _change(way.change[code])) for code in codes]
        rows.append((NAMES[way.method], way.price, cells))
    return {"found": found, "service": service, "rows": rows, "names": [_name(code) for code in codes],
            "work": [(_name(code), found.year.cases[code], found.year.heads.get(code)) for code in codes],
            "findings": [_finding(found, code) for code in codes if found.ways and code != found.provider]}  # fmt: skip


def _name(code: str) -> str:
    return bodies.body(code).name


def _change(pence: int) -> str:
    if not pence:
        return "no change"
    return f"{pounds(abs(pence))} {'more' if pence > 0 else 'less'}"


def _finding(found, code) -> str:
    """Return in a sentence which way costs a payer least and which most."""
    ranked = sorted(found.ways, key=lambda way: way.pence[code])
    least, most = ranked[0], ranked[-1]
    return (
        f"{_name(code)} would pay least by “{NAMES[least.method].lower()}”, {pounds(least.pence[code])} "
        f"({_change(least.change[code])} than now), and most by “{NAMES[most.method].lower()}”, "
        f"{pounds(most.pence[code])} ({_change(most.change[code])})."
    )


def _table(found, service) -> HttpResponse:
    rows = [("now", "", code, plain(found.now[code]), "0.00") for code in found.now]
    rows += [(way.method, way.price, code, plain(way.pence[code]), plain(way.change[code]))
             for way in found.ways for code in way.pence]  # fmt: skip
    return sheet(f"ways-of-sharing-{service}", ("way", "price", "body", "pounds a year", "change"), rows)
