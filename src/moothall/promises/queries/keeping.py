"""How often services kept their promises, as who counts them tells."""

import datetime as dt
from collections.abc import Iterable

from moothall.core.ports import promises_kept, promises_over_time
from moothall.ui.charts import Chart

Ask = tuple[int, str, dt.date, dt.date]
"""A body, a service, and the time asked about: the first day and the day after the last."""


def kept_of(asks: Iterable[Ask]) -> dict[Ask, tuple[int, int]]:
    """Return {ask: (kept, of how many)}, all asked at once; what is too few to tell is left out."""
    wanted = list(asks)
    return {ask: count for answer in promises_kept for ask, count in answer.give(wanted).items()}


def over_time(body_id: int, service_id: str, day: dt.date) -> list[Chart]:
    """Return the charts of how a service kept its promises in the year up to a day; none for no service."""
    if not service_id:
        return []
    return [chart for answer in promises_over_time for chart in answer.give(body_id, service_id, day)]
