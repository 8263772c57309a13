"""The cases that a helper may follow, as far as what the person said goes; the database has the last word."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from moothall.core.reference import check_reference


@dataclass(frozen=True)
class Helped:
    """A case of somebody who is helped, as a line of a list, and under which mandate it is seen."""

    pk: UUID
    acts_for_id: UUID
    reference: str
    service_id: str
    version_id: UUID
    state: str
    outcome: str
    place_label: str
    opened_at: dt.datetime
    closed_at: dt.datetime | None
    promise_due: dt.datetime | None
    paused_at: dt.datetime | None
    uprn: str


def helped_cases(acts_for_id: UUID, on: dt.date) -> list[Helped]:
    """Return the cases that a mandate of the scope's person covers on a day, newest first, at most 200."""
    return _helped(acts_for_id, "", on)


def helped_case(reference: str, on: dt.date) -> list[Helped]:
    """Return the case with this reference, once for each mandate of the scope's person that covers it on a day."""
    known = check_reference(reference)
    return _helped(None, known, on) if known else []


def _helped(acts_for_id: UUID | None, reference: str, on: dt.date) -> list[Helped]:
    with connection.cursor() as cursor:
        cursor.execute("select * from casework_helped(%s, %s, %s)", [acts_for_id, reference, on])
        return [Helped(*row) for row in cursor.fetchall()]
