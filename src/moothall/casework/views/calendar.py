"""The promised day as an entry for somebody's own calendar (iCalendar, RFC 5545)."""

import datetime as dt

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from moothall.casework.queries import tracking_address
from moothall.core.clock import local


def calendar_file(case, title: str, *, at: dt.datetime) -> bytes:
    """Return a calendar with one whole-day entry on the day the promise holds to."""
    day = local(case.promise_due).date()
    entry = Event()
    entry.add("uid", f"{case.reference}@moothall")
    entry.add("dtstamp", at.astimezone(dt.UTC))
    entry.add("dtstart", day)
    entry.add("dtend", day + dt.timedelta(days=1))
    entry.add("summary", _("%(title)s: promised by today") % {"title": title})
    said = {"reference": case.reference, "address": tracking_address(case.reference)}
    entry.add("description", _("Reference %(reference)s. See how it is going: %(address)s") % said)
    entry.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", "-//Moothall//casework//EN")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return calendar.to_ical()
