"""How a promise's clock stands still while we wait for somebody else, and whether the promise was kept.

A time allowed is a mapping with one of `working_days`, `days`, `months` or `hours`. Days run to the end of the day in
London. When a promise first becomes due is the definition's to say (`catalogue`).
"""

import datetime as dt

from moothall.core.clock import end_of, local
from moothall.core.workdays import Calendar


def resumed_due(
    due_at: dt.datetime, paused_at: dt.datetime, at: dt.datetime, within: dict[str, int] | None, calendar: Calendar
) -> dt.datetime:
    """Return the new due moment after a pause: what was left when the clock stopped is left when it starts again.

    A promise already missed when the clock stopped stays missed. Pausing and resuming within a day changes nothing,
    except for promises in hours, which run by the clock. One that is bound to a day (`by`) stays with that day.
    """
    units = set(within or {})
    if paused_at >= due_at or "by" in units:
        return due_at
    if not units or "hours" in units:
        return due_at + (at - paused_at)
    stopped, started, last = local(paused_at).date(), local(at).date(), local(due_at).date()
    if started <= stopped:
        return due_at
    if "working_days" in units:
        left = calendar.working_days_between(stopped, last)
        return end_of(calendar.add_working_days(started, left))
    return end_of(started + (last - stopped))


def kept(due_at: dt.datetime | None, closed_at: dt.datetime) -> bool | None:
    """Return whether the promise was kept; None where none was made. The due second itself still counts."""
    return None if due_at is None else closed_at <= due_at


def late(due_at: dt.datetime | None, paused_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Return whether a promise is overdue now. A paused clock is never late unless it was before it stopped."""
    return due_at is not None and due_at < (paused_at or at)
