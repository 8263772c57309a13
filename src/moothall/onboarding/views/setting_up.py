"""One's own body on its way in: how far it is, and a page for each line."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import actions as organising
from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import guard
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.ledger import queries as ledger
from moothall.onboarding import actions, queries
from moothall.onboarding.forms import AreaForm, IdentityForm, LookForm, StaffForm, TeamForm
from moothall.onboarding.rules.staff import read_staff
from moothall.onboarding.views.joining import MAY
from moothall.sharing import queries as sharing
from moothall.sharing.forms.drawing import OwnForm
from moothall.ui.forms import beside
from moothall.ui.rules import LEAST_CONTRAST, WHITE, contrast, is_readable_theme

TO_DO = {True: "Done", False: "To do"}
METHODS = ["GET", "HEAD", "POST"]


def today(request: HttpRequest):
    """Return the day in London."""
    return local(request.at).date()


def shown(request: HttpRequest, name: str, heading: str, **context) -> HttpResponse:
    """Return a page of one's own body's way in; refuses NotJoining where it is on none."""
    queries.joining(request.acting_body.id)
    back = {"back_url": reverse("onboarding:ours"), "back_text": "How far we are", "heading": heading}
    return render(request, f"onboarding/{name}.html", back | context)


def done(request: HttpRequest, said: str) -> HttpResponse:
    """Go back to the list and say what was done."""
    messages.success(request, said)
    return redirect("onboarding:ours")


def told(request: HttpRequest) -> dict:
    """Return for whom, when and by whom something is done."""
    return {"body_id": request.acting_body.id, "at": request.at, "by": request.actor}


@require_safe
@guard.staff(*MAY)
def ours(request: HttpRequest) -> HttpResponse:
    """Show how far one's own body is, line by line, and the way to go live."""
    joining = queries.joining(request.acting_body.id)
    lines = queries.progress(joining, today(request))
    tasks = [
        {
            "title": line.title,
            "hint": line.to_do or line.said,
            "done": line.done,
            "status": "Can wait" if line.optional else TO_DO[line.done],
            "url": reverse(f"onboarding:{line.code}"),
        }
        for line in lines
    ]
    open_ = [line for line in lines if not line.done and not line.optional]
    context = {"tasks": tasks, "open": len(open_), "all": len(lines), "joining": joining}
    return shown(request, "ours", f"{request.acting_body.name} joins", **context)


@require_http_methods(METHODS)
@guard.staff(*MAY)
def identity(request: HttpRequest) -> HttpResponse:
    """Ask how the body is called and how people reach it elsewhere."""
    body = request.acting_body
    now = {name: getattr(body, name) for name in IdentityForm.base_fields}
    form = IdentityForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid() and _taken(form, organising.rename, request, **form.cleaned_data):
        return done(request, "The names are kept.")
    return shown(request, "identity", "Name and how people reach it", form=form, body=body)


def _taken(form, action, request: HttpRequest, **given) -> bool:
    """Do it; put a refusal beside the question it is about."""
    queries.joining(request.acting_body.id)
    try:
        with transaction.atomic():
            action(**given, **told(request))
    except Refusal as refusal:
        beside(form, refusal)
        return False
    return True


@require_http_methods(METHODS)
@guard.staff(*MAY)
def look(request: HttpRequest) -> HttpResponse:
    """Ask for the two colours and show what they make, before they are kept."""
    body = request.acting_body
    form = LookForm(request.POST or None, initial={"colour": body.colour, "accent": body.accent})
    asked = request.method == "POST" and form.is_valid()
    if asked and request.POST.get("do") != "show" and _taken(form, organising.restyle, request, **form.cleaned_data):
        return done(request, "The pages have their colours from now on.")
    given = form.cleaned_data if asked else form.initial
    said = _preview(request, given.get("colour", ""), given.get("accent", ""))
    return shown(request, "look", "How its pages look", form=form, **said)


@require_safe
@guard.staff(*MAY)
def preview(request: HttpRequest) -> HttpResponse:
    """Show a header and a button in two colours that were typed, with how well they can be read."""
    said = _preview(request, request.GET.get("colour", ""), request.GET.get("accent", ""))
    return shown(request, "preview", "", **said)


def _preview(request: HttpRequest, colour: str, accent: str) -> dict:
    colour, accent = colour.strip().lower(), accent.strip().lower()
    try:
        found = contrast(colour, WHITE)
        contrast(accent, WHITE)
    except ValueError as wrong:
        return {"wrong": str(wrong)}
    readable = is_readable_theme(colour[1:], accent[1:])
    least = f"{LEAST_CONTRAST} to 1 is the least (WCAG 2.2, 1.4.3)"
    said = f"White text on {colour} has a contrast of {found:.1f} to 1; {least}."
    wordmark = request.acting_body.wordmark
    return {"colour": colour, "accent": accent, "said": said, "readable": readable, "wordmark": wordmark}


