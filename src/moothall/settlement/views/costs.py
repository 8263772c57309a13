"""What services cost, from the council's own ledger: files taken in, cost centres mapped to services, journals out."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.money import pounds
from moothall.core.refusal import Refusal
from moothall.core.sheets import plain, sheet
from moothall.core.years import named, year_of
from moothall.ledger import queries as ledger
from moothall.settlement import actions, queries
from moothall.settlement.forms import STRUCTURE, CostsForm, MapForm, ResidentsForm
from moothall.settlement.rules.ledger_files import read_structure
from moothall.settlement.views.who import KEEPERS, READERS, chapters, keeps

SHOWN = 50
"""How many problems of a file a page shows; the first ones are usually the same mistake."""


@require_safe
@staff(*READERS)
def costs(request: HttpRequest) -> HttpResponse:
    """Show what was spent and planned by cost centre, which service each belongs to, and the files it came from."""
    return _page(request, CostsForm(initial={"do": "check"}), _map_form(request))


def _page(request, form, map_form, residents=None, status: int = 200, **more) -> HttpResponse:
    day = local(request.at).date()
    found, residents = queries.centres(request.actor.body_id, day), residents or ResidentsForm()
    titles = _titles()
    context = {
        "heading": "Costs",
        "finding": _finding(found, named(day)),
        "centres": [(one, titles.get(one.service_id, one.service_id)) for one in found],
        "files": queries.cost_files(request.actor.body_id),
        "form": form if keeps(request) else None,
        "map_form": map_form if keeps(request) and found else None,
        "residents_form": residents if keeps(request) else None,
        "heads": [(bodies.body(code).name, count) for code, count in sorted(queries.heads(day).items())],
        "filters": [chapters("costs")],
        "year": named(day),
        **more,
    }
    return render(request, "settlement/costs.html", context, status=status)


def _finding(found, year) -> str:
    if not found:
        return "We know no cost centre yet. Take in your finance system's structure, then its lines."
    spent, planned = sum(one.spent for one in found), sum(one.budget for one in found)
    loose = sum(1 for one in found if not one.service_id and (one.spent or one.budget))
    said = f"{pounds(spent)} spent so far in {year}, of {pounds(planned)} planned."
    many = "cost centre with money is" if loose == 1 else "cost centres with money are"
    return f"{said} {loose} {many} mapped to no service." if loose else said


def _titles() -> dict[str, str]:
    return {one.service_id: one.definition.title.en for one in catalogue.services()}


def _map_form(request, given=None) -> MapForm:
    known = queries.centres(request.actor.body_id, local(request.at).date())
    choices = [(one.row.code, f"{one.row.code} {one.row.title}") for one in known]
    return MapForm(given, centres=choices, services=sorted(_titles().items(), key=lambda one: one[1]))


@require_POST
@staff(*KEEPERS)
def take(request: HttpRequest) -> HttpResponse:
    """Check a file line by line, and take it in whole if that was asked and nothing is wrong."""
    form = CostsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, _map_form(request), status=422)
    given, told = form.cleaned_data, {"body_id": request.actor.body_id, "at": request.at, "by": request.actor}
    if given["do"] == "check":
        return _checked(request, form, given, told)
    try:
        if given["kind"] == STRUCTURE:
            count = actions.take_centres(content=given["file"], **told)
            notices.success(request, f"{count} cost centres are new or changed.")
        else:
            row = actions.take_costs(
                kind=given["kind"], title=request.FILES["file"].name, content=given["file"],
                control_rows=given["control_rows"], control_pence=given["control_total"], **told,
            )  # fmt: skip
            notices.success(request, f"{row.title}: {row.rows} lines and {pounds(row.pence)} are taken in.")
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else "file", refusal.message)
        problems = refusal.details.get("problems", ())
        return _page(request, form, _map_form(request), status=422, problems=problems[:SHOWN])
    return redirect("settlement:costs")


def _checked(request, form, given, told) -> HttpResponse:
    """Say what a file holds and what is wrong with it; nothing is kept."""
    if given["kind"] == STRUCTURE:
        found = read_structure(given["file"])
        said = f"The file has {len(found.rows)} cost centres"
    else:
        found = actions.check_costs(kind=given["kind"], content=given["file"], **told)
        said = f"The file has {len(found.rows)} lines that add up to {pounds(found.pence)}"
    said += f" and {len(found.problems)} problems." if found.problems else " and no problem. Nothing was kept."
    return _page(request, form, _map_form(request), checked=said, problems=found.problems[:SHOWN])


@require_POST
@staff(*KEEPERS)
def map_centre(request: HttpRequest) -> HttpResponse:
    """Say which service a cost centre is spent on, from a day on."""
    form = _map_form(request, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.map_centre(
                body_id=request.actor.body_id, centre=given["centre"], service_id=given["service"],
                starts=given["starts"], at=request.at, by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("starts", refusal.message)
        else:
            notices.success(request, "It is mapped.")
            return redirect("settlement:costs")
    return _page(request, CostsForm(initial={"do": "check"}), form, status=422)


@require_POST
@staff(*KEEPERS)
def residents(request: HttpRequest) -> HttpResponse:
    """Note how many people live in the body's area, for prices by residents."""
    form = ResidentsForm(request.POST)
    if not form.is_valid():
        return _page(request, CostsForm(initial={"do": "check"}), _map_form(request), form, status=422)
    given = form.cleaned_data
    actions.note_residents(
        body_id=request.actor.body_id, starts=given["since"], residents=given["residents"], source=given["source"],
        at=request.at, by=request.actor,
    )  # fmt: skip
    notices.success(request, "It is noted.")
    return redirect("settlement:costs")


@require_safe
@staff(*READERS)
def journals(request: HttpRequest) -> HttpResponse:
    """The recharges of this financial year and the last as journal lines, for the council's own finance system."""
    day, own = local(request.at).date(), request.actor.body_id
    first, last = year_of(day)
    legs = ledger.legs_of_kind(own, "recharge", since=first.replace(year=first.year - 1), until=last)
    rows = (
        (leg.journal_id, leg.line, leg.journal.posted_on, leg.account.code, leg.account.name, leg.cost_centre,
         plain(max(leg.pence, 0)), plain(max(-leg.pence, 0)), leg.journal.narrative)
        for leg in legs
    )  # fmt: skip
    heads = ("journal", "line", "date", "account", "account name", "service", "debit", "credit", "narrative")
    return sheet("recharge-journals", heads, rows)
