"""Pages of those who keep a body's diaries: which days are open, how full they are, and opening more."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from moothall.booking import actions, queries
from moothall.booking.forms import DiaryForm, OpenDaysForm, SlotForm
from moothall.core import audit
from moothall.core.guard import staff
from moothall.core.ports import needs_of_cases
from moothall.core.workdays import england

KEEPERS = ("officer", "manager")
WEEKS = 8


@require_safe
@staff(*KEEPERS)
def diaries(request: HttpRequest) -> HttpResponse:
    """List the diaries of the body one acts for, each with the next free day."""
    rows = [
        {"diary": diary, "next": next(iter(queries.free(diary.body_id, diary.kind, at=request.at, limit=1)), None)}
        for diary in queries.diaries(request.actor.body_id)
    ]
    return render(request, "booking/diaries.html", {"heading": "Diaries", "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*KEEPERS)
def diary(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the slots of the next weeks; on POST open more days by a weekly pattern, bank holidays left out."""
    body_id = request.actor.body_id
    about = queries.diary(body_id, kind)
    if about is None:
        raise Http404
    form = OpenDaysForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        pattern = form.cleaned_data | {"weekdays": tuple(form.cleaned_data["weekdays"])}
        closed = england().holidays
        actions.open_weekly(body_id=body_id, kind=kind, closed=closed, at=request.at, by=request.actor, **pattern)
        actions.offer(body_id=body_id, kind=kind, at=request.at, by=request.actor)
        return redirect("booking:diary", kind=kind)
    until = request.at + dt.timedelta(weeks=WEEKS)
    slots = queries.slots(body_id, kind, since=request.at, until=until)
    left = sum(slot.capacity - slot.taken for slot in slots if not slot.closed)
    context = {"heading": about.name, "about": about, "kind": kind, "slots": slots, "left": left, "weeks": WEEKS}
    context["line"] = queries.line(body_id, kind)
    return render(request, "booking/diary.html", context | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*KEEPERS)
def times(request: HttpRequest, kind: str) -> HttpResponse:
    """Change how long a day is kept, until when it can be booked, and how early people are reminded."""
    found = next((diary for diary in queries.diaries(request.actor.body_id) if diary.kind == kind), None)
    if found is None:
        raise Http404
    initial = {name: getattr(found, name) for name in DiaryForm.base_fields}
    form = DiaryForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = {"body_id": found.body_id, "kind": kind, "name": found.name, "at": request.at, "by": request.actor}
        actions.keep_diary(**told, **form.cleaned_data)
        return redirect("booking:diary", kind=kind)
    return render(request, "booking/times.html", {"heading": f"Times of {found.name}", "kind": kind, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*KEEPERS)
def slot(request: HttpRequest, slot_id: int) -> HttpResponse:
    """Show one slot and who has its places, by case; change how much fits, or close it to new bookings."""
    found = queries.slot(slot_id)
    if found is None:
        raise Http404
    initial = {"capacity": found.capacity, "closed": "yes" if found.closed else ""}
    form = SlotForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_slot(slot_id=slot_id, **form.cleaned_data, at=request.at, by=request.actor)
        except actions.BookedAlready as refusal:
            form.add_error("capacity", refusal.message)
        else:
            actions.offer(body_id=found.body_id, kind=found.kind, at=request.at, by=request.actor)
            return redirect("booking:diary", kind=found.kind)
    bookings = queries.day_sheet(slot_id)
    needs = {}
    for answer in needs_of_cases if bookings else ():
        needs |= answer.give([booking.case_id for booking in bookings])
    rows = [{"booking": booking, "needs": needs.get(booking.case_id, [])} for booking in bookings]
    if needs:
        what = "needs of those who booked"
        audit.read(object=f"slot:{slot_id}", body_id=found.body_id, at=request.at, by=request.actor, what=what)
    context = {"slot": found, "rows": rows, "form": form}
    return render(request, "booking/slot.html", context)