@require_http_methods(METHODS)
@guard.staff(*MAY)
def area(request: HttpRequest) -> HttpResponse:
    """Ask for the outline of the area, or for the areas that it is made of."""
    form = AreaForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {"geojson": form.cleaned_data["outline"], "areas": [int(one) for one in form.cleaned_data["areas"]]}
        if _taken(form, actions.set_area, request, **given):
            size = bodies.square_kilometres(request.acting_body.id)
            return done(request, f"The area is set: {size:,.0f} square kilometres.")
    size = bodies.square_kilometres(request.acting_body.id)
    return shown(request, "area", "The area it answers for", form=form, size=size)


@require_http_methods(METHODS)
@guard.staff(*MAY)
def teams(request: HttpRequest) -> HttpResponse:
    """List the teams, and form one more."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organising.form_team(code=form.code(), name=form.cleaned_data["name"], **told(request))
        messages.success(request, f"{form.cleaned_data['name']} is formed.")
        return redirect("onboarding:teams")
    line = next(one for one in _lines(request) if one.code == "teams")
    found = bodies.teams(request.acting_body.id)
    return shown(request, "teams", "Teams", form=form, teams=found, to_do=line.to_do)


def _lines(request: HttpRequest) -> list:
    return queries.progress(queries.joining(request.acting_body.id), today(request))


@require_http_methods(METHODS)
@guard.staff(*MAY)
def staff(request: HttpRequest) -> HttpResponse:
    """Read a list of people line by line, then bring them in, all or none."""
    form, report = StaffForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["table"]
        there = {team.code for team in bodies.teams(request.acting_body.id)}
        report = read_staff(table, roles=set(bodies.ROLE_NAMES), teams=there, today=today(request))
        people = [one for _, one in report.good]
        kept = StaffForm(initial={"table": table})  # what was sent stays, so that a file need not be sent twice
        if not report.problems and request.POST.get("do") == "bring":
            if _taken(form, actions.bring_staff, request, people=people):
                count = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
                return done(request, f"{count} can sign in. We wrote to them how.")
        else:
            form = kept
    line = next(one for one in _lines(request) if one.code == "staff")
    context = {"form": form, "report": report, "to_do": line.to_do, "roles": sorted(bodies.ROLE_NAMES)}
    return shown(request, "staff", "People", **context)


@require_http_methods(METHODS)
@guard.staff(*MAY)
def books(request: HttpRequest) -> HttpResponse:
    """Open the accounts and months of the body's books, and show what is there."""
    body_id = request.acting_body.id
    if request.method == "POST":
        actions.open_books(**told(request))
        return done(request, "The books are open for two years.")
    months = sorted(period.month for period in ledger.periods(body_id))
    return shown(request, "books", "Books", accounts=ledger.accounts(body_id), months=months)


@require_http_methods(METHODS)
@guard.staff(*MAY)
def services(request: HttpRequest) -> HttpResponse:
    """Show what the starter pack holds, and take it in one go."""
    body, day = request.acting_body, today(request)
    pack = next(iter(queries.packs(body.kind)), None)
    form = OwnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                count = actions.take_pack(code=pack.code if pack else "", papers=form.papers(), **told(request))
        except Refusal as refusal:
            form.refuse(refusal.details.get("problems") or {"": refusal.message})
        else:
            return done(request, f"{count} service{'s' if count != 1 else ''} taken, with the teams that do the work.")
    adopted = {row.service_id: row for row in sharing.adoptions(day, body_id=body.id)}
    rows = [
        {
            "title": catalogue.definition(row.version_id).title.en,
            "promise": catalogue.promise_words(catalogue.definition(row.version_id), row.parameters, "en"),
            "cost": catalogue.cost_words(catalogue.definition(row.version_id), row.parameters, "en"),
            "provider": bodies.body(row.provider_id),
        }
        for row in adopted.values()
    ]
    offered = [one for one in pack.services if one not in adopted] if pack else []
    titles = catalogue.titles(offered)
    new = [titles[one].en for one in offered if one in titles]
    return shown(
        request, "services", "Services", rows=rows, pack=pack, new=new, form=form, way=sharing.way(sharing.OWN)
    )


@require_http_methods(METHODS)
@guard.staff(*MAY)
def trials(request: HttpRequest) -> HttpResponse:
    """Play the worked examples of every service, and show what came of each."""
    if request.method == "POST":
        came = actions.try_services(**told(request))
        failed = sum(not passed for passed in came.values())
        said = f"{failed} do not do what they say yet." if failed else "all went well."
        messages.success(request, f"{len(came)} tried: {said}")
        return redirect("onboarding:trials")
    newest = queries.trials(request.acting_body.id)
    rows = []
    for row in sharing.adoptions(today(request), body_id=request.acting_body.id):
        trial = newest.get(row.service_id)
        fresh = trial and trial.digest == queries.settings_digest(row)
        rows.append({"title": catalogue.definition(row.version_id).title.en, "trial": trial if fresh else None})
    return shown(request, "trials", "Test cases", rows=rows)


@require_POST
@guard.staff(*MAY)
def live(request: HttpRequest) -> HttpResponse:
    """Go live, or say what is still missing."""
    actions.go_live(**told(request))
    messages.success(request, f"{request.acting_body.name} works here from now on.")
    return redirect("onboarding:joining")
