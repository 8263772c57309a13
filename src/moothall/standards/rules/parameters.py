"""
What an Open311 caller asks for: moments with their zone, spans of at most 90 days, lists between commas.

Source: Open311 GeoReport v2, GET Service Requests and Date/time format (https://wiki.open311.org/GeoReport_v2).
"""

import datetime as dt
import re
from collections.abc import Mapping
from uuid import UUID

LONGEST = dt.timedelta(days=90)
MOST = 1000
ATTRIBUTE = re.compile(r"attribute\[([A-Za-z0-9_.-]{1,60})\](?:\[\d*\])?")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Unclear(ValueError):
    """A parameter that cannot be understood; the text says what to send."""


def clean(value: str | None) -> str:
    """Return a parameter without surrounding space and without characters that nobody types."""
    return CONTROL.sub("", value or "").strip()


def moment(value: str, name: str) -> dt.datetime:
    """Return a moment written as 2026-03-31T09:00:00Z or with an offset; raises Unclear.

    >>> moment("2026-03-31T09:00:00+01:00", "start_date").astimezone(dt.UTC).hour
    8
    """
    try:
        found = dt.datetime.fromisoformat(value.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Unclear(f"{name} must be a moment with its zone, such as 2026-03-31T09:00:00Z.")
    try:
        return found.astimezone(dt.UTC)
    except OverflowError:
        raise Unclear(f"{name} is too far away. Send a moment such as 2026-03-31T09:00:00Z.") from None


def span(start: str, end: str, at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Return from when to when: the last 90 days unless said otherwise, and never more; raises Unclear."""
    first = moment(start, "start_date") if start else None
    last = moment(end, "end_date") if end else None
    try:
        if first is None:
            last = last or at
            first = last - LONGEST
        last = last or min(at, first + LONGEST)
    except OverflowError:
        raise Unclear("Those dates are too far away. Send moments such as 2026-03-31T09:00:00Z.") from None
    if last - first > LONGEST:
        raise Unclear("start_date and end_date may be at most 90 days apart. Ask again for each 90 days.")
    return first, last


def several(value: str) -> list[str] | None:
    """Return what stands between commas; None where nothing was said."""
    return [one.strip() for one in value.split(",") if one.strip()][:MOST] or None


def ids(value: str) -> list[UUID] | None:
    """Return the request ids between commas, leaving out what is none; None where nothing was said."""
    said = several(value)
    return None if said is None else [found for one in said if (found := number(one))]


def number(value: str) -> UUID | None:
    """Return a request's id, or None for what is none."""
    try:
        return UUID(value)
    except ValueError:
        return None


def opened(value: str) -> bool | None:
    """Return whether only open (True) or only closed (False) requests are asked for; None for both. Raises Unclear."""
    said = set(several(value) or ())
    if said - {"open", "closed"}:
        raise Unclear("status must be open, closed, or both with a comma between them.")
    return None if len(said) != 1 else said == {"open"}


def attributes(sent: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the values by code of what was sent as attribute[CODE]=value or attribute[CODE][]=value."""
    found: dict[str, list[str]] = {}
    for name, values in sent.items():
        if match := ATTRIBUTE.fullmatch(name):
            found.setdefault(match[1], []).extend(clean(value) for value in values)
    return found


def point(lat: str, long: str) -> tuple[float, float] | None:
    """Return latitude and longitude (WGS84), or None where neither was said. Raises Unclear."""
    if not lat and not long:
        return None
    try:
        found = float(lat), float(long)
    except ValueError:
        raise Unclear("lat and long must both be numbers of degrees, such as 52.4474 and -2.0972.") from None
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        raise Unclear("lat must lie between -90 and 90 degrees, long between -180 and 180.")
    return found
