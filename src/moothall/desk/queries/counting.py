"""Counting contacts by month, channel and service: never by who took them."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Counted:
    """How many contacts there were in a month by one channel about one service ("" for none), of what kind.

    `timed` are those of which is known how long they took, `seconds` all of these together.
    """

    month: dt.date
    channel: str
    service_id: str
    contacts: int
    timed: int
    seconds: int
    avoidable: int
    repeat: int


COUNT = """
select date_trunc('month', at at time zone 'Europe/London')::date as month, channel, service_id, count(*),
  count(*) filter (where ended_at > at and channel in ('phone', 'visit')),
  coalesce(sum(extract(epoch from ended_at - at)) filter (where channel in ('phone', 'visit')), 0)::bigint,
  count(*) filter (where avoidable <> ''), count(*) filter (where repeat)
from desk_contact
where body_id = %s and at >= %s::timestamp at time zone 'Europe/London'
group by 1, 2, 3 order by 1, 2, 3"""


def counted(body_id: int, since: dt.date) -> list[Counted]:
    """Return a body's contacts from a day on (the first of a month), counted. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [body_id, since])
        return [Counted(*row) for row in cursor.fetchall()]
