"""A body's contacts of the last twelve whole months, as far as they may be published."""

import datetime as dt
from dataclasses import dataclass

from moothall.bodies import queries as bodies
from moothall.desk import queries as desk
from moothall.scrutiny.models import ContactFigure
from moothall.scrutiny.rules.contacts import (
    ByChannel,
    ByService,
    Count,
    by_channel,
    by_month,
    by_service,
    self_served,
    served,
    share,
    spared,
)
from moothall.scrutiny.rules.figures import FEWEST, MONTHS, add_months, month_of


@dataclass(frozen=True)
class Contacts:
    """A year of contacts; `total` None is too few to publish. Shares are of a hundred, `costs` the latest."""

    months: list[dt.date]
    total: int | None
    self_share: int
    avoidable_share: int | None
    channels: list[ByChannel]
    by_month: list[list[int | None]]
    #: For each month how many served themselves, and how many did not.
    served: list[list[int | None]]
    services: list[ByService]
    costs: dict[str, object]


def contacts(*, body_id: int, on: dt.date) -> Contacts:
    """Return the year of whole months before a day, of a body and of those whose place it took."""
    last = add_months(month_of(on), -1)
    months = [add_months(last, n - MONTHS + 1) for n in range(MONTHS)]
    rows = ContactFigure.objects.filter(body_id__in=bodies.lineage(body_id), month__in=months)
    counts = [
        Count(r.month, r.channel, r.service_id, r.contacts, r.timed, r.seconds, r.avoidable, r.repeat) for r in rows
    ]
    own, total = self_served(counts)
    if total < 2 * FEWEST:
        return Contacts(months, None, 0, None, [], [], [], [], {})
    known = desk.unit_costs(body_id)
    prices = {
        (channel, month): cost.pence
        for channel in {one.channel for one in counts}
        for month in months
        if (cost := desk.unit_cost_in(known, channel, month))
    }
    wasted = spared(counts)
    tellable = not (0 < wasted < FEWEST or 0 < total - wasted < FEWEST)
    return Contacts(
        months, total, share(own, total), share(wasted, total) if tellable else None, by_channel(counts, prices),
        by_month(counts, months), served(counts, months), by_service(counts),
        {channel: desk.unit_cost_in(known, channel, last) for channel in {one.channel for one in counts}},
    )  # fmt: skip


def contact_bodies(on: dt.date) -> list[int]:
    """Return the bodies that had contacts in the last twelve whole months."""
    since = add_months(month_of(on), -MONTHS)
    found = ContactFigure.objects.filter(month__gte=since, month__lt=month_of(on))
    return sorted(found.values_list("body_id", flat=True).distinct())
