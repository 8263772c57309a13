"""Cases that a provider finished for another body: what a recharge is made of."""

import datetime as dt
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from moothall.core.clock import LONDON

NO_WORK = ("casework.explain", "casework.wait")
"""Steps that only tell the resident something, or wait."""
FINISHED = """
select c.id, c.reference, c.service_id, (c.closed_at at time zone 'Europe/London')::date, {units}
  from casework_case c
 where c.body_id = %(body)s and c.provider_id = %(provider)s and c.service_id = %(service)s and c.state = 'closed'
   and c.closed_at >= %(since)s and c.closed_at < %(until)s
   and exists (select 1 from casework_step w where w.case_id = c.id and w.state = 'done' and w.body_id = %(provider)s
               and w.performs <> all(%(no_work)s))
 order by c.closed_at, c.id"""
PUT_OUT = """
coalesce((select sum(case jsonb_typeof(u.outputs -> %(unit)s) when 'number' then
                       case when (u.outputs -> %(unit)s)::numeric > 0 and (u.outputs -> %(unit)s)::numeric %% 1 = 0
                            then (u.outputs -> %(unit)s)::numeric end end)::int
            from casework_step u where u.case_id = c.id and u.state = 'done' and u.outputs ? %(unit)s), 1)"""
"""What the steps put out under a name as whole numbers above nothing, added up; 1 where they put out none."""


class Done(NamedTuple):
    """A case that a provider finished for the body whose service it is; `units` is what it counted."""

    case_id: UUID
    reference: str
    service_id: str
    day: dt.date
    units: int


def done_for(
    provider_id: int, body_id: int, service_id: str, first: dt.date, last: dt.date, *, unit: str = ""
) -> list[Done]:
    """Return a body's cases of a service that a provider finished from `first` to `last` inclusive, oldest first.

    A case counts on the day it was closed (in London) if the provider did at least one step of it; one that was
    cancelled, or that ended before any work, does not. It counts the number that its steps put out under the name
    `unit`, added up, and one where they put out none. One statement, however many: a statement has a million lines.
    """
    since, until = (dt.datetime.combine(day, dt.time(), LONDON) for day in (first, last + dt.timedelta(days=1)))
    said = {
        "body": body_id, "provider": provider_id, "service": service_id, "since": since, "until": until,
        "no_work": list(NO_WORK), "unit": unit,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(FINISHED.format(units=PUT_OUT if unit else "1"), said)
        return list(map(Done._make, cursor))
