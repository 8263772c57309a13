"""Who works for one's body: see it, bring somebody in, let somebody go."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import actions, queries
from moothall.bodies.forms import Colleague, SignInGroup
from moothall.bodies.rules.kinds import ROLE_NAMES
from moothall.core import guard
from moothall.core.clock import local

MAY_CHANGE = ("manager", "operator")


@require_safe
@guard.staff()
def colleagues(request: HttpRequest) -> HttpResponse:
    """List who works for the body today and what each may do."""
    rows = [
        {
            "person": person,
            "roles": [ROLE_NAMES[role] for role in person.roles],
            "self": person.account_id == request.user.pk,
        }
        for person in queries.staff(request.acting_body.id, _today(request))
    ]
    context = {"heading": "Colleagues", "rows": rows, "may_change": bool(request.roles & set(MAY_CHANGE))}
    return render(request, "bodies/colleagues.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@guard.staff(*MAY_CHANGE)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Ask who is to work for the body, and bring them in."""
    body_id = request.acting_body.id
    form = Colleague(queries.teams(body_id), request.POST or None, initial={"starts": _today(request)})
    if request.method == "POST" and form.is_valid() and _brought_in(request, form):
        messages.success(request, f"{form.cleaned_data['name']} can sign in now. We have written to them how.")
        return redirect("colleagues")
    context = {
        "form": form,
        "heading": "Bring somebody in",
        "back_url": "/staff/colleagues/",
        "button_text": "Bring them in",
    }
    return render(request, "bodies/bring_in.html", context)


def _brought_in(request: HttpRequest, form: Colleague) -> bool:
    """Bring them in; put a refusal beside the question it is about."""
    given = form.cleaned_data
    try:
        actions.bring_in(
            body_id=request.acting_body.id,
            email=given["email"],
            name=given["name"],
            roles=given["roles"],
            team_id=int(given["team"]) if given["team"] else None,
            starts=given["starts"],
            at=request.at,
            by=request.actor,
        )
    except actions.ResidentsAddress as refusal:
        form.add_error("email", refusal.message)
        return False
    except actions.NotOneself as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


@require_POST
@guard.staff(*MAY_CHANGE)
def let_go(request: HttpRequest, staff_id: int) -> HttpResponse:
    """End somebody's appointment from tomorrow."""
    tomorrow = _today(request) + timedelta(days=1)
    actions.let_go(staff_id=staff_id, ends=tomorrow, at=request.at, by=request.actor)
    messages.success(request, "That appointment ends tonight. You can bring them in again at any time.")
    return redirect("colleagues")


@require_http_methods(["GET", "HEAD", "POST"])
@guard.staff(*MAY_CHANGE)
def groups(request: HttpRequest) -> HttpResponse:
    """List what groups of the organisation's sign-in may do here, and say it of one."""
    body_id = request.acting_body.id
    form = SignInGroup(queries.teams(body_id), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.keep_group(
            body_id=body_id, name=given["name"], roles=given["roles"], at=request.at, by=request.actor,
            team_id=int(given["team"]) if given["team"] else None,
        )  # fmt: skip
        messages.success(request, "Kept. It holds from their next sign-in on.")
        return redirect("groups")
    rows = [{"group": row, "roles": [ROLE_NAMES[role] for role in row.roles]} for row in queries.groups(body_id)]
    context = {
        "form": form,
        "rows": rows,
        "heading": "Groups of our sign-in",
        "back_url": "/staff/colleagues/",
        "back_text": "Colleagues",
    }
    return render(request, "bodies/groups.html", context, status=422 if form.errors else 200)


@require_POST
@guard.staff(*MAY_CHANGE)
def drop_group(request: HttpRequest, group_id: int) -> HttpResponse:
    """Let a group say nothing any more."""
    actions.drop_group(group_id=group_id, at=request.at, by=request.actor)
    messages.success(request, "What came of that group ends tonight.")
    return redirect("groups")


def _today(request: HttpRequest):
    return local(request.at).date()
