"""The officer's queue: what is due first, first; narrowed by links; taken on in bulk."""

from operator import itemgetter
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from moothall.bodies import queries as bodies
from moothall.casework import actions, queries
from moothall.casework.views.visit import today
from moothall.catalogue import queries as catalogue
from moothall.core.guard import may, staff
from moothall.core.refusal import NotYours, Refusal
from moothall.sharing import queries as sharing

OFFICE = ("officer", "manager", "adviser")
CLERKS = ("monitoring-officer", "information-governance")
"""Who does work of their own team beside another duty: writes down what a panel decides, looks at a refusal again. They
see their team's work and the cases that it is in, and no other."""
SHOWS = {"mine": "Mine", "team": "My team's", "all": "All of it"}
ORDERS = {"due": "What is due first", "oldest": "Oldest first", "newest": "Newest first"}
KEPT = ("show", "service", "team", "ward", "late", "unassigned", "q", "order")


class NothingMarked(Refusal):
    """Mark the rows you mean first: with the boxes on the left, or with the key x."""

    status = 422


@staff()
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead staff to the page that their role begins the day on."""
    return redirect(request.staff_pages[0]["url"] if request.staff_pages else "home")


def own_alone(request: HttpRequest) -> bool:
    """Tell whether somebody sees the work of their own team alone."""
    return not may(request, OFFICE)


def teams_of(request: HttpRequest) -> tuple[int, ...]:
    """Return the team that somebody is in, or nothing."""
    return (request.appointment.team_id,) if request.appointment.team_id else ()


def check_theirs(request: HttpRequest, case_id: UUID) -> None:
    """Refuse a case to those who see their own team's work alone, if none of it is in there."""
    own = {"account": request.user.pk, "teams": teams_of(request)}
    if own_alone(request) and not queries.has_work_in(case_id=case_id, **own):
        raise NotYours("That case is not in your team's work. Look at your queue, or ask whoever deals with it.")


