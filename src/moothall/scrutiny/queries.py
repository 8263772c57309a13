"""Reading what is public."""

import datetime as dt

from moothall.scrutiny.models import Figure
from moothall.scrutiny.rules import Published, Row, are_thin, by_quarter, every_month, publish, quarter_of


def series(*, service_id: str, body_id: int, on: dt.date) -> tuple[list[Published], bool]:
    """Return a year of a body's service up to a day, and whether it is told by quarters because months are thin."""
    quarterly_start = quarter_of(on)
    rows = [Row(f.month, f.kept, f.missed) for f in Figure.objects.filter(service_id=service_id, body_id=body_id)]
    year = every_month(rows, on)
    if not are_thin(year):
        return publish(year), False
    months = 12 + (on.month - quarterly_start.month)
    return publish(by_quarter(every_month(rows, on, months + 1)), quarterly=True), True


def performance(*, on: dt.date) -> list[tuple[int, str]]:
    """Return every (body, service) that decided a promise in the last two years, in order."""
    since = dt.date(on.year - 2, on.month, 1)
    return list(
        Figure.objects.filter(month__gte=since)
        .values_list("body_id", "service_id")
        .distinct()
        .order_by("service_id", "body_id")
    )
