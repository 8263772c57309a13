"""What is personal in the returns is erased in its time."""

import datetime as dt
from uuid import UUID

from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.functions.returns.models import Change, Entry

#: Years after an entry ended; the partnership's own choice.
KEEP_YEARS = 6


def erase_cases(*, case_ids: list[UUID], body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase addresses and reasons from the ended entries of these cases at one body; return how many."""
    return _erase(Entry.objects.filter(body_id=body_id, case_id__in=case_ids, ended_on__isnull=False))


def keep_no_longer(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase addresses and reasons from entries that ended more than six years ago; return how many."""
    before = local(at).date() - dt.timedelta(days=366 * KEEP_YEARS)
    return _erase(Entry.objects.filter(body_id=body_id, ended_on__lt=before).exclude(label=""))


def forget_body(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase every address of a body that has left and took them along; return how many."""
    day = local(at).date()
    rows = Entry.objects.filter(body_id=body_id).exclude(label="")
    rows.filter(ended_on=None).update(ended_on=day)
    return _erase(rows)


def _erase(rows) -> dict[str, int]:
    of_them = Change.objects.filter(entry__in=rows).exclude(was="", became="", why="")
    changes = of_them.update(was="", became="", why="")
    return {"returns_entry": rows.update(uprn="", label="", why=""), "returns_change": changes}
