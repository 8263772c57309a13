"""Who offers what, and who may take requests for whom. Small and read on every submission, so kept in the process."""

import datetime as dt
import time

from django.db import transaction

from moothall.sharing.models import Adoption, Agreement

#: Seconds for which another process's change may go unseen here.
FRESH = 5.0


class _Kept:
    """All adoptions and agreements, as last read."""

    def __init__(self):
        self.forget()
        self.unsettled = False

    def forget(self) -> None:
        self.read_at, self.adoptions, self.agreements = None, [], []

    def settle(self) -> None:
        self.forget()
        self.unsettled = False

    def load(self) -> "_Kept":
        stale = self.read_at is None or time.monotonic() - self.read_at > FRESH
        if stale or self.unsettled:
            self.adoptions = list(Adoption.objects.order_by("starts", "id"))
            self.agreements = list(Agreement.objects.order_by("starts", "id"))
            self.read_at = time.monotonic()
        return self


_kept = _Kept()


def changed() -> None:
    """Forget what was kept: this transaction changes it. Until it commits, nothing read is kept."""
    _kept.forget()
    _kept.unsettled = True
    transaction.on_commit(_kept.settle)


def adoption(body_id: int, service_id: str, on: dt.date) -> Adoption | None:
    """Return the adoption by which a body offers a service on a day, or None."""
    for row in _kept.load().adoptions:
        if row.body_id == body_id and row.service_id == service_id and _runs(row, on):
            return row
    return None


def adoptions(on: dt.date, *, body_id: int | None = None, service_id: str | None = None) -> list[Adoption]:
    """Return the adoptions that run on a day, of one body or one service if given."""
    return [
        row
        for row in _kept.load().adoptions
        if _runs(row, on) and body_id in (None, row.body_id) and service_id in (None, row.service_id)
    ]


def may_take(desk_id: int, body_id: int, service_id: str, on: dt.date) -> bool:
    """Return whether one body's desk may take a request for another's service on a day; its own it always may."""
    if desk_id == body_id:
        return True
    return any(
        row.desk_id == desk_id and row.body_id == body_id and service_id in row.services and _runs(row, on)
        for row in _kept.load().agreements
    )


def _runs(row: Adoption | Agreement, on: dt.date) -> bool:
    return row.starts <= on and (row.ends is None or on < row.ends)
