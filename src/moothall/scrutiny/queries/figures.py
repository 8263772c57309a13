"""Reading figures of promises: a service's year, every service's, and how often promises of some time were kept."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Sum

from moothall.bodies import queries as bodies
from moothall.scrutiny.models import Figure
from moothall.scrutiny.rules.figures import Published, are_thin, by_quarter, every_month, publish, quarter_of
from moothall.scrutiny.rules.figures import Row as Count


def series(*, service_id: str, body_id: int, on: dt.date) -> tuple[list[Published], bool]:
    """Return a year of a body's service up to a day, and whether it is told by quarters because months are thin."""
    return told([_count(row) for row in Figure.objects.filter(service_id=service_id, body_id=body_id)], on)


def board(*, on: dt.date) -> dict[tuple[str, int], tuple[list[Published], bool]]:
    """Return the year of every service and body, as `series` gives it, by (service, body). One statement."""
    counts: dict[tuple[str, int], list[Count]] = {}
    for figure in Figure.objects.filter(month__gte=dt.date(on.year - 2, on.month, 1)).order_by("service_id", "body_id"):
        counts.setdefault((figure.service_id, figure.body_id), []).append(_count(figure))
    return {key: told(rows, on) for key, rows in counts.items()}


def told(rows: list[Count], on: dt.date) -> tuple[list[Published], bool]:
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


Ask = tuple[int | tuple[int, ...], str, dt.date, dt.date]
"""A body (or several together), a service, and the time: the first day and the day after the last."""


def kept(asks: Iterable[Ask]) -> dict[Ask, tuple[int, int]]:
    """Return (kept, of how many) for each ask: of the months from that of its first day that began before its last.

    A body's are also those of the bodies whose place it took. Too few to publish are left out. One statement.
    """
    wanted = {ask: _family(ask[0]) for ask in asks}
    if not wanted:
        return {}
    rows = Figure.objects.filter(
        body_id__in=set().union(*wanted.values()), service_id__in={service for _, service, _, _ in wanted},
        month__gte=min(first for _, _, first, _ in wanted).replace(day=1), month__lt=max(last for *_, last in wanted),
    )  # fmt: skip
    by_service: dict[str, list[Figure]] = {}
    for row in rows:
        by_service.setdefault(row.service_id, []).append(row)
    found = {}
    for ask, whose in wanted.items():
        _, service, first, last = ask
        mine = [
            row for row in by_service.get(service, ())
            if row.body_id in whose and first.replace(day=1) <= row.month < last
        ]  # fmt: skip
        (told,) = publish([Count(first, sum(row.kept for row in mine), sum(row.missed for row in mine))])
        if told.total and told.kept is not None:
            found[ask] = (told.kept, told.total)
    return found


def _family(whose: int | tuple[int, ...]) -> set[int]:
    asked = whose if isinstance(whose, tuple) else (whose,)
    return {one for body in asked for one in bodies.lineage(body)}


def _count(row: Figure) -> Count:
    return Count(row.month, row.kept, row.missed, row.ended, row.days_promised, row.days_taken)


def most_asked(*, on: dt.date, body_id: int | None = None) -> list[str]:
    """Return the services by how many of their promises were decided in three months, most first: of one body, or all.

    That is the nearest public count of what people ask for; a service that nobody asked for is not there.
    """
    since = dt.date(on.year - (on.month < 4), (on.month - 4) % 12 + 1, 1)
    figures = Figure.objects.filter(month__gte=since)
    if body_id is not None:
        figures = figures.filter(body_id=body_id)
    counted = figures.values("service_id").annotate(n=Sum("kept") + Sum("missed")).order_by("-n", "service_id")
    return list(counted.values_list("service_id", flat=True))
