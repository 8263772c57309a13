"""Receiving people: giving them numbers, calling the next to a counter."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from moothall.bodies import queries as bodies
from moothall.core.guard import staff
from moothall.desk import actions, queries
from moothall.desk.forms import CounterForm
from moothall.desk.views import in_hand
from moothall.desk.views.counter import ADVISERS


@staff(*ADVISERS)
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """List the body's own places at which one draws a number."""
    own = [point for point in queries.points(body_id=request.acting_body.id) if point.tickets]
    lines = [(point, queries.queue_of(point, request.at)) for point in own]
    return render(request, "desk/visits.html", {"lines": lines})


@staff(*ADVISERS)
@require_GET
def receive(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Show who waits at a place and who is called, with a button for the next number and one for the next person."""
    point = queries.own_point(request.acting_body.id, point_id)
    counter = request.session.get("counter", "")
    queue = queries.queue_of(point, request.at)
    words = {
        "point": point,
        "queue": queue,
        "mine": next((ticket for ticket in queue.called if counter and ticket.counter == counter), None),
        "form": CounterForm(initial={"counter": counter or "1"}),
        "wall": [bodies.body(point.body_id).slug, point.slug],
    }
    return render(request, "desk/receive.html", words)


@staff(*ADVISERS)
@require_POST
def give(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Give somebody who comes in the next number."""
    ticket = actions.take_ticket(body_id=request.acting_body.id, point_id=point_id, at=request.at, by=request.actor)
    notices.success(request, f"Their number is {ticket.number}.")
    return redirect("desk:receive", point_id=point_id)


@staff(*ADVISERS)
@require_POST
def call_next(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Call the next to the adviser's counter; their contact begins."""
    form = CounterForm(request.POST)
    counter = form.cleaned_data["counter"] if form.is_valid() else "1"
    ticket = actions.call_next(
        body_id=request.acting_body.id, point_id=point_id, counter=counter, at=request.at, by=request.actor
    )
    request.session["counter"], request.session["came_by"] = counter, "visit"
    request.session.pop("contact", None)
    in_hand.begin(request)
    notices.success(request, f"Called: number {ticket.number} to counter {counter}.")
    return redirect("desk:receive", point_id=point_id)


@staff(*ADVISERS)
@require_POST
def end(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Say that whoever was called has been served, or did not come."""
    came = request.POST.get("came") == "yes"
    ticket = actions.end_ticket(ticket_id=ticket_id, came=came, at=request.at, by=request.actor)
    if not came:
        request.session.pop("contact", None)  # nobody was in touch
    notices.success(request, f"Number {ticket.number}: {'served' if came else 'did not come'}.")
    return redirect("desk:receive", point_id=ticket.point_id)
