"""The day: what residents will be told, carried out, and begun again where it stopped."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from moothall.core import operations
from moothall.leaving import actions, queries
from moothall.leaving.actions import carrying, packing
from moothall.leaving.views.who import arrangers, deciders, readers


@require_safe
@readers
def letters(request: HttpRequest) -> HttpResponse:
    """Show what residents with an open request will be told, in both languages, before anything is sent."""
    found = queries.the_departure(request.acting_body.id)
    said = {"one": found, "rows": queries.previews(found), "back_url": reverse("leaving:leaving"),
            "back_text": "Leaving"}  # fmt: skip
    return render(request, "leaving/letters.html", said)


@require_POST
@deciders
def carry_out(request: HttpRequest) -> HttpResponse:
    """Begin to carry it out, on the day or later."""
    actions.carry_out(body_id=request.acting_body.id, at=request.at, by=request.actor)
    messages.success(request, "It is being carried out.")
    return redirect("leaving:leaving")


@require_POST
@arrangers
def again(request: HttpRequest) -> HttpResponse:
    """Begin again what stopped, where it stopped."""
    for kind in (carrying.KIND, packing.KIND):
        for one in operations.of(request.acting_body.id, kind)[:1]:
            if one.state == "failed":
                operations.again(one.id, at=request.at, by=request.actor)
    messages.success(request, "It goes on where it stopped.")
    return redirect("leaving:leaving")
