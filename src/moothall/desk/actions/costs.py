"""What one contact costs, by channel: dated figures of a body's own, each with its source."""

import datetime as dt

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.desk.models import UnitCost


class NoSource(Refusal):
    """Say where the figure is from, so that others can check it: a study, a year's accounts, or your own estimate."""

    status = 422


def set_unit_cost(
    *, body_id: int, channel: str, pence: int, starts: dt.date, source: str, at: dt.datetime, by: Actor
) -> None:
    """Say what one contact by a channel costs a body from a day on, in pence; a figure for the same day is replaced.

    Refuses NoSource.
    """
    if not source.strip():
        raise NoSource(field="source")
    said = {"pence": pence, "source": source.strip(), "set_at": at}
    UnitCost.objects.update_or_create(body_id=body_id, channel=channel, starts=starts, defaults=said)
    data = {"channel": channel, "pence": pence, "starts": starts}
    audit.record(action="contact.priced", object=f"body:{body_id}", body_id=body_id, at=at, by=by, data=data)
