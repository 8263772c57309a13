"""Forget what came in: its words and papers, once they are a case's or were kept long enough."""

import datetime as dt
from uuid import UUID

from moothall.core import audit, files
from moothall.core.actor import Actor
from moothall.core.models import File
from moothall.inbox import queries
from moothall.inbox.models import Arrival
from moothall.inbox.rules.states import KEEP_UNWANTED, kept_until

AT_ONCE = 500
BLANK = {
    "sender": "", "sender_name": "", "subject": "", "text": "", "sender_digest": None, "found": {}, "left_out": [],
    "message_key": "",
}  # fmt: skip


def forget(*, arrivals: list[Arrival], because: str, at: dt.datetime, by: Actor) -> int:
    """Erase the words of what came in, its bytes, and the papers that are no case's; the rows stay. Return how many."""
    for arrival in arrivals:
        papers = File.objects.filter(pk__in=[*arrival.files, arrival.raw_id], case_id=None)
        gone = list(papers.values_list("pk", flat=True))
        files.erase(file_ids=gone, because=because, at=at, by=by)
        for name, value in BLANK.items():
            setattr(arrival, name, value)
        arrival.erased_at = at
        arrival.save(update_fields=[*BLANK, "erased_at"])
        said = {"because": because}
        audit.record(
            action="arrival.erased", object=f"arrival:{arrival.pk}", body_id=arrival.body_id, data=said, at=at, by=by
        )
    return len(arrivals)


def erase_person(*, person_ids: list[UUID], body_id: int, at: dt.datetime, by: Actor) -> int:
    """Erase what a person wrote to a body that was dealt with; what waits is still needed."""
    theirs = queries.written_by(person_ids).filter(body_id=body_id, state="done", erased_at=None)
    return forget(arrivals=list(theirs), because="asked for", at=at, by=by)


def keep_no_longer(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Erase what was kept as long as `rules.states` says, some hundreds at a time."""
    rows = Arrival.objects.filter(body_id=body_id, erased_at=None, at__lt=at - KEEP_UNWANTED).order_by("at")
    over = [row for row in rows[: 10 * AT_ONCE] if kept_until(row.state, row.outcome, row.at, row.ended_at) < at]
    return forget(arrivals=over[:AT_ONCE], because="kept long enough", at=at, by=by)


def forget_body(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Erase what was written to a body that has left, some hundreds at a time."""
    rows = Arrival.objects.filter(body_id=body_id, erased_at=None).order_by("at")
    return forget(arrivals=list(rows[:AT_ONCE]), because="its body has left", at=at, by=by)
