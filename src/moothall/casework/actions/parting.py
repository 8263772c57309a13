"""A body leaves: what it answers for is seen by it alone, and what it did for others by them alone."""

import datetime as dt

from django.db.models import F, Func, Value

from moothall.casework.models import Case, Task
from moothall.casework.models.work import NO_DUE
from moothall.core import audit, files
from moothall.core.actor import Actor

BLANK = {"place_label": "", "ward": "", "easting": None, "northing": None, "detail": {}, "search": None}


def part_ways(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Let nobody else see a body's cases and their files any more, nor the body others'; return how many cases.

    The scope holds every body with which it saw any. What was done stays in the history of each case; an ended task
    that a body keeps of another's case no longer says where that was.
    """
    Task.objects.filter(case__body_id=body_id).exclude(body_id=body_id).update(**BLANK, due_at=NO_DUE)
    Task.objects.filter(body_id=body_id).exclude(case__body_id=body_id).update(**BLANK, due_at=NO_DUE)
    less = Func(
        F("seen_by"), Value(body_id), function="array_remove", template="%(function)s(%(expressions)s::smallint)"
    )
    own = Case.objects.filter(body_id=body_id).exclude(seen_by=[body_id]).update(seen_by=[body_id])
    others = Case.objects.filter(seen_by__contains=[body_id]).exclude(body_id=body_id).update(seen_by=less)
    shared = files.part_ways(body_id=body_id, at=at, by=by)
    audit.record(action="cases.parted", object=f"body:{body_id}", body_id=body_id, at=at, by=by,
                 data={"own": own, "others": others, "files": shared})  # fmt: skip
    return own + others
