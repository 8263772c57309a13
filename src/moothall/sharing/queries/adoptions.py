"""Who offers what, and who may take requests for whom. Small and read on every submission, so kept in the process."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.core.kept import Kept
from moothall.sharing.models import Adoption, Agreement

#: Seconds for which another process's change may go unseen here.
FRESH = 5.0
_adoptions = Kept(lambda: list(Adoption.objects.order_by("starts", "id")), fresh=FRESH)
_agreements = Kept(lambda: list(Agreement.objects.order_by("starts", "id")), fresh=FRESH)


def changed() -> None:
    """Say that this transaction changes adoptions or agreements: what is kept is forgotten when it commits."""
    _adoptions.changed()
    _agreements.changed()


def adoption(body_id: int, service_id: str, on: dt.date) -> Adoption | None:
    """Return the adoption by which a body offers a service on a day, or None."""
    for row in _adoptions():
        if row.body_id == body_id and row.service_id == service_id and _runs(row, on):
            return row
    return None


def adoptions(on: dt.date, *, body_id: int | None = None, service_id: str | None = None) -> list[Adoption]:
    """Return the adoptions that run on a day, of one body or one service if given."""
    return [
        row
        for row in _adoptions()
        if _runs(row, on) and body_id in (None, row.body_id) and service_id in (None, row.service_id)
    ]


def adopted_as(body_id: int, service_id: str, version_id, on: dt.date) -> Adoption | None:
    """Return the adoption under which a body, or one it took the place of, offered a version on a day or until it.

    None where none had that version.
    """
    offered_by = bodies.lineage(body_id)
    rows = [
        row
        for row in _adoptions()
        if row.body_id in offered_by
        and (row.service_id, row.version_id) == (service_id, version_id)
        and row.starts <= on
        and (row.ends is None or on <= row.ends)
    ]
    return next((row for row in rows if _runs(row, on)), rows[-1] if rows else None)


def may_take(desk_id: int, body_id: int, service_id: str, on: dt.date) -> bool:
    """Return whether one body's desk may take a request for another's service on a day; its own it always may."""
    if desk_id == body_id:
        return True
    return any(
        row.desk_id == desk_id and row.body_id == body_id and service_id in row.services and _runs(row, on)
        for row in _agreements()
    )


def desks(body_id: int, on: dt.date) -> list[Agreement]:
    """Return the agreements that run on a day by which a body's desk takes others' requests, or theirs take its."""
    return [row for row in _agreements() if body_id in (row.desk_id, row.body_id) and _runs(row, on)]


def _runs(row: Adoption | Agreement, on: dt.date) -> bool:
    return row.starts <= on and (row.ends is None or on < row.ends)
