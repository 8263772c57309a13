"""Which streets a round serves, when it calls, and which days are moved."""

import datetime as dt
from collections.abc import Sequence

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.functions.waste.models import STREAMS, Round, Shift, Stop


class RoundUnsound(Refusal):
    """That round cannot be planned. Give it a known kind of bin and a weekday."""

    status = 422


def plan_round(
    *, body_id: int, code: str, name: str, stream: str, weekday: int, weeks: int, starts: dt.date,
    streets: Sequence[tuple[str, str]], at: dt.datetime, by: Actor,
) -> Round:  # fmt: skip
    """Plan a round: `streets` are (number, name) in the order they are served, `weekday` 0 for Monday.

    The same code again adds streets and changes nothing else. Raises RoundUnsound.
    """
    if stream not in STREAMS or weekday not in range(7) or weeks not in range(1, 9):
        raise RoundUnsound()
    said = {"name": name, "stream": stream, "weekday": weekday, "weeks": weeks, "starts": starts}
    row, made = Round.objects.get_or_create(body_id=body_id, code=code, defaults=said)
    known = set(row.stops.values_list("usrn", flat=True))
    Stop.objects.bulk_create(
        Stop(body_id=body_id, round=row, usrn=usrn, street=street, position=position)
        for position, (usrn, street) in enumerate(streets)
        if usrn not in known
    )
    if made:
        audit.record(action="waste.round_planned", object=f"round:{row.pk}", body_id=body_id, at=at, by=by)
    return row


def shift_day(
    *, body_id: int, day: dt.date, moved_to: dt.date | None = None, source: str, at: dt.datetime, by: Actor
) -> Shift:
    """Say that no crew works on a day (later collections of that week move by one), or move one day by hand."""
    row, _ = Shift.objects.update_or_create(body_id=body_id, day=day, defaults={"moved_to": moved_to, "source": source})
    audit.record(action="waste.day_shifted", object=f"shift:{row.pk}", body_id=body_id, at=at, by=by)
    return row