@staff(*OFFICE, *CLERKS)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Show a page of open work: of the whole body, or to some that of their own team alone."""
    asked = {key: request.GET[key][:200] for key in KEPT if request.GET.get(key)}
    teams, own = teams_of(request), own_alone(request)
    team = request.appointment.team.code if teams else ""
    shows = {name: title for name, title in SHOWS.items() if (name != "team" or teams) and not (name == "all" and own)}
    if asked.get("show") not in shows:
        asked.pop("show", None)
    show = asked.get("show") or ("team" if teams else "mine" if own else "all")
    page = queries.queue(
        bodies=request.scope.bodies,
        show=show,
        account=request.user.pk,
        teams=teams,
        filters={key: asked.get(key) for key in ("service", "team", "ward", "late", "unassigned")},
        text=asked.get("q", ""),
        order=asked.get("order") or "due",
        after=request.GET.get("after") or None,
        at=request.at,
    )
    first = not request.GET.get("after") and not asked.get("q")
    urgent = queries.urgent(bodies=request.scope.bodies, at=request.at) if first and request.scope.teams else []
    colleagues = bodies.colleagues(request.acting_body.id, today(request))
    names = {colleague.account_id: colleague.name for colleague in colleagues}
    titles = _titles(request)
    others = {row.service_id for row in (*page.rows, *urgent)} - titles.keys()  # of which this body does a part alone
    shown = titles | {key: title.en for key, title in catalogue.titles(others).items()} if others else titles
    words = {
        "heading": {"mine": "My work", "team": "My team's work", "all": "All open work"}[show],
        "rows": [_row(row, names, shown) for row in page.rows],
        "urgent": [_row(row, names, shown) for row in urgent],
        "finding": _finding(page, request),
        "filters": _filters(
            request, asked, show, shows, _titles(request, team) if own else titles, [] if own else colleagues
        ),
        "colleagues": [c for c in colleagues if _may_have(c, None if not own else teams)],
        "asked": asked,
        "show": show,
        "page": {
            "older_url": _url(asked | {"show": show}, after=page.next) if page.next else "",
            "older_text": "Next 25",
        },
        "here": request.get_full_path(),
        "filtered": bool(asked.keys() - {"show", "order"}),
        "sorts": _sorts(asked),
    }
    return render(request, "casework/queue.html", words)


def _may_have(colleague, teams: tuple[int, ...] | None) -> bool:
    """Tell whether a colleague may be given work of these teams, or any at all."""
    return bool(set(colleague.roles) & {*OFFICE, *CLERKS}) and (teams is None or colleague.team_id in teams)


def _titles(request: HttpRequest, team: str = "") -> dict[str, str]:
    """Return the English titles of the services that the body offers or provides; from what the process keeps.

    With a team those alone whose steps name it.
    """
    offered = sharing.adoptions(today(request))
    mine = [row for row in offered if request.acting_body.id in (row.body_id, row.provider_id)]
    told = {row.service_id: catalogue.definition(row.version_id) for row in mine}
    return {
        service_id: definition.title.en
        for service_id, definition in told.items()
        if not team or any(step.using.get("team") == team for step in definition.steps.values())
    }


def _row(row, names: dict, titles: dict) -> dict:
    return {
        "row": row,
        "service": titles.get(row.service_id, row.service_id),
        "who": names.get(row.assigned_to, "Somebody else") if row.assigned_to else "",
        "url": reverse("casework:work", args=[row.case_id]),
    }


def _finding(page, request: HttpRequest) -> str:
    late = sum(row.late for row in page.rows)
    if not page.rows:
        return ""
    more = " or more" if page.next else ""
    if late == len(page.rows) and page.next:
        return f"{late}{more} are late. Start at the top."
    return f"{late} of these {'is' if late == 1 else 'are'} late." if late else "Nothing here is late."


def _url(asked: dict, **changes) -> str:
    merged = {key: value for key, value in {**asked, **changes}.items() if value}
    return f"{reverse('casework:queue')}?{urlencode(merged)}" if merged else reverse("casework:queue")


def _filters(request: HttpRequest, asked: dict, show: str, shows: dict, titles: dict, colleagues: list) -> list[dict]:
    """Return the groups of links that narrow the list; the one in force leads back out of itself.

    Of services and teams only those are named that have open work, and the one that was chosen.
    """

    def link(key, value, title):
        current = asked.get(key) == value
        return {"title": title, "url": _url(asked, **{key: None if current else value}), "current": current}

    lists = [{"title": title, "url": _url(asked, show=name), "current": show == name} for name, title in shows.items()]
    of_teams = {str(c.team_id): c.team.name for c in colleagues if c.team_id}
    busy = queries.with_work(bodies=request.scope.bodies, services=titles, teams=of_teams)

    def links(key: str, names: dict) -> list[dict]:
        there = busy[key] | {asked.get(key)}
        return [link(key, one, title) for one, title in sorted(names.items(), key=itemgetter(1)) if one in there]

    groups = [
        {"title": "Whose", "links": lists},
        {"title": "Sort", "links": _orders(asked)},
        {"title": "Only", "links": [link("late", "yes", "Late"), link("unassigned", "yes", "Nobody's yet")]},
        {"title": "Service", "links": links("service", titles)},
        {"title": "Team", "links": links("team", of_teams)},
    ]
    return [group for group in groups if group["links"]]


def _orders(asked: dict) -> list[dict]:
    """Return the links that sort the list, for where no column heads are to be seen."""
    now = asked.get("order") or "due"
    return [
        {"title": title, "url": _url(asked, order=None if name == "due" else name), "current": name == now}
        for name, title in ORDERS.items()
    ]


def _sorts(asked: dict) -> dict[str, dict]:
    """Return for the columns "due" and "since": the link that sorts by it, and how it sorts the list now."""
    order = asked.get("order") or "due"
    sides = {"oldest": "ascending", "newest": "descending"}
    return {
        "due": {"url": _url(asked, order=None), "sorted": "ascending" if order == "due" else ""},
        "since": {
            "url": _url(asked, order="oldest" if order == "newest" else "newest"),
            "sorted": sides.get(order, ""),
        },
        "words": ORDERS[order],
    }


@staff(*OFFICE, *CLERKS)
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the marked rows to oneself, a colleague, or nobody."""
    marked = [UUID(row) for row in request.POST.getlist("row")[:100] if _is_id(row)]
    if not marked:
        raise NothingMarked()
    own = {"account": request.user.pk, "teams": teams_of(request)}
    if own_alone(request) and not queries.all_theirs(task_ids=marked, **own):
        raise NotYours("Some of that is not your team's work. Mark what is, and send it again.")
    to = request.POST.get("to", "me")
    account = {"me": request.user.pk, "nobody": None}.get(to, int(to) if to.isdigit() else request.user.pk)
    count = actions.assign(task_ids=marked, account_id=account, at=request.at, by=request.actor)
    whose = {"me": "yours", "nobody": "nobody's"}.get(to, "theirs")
    notices.success(request, f"{count} {'is' if count == 1 else 'are'} {whose} now.")
    return redirect(back_to(request, reverse("casework:queue")))


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Return the page of ours that a form was on, or another."""
    url = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return url if safe and url else otherwise


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
