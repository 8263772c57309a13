"""Erase, in time, what a body that has left took along: a copy here serves nobody any more.

Source: UK GDPR article 28(3)(g): at the end of the service a processor deletes or returns all personal data, and
deletes the copies it has. What was returned is the last archive; the days give time to see that it arrived whole.
"""

import datetime as dt
from collections import Counter
from pathlib import Path

from django.conf import settings

from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.ports import forget_body
from moothall.leaving import queries
from moothall.leaving.models import Archive

ROWS_KEPT = dt.timedelta(days=90)
"""After the day: as long as those who settle the last statements have access."""
ARCHIVES_KEPT = dt.timedelta(days=366)
"""After the day: a year in which the last archive can be downloaded again."""


def erase_returned(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase the personal data of a body that left, and later its archives' files; return how many rows of each table.

    Nothing is erased before its last archive was made. What others share with it stays theirs: statements, journals and
    the sealed trail, which hold no personal data of its residents.
    """
    found = next((one for one in queries.gone() if body_id in bodies.lineage(one.body_id)), None)
    if found is None or at < found.gone_at + ROWS_KEPT:
        return {}
    archives = Archive.objects.filter(body_id=found.body_id)
    if found.body_id == body_id and not archives.filter(final=True).exists():
        return {}
    counts: Counter = Counter()
    for answer in forget_body:
        counts.update(answer.give(body_id, at=at, by=by))
    if at >= found.gone_at + ARCHIVES_KEPT:
        counts["leaving_archive"] = sum(_thrown_away(row, at, by) for row in archives)
    return {table: number for table, number in counts.items() if number}


def _thrown_away(row: Archive, at: dt.datetime, by: Actor) -> bool:
    packed = Path(settings.MOOTHALL_DATA) / "archives" / f"{row.name}.zip"
    if not packed.exists():
        return False
    audit.record(action="archive.thrown-away", object=f"archive:{row.pk}", body_id=row.body_id, at=at, by=by,
                 data={"name": row.name})  # fmt: skip
    packed.unlink()
    return True
