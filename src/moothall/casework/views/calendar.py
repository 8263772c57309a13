"""The promised day as an entry for somebody's own calendar (iCalendar, RFC 5545)."""

import datetime as dt

from django.utils.translation import gettext as _

from moothall.casework.queries import tracking_address
from moothall.core.clock import local

LONGEST = 75


def calendar_file(case, title: str, *, at: dt.datetime) -> str:
    """Return a calendar with one whole-day entry on the day the promise holds to."""
    day = local(case.promise_due).date()
    summary = _("%(title)s: promised by today") % {"title": title}
    said = _("Reference %(reference)s. See how it is going: %(address)s") % {
        "reference": case.reference,
        "address": tracking_address(case.reference),
    }
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Moothall//casework//EN",
        "BEGIN:VEVENT",
        f"UID:{case.reference}@moothall",
        f"DTSTAMP:{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(said)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(_folded(line) for line in lines) + "\r\n"


def _escaped(text: str) -> str:
    """Escape what has a meaning in iCalendar text (RFC 5545 section 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line at 75 octets, never inside a character (RFC 5545 section 3.1)."""
    parts, current = [], ""
    for char in line:
        if len((current + char).encode()) > (LONGEST if not parts else LONGEST - 1):
            parts.append(current)
            current = ""
        current += char
    return "\r\n ".join([*parts, current])
