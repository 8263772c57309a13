"""Reading what is public."""

import datetime as dt

from moothall.scrutiny.models import Figure
from moothall.scrutiny.rules import Published, Row, are_thin, by_quarter, every_month, publish, quarter_of


def series(*, service_id: str, body_id: int, on: dt.date) -> tuple[list[Published], bool]:
    """Return a year of a body's service up to a day, and whether it is told by quarters because months are thin."""
    rows = [Row(f.month, f.kept, f.missed) for f in Figure.objects.filter(service_id=service_id, body_id=body_id)]
    return told(rows, on)


def board(*, on: dt.date) -> dict[tuple[str, int], tuple[list[Published], bool]]:
    """Return the year of every service and body, as `series` gives it, by (service, body). One statement."""
    counts: dict[tuple[str, int], list[Row]] = {}
    for figure in Figure.objects.filter(month__gte=dt.date(on.year - 2, on.month, 1)).order_by("service_id", "body_id"):
        row = Row(figure.month, figure.kept, figure.missed)
        counts.setdefault((figure.service_id, figure.body_id), []).append(row)
    return {key: told(rows, on) for key, rows in counts.items()}


def told(rows: list[Row], on: dt.date) -> tuple[list[Published], bool]:
    """Return what may be published of monthly counts for the year up to a day, and whether it is by quarters."""
    quarterly_start = quarter_of(on)
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
