"""When a bin is emptied: by address or street, on a page and for one's own calendar."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.functions.waste import queries

EVERYONE = anyone("when a street's bins are emptied is public")


@require_safe
@EVERYONE
def find(request):
    """Find an address or street."""
    text = request.GET.get("q", "")[:200]
    found = (
        [one for one in bodies.find_places(text, 12) if one.get("uprn") or one.get("usrn")] if text.strip() else None
    )
    return render(request, "waste/find.html", {"q": text, "places": found})


@require_safe
@EVERYONE
def address(request, uprn: str):
    """An address's bin days."""
    return _page(request, bodies.place_of_dwelling(uprn))


@require_safe
@EVERYONE
def street(request, usrn: str):
    """A street's bin days."""
    return _page(request, bodies.place_of_street(usrn))


def _page(request, place):
    usrn, uprn = place["usrn"] or "", place["uprn"] or ""
    rows = queries.calendar(usrn=usrn, uprn=uprn, first=local(request.at).date())
    responsible = bodies.responsible("waste-collection", place)
    body = bodies.body(responsible.body_id) if responsible.body_id else None
    said = {"place": place, "rows": rows, "alerts": queries.alerts(usrn=usrn), "body": body}
    return render(request, "waste/calendar.html", said)


@require_safe
@EVERYONE
def address_ics(request, uprn: str):
    """An address's bin days as iCalendar (RFC 5545), to subscribe to."""
    return _ics(request, bodies.place_of_dwelling(uprn), f"{uprn}")


@require_safe
@EVERYONE
def street_ics(request, usrn: str):
    """A street's bin days as iCalendar (RFC 5545), to subscribe to."""
    return _ics(request, bodies.place_of_street(usrn), f"street-{usrn}")


def _ics(request, place, name):
    first = local(request.at).date()
    sheet = Calendar()
    sheet.add("prodid", "-//Moothall//Bin days//EN")
    sheet.add("version", "2.0")
    sheet.add("x-wr-calname", _("Bins, %(where)s") % {"where": place["label"]})
    for row in queries.calendar(usrn=place["usrn"] or "", uprn=place["uprn"] or "", first=first, days=180):
        entry = Event()
        entry.add("uid", f"{row['day']:%Y%m%d}-{row['stream']}-{name}@bins.moothall")
        entry.add("dtstamp", request.at)
        entry.add("dtstart", row["day"])
        entry.add("dtend", row["day"] + timedelta(days=1))
        entry.add("summary", row["title"])
        entry.add("transp", "TRANSPARENT")
        sheet.add_component(entry)
    return HttpResponse(sheet.to_ical(), content_type="text/calendar; charset=utf-8")
