"""The supervisor's pages: today's rounds, what became of them, incidents."""

import datetime as dt

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.functions.waste import actions, queries
from moothall.functions.waste.forms import IncompleteForm, NoteForm

waste_staff = staff("officer", "manager", "crew")
supervisors = staff("officer", "manager")


@require_safe
@waste_staff
def rounds(request):
    """The rounds of a day, with what is known of each."""
    today = local(request.at).date()
    day = _day(request.GET.get("day", "")) or today
    said = {
        "rows": queries.today(body_ids=request.scope.bodies, on=day), "day": day, "today": today,
        "before": day - dt.timedelta(days=1), "after": day + dt.timedelta(days=1),
        "incidents": queries.incidents(body_ids=request.scope.bodies),
    }  # fmt: skip
    return render(request, "waste/rounds.html", said)


@require_POST
@waste_staff
def collected(request, round_id: int, day: str):
    """Say that a round's day is done."""
    row = queries.round_(round_id, body_ids=request.scope.bodies)
    actions.close_round(round_=row, day=_day_or_404(day), at=request.at, by=request.actor)
    return redirect(f"/waste/?day={day}")


@require_http_methods(["GET", "POST"])
@supervisors
def incomplete(request, round_id: int, day: str):
    """Say which streets of a round were not reached: they see it before they ask."""
    row, on = queries.round_(round_id, body_ids=request.scope.bodies), _day_or_404(day)
    form = IncompleteForm(request.POST or None, stops=queries.stops(row.pk), day=on)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.mark_incomplete(
            round_=row, day=on, usrns=said["usrns"], reason=said["reason"], return_on=said["return_on"], at=request.at,
            by=request.actor,
        )  # fmt: skip
        return redirect(f"/waste/?day={day}")
    return render(request, "waste/incomplete.html", {"form": form, "round": row, "day": on})


@require_http_methods(["GET", "POST"])
@waste_staff
def note(request, round_id: int, day: str):
    """Write down what was seen at an address that was not emptied."""
    row, on = queries.round_(round_id, body_ids=request.scope.bodies), _day_or_404(day)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        home = next((one for one in bodies.find_places(said["address"], 1) if one.get("uprn")), None)
        if home:
            actions.note_address(
                note_id=said["number"], round_=row, day=on, uprn=home["uprn"], code=said["code"], at=request.at,
                by=request.actor,
            )  # fmt: skip
            return redirect(f"/waste/?day={day}")
        form.add_error("address", "We do not know that address. Write its number and street.")
    return render(request, "waste/note.html", {"form": form, "round": row, "day": on})


def _day(text):
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _day_or_404(text):
    day = _day(text)
    if day is None:
        raise Http404
    return day
