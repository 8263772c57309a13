"""The place index of this process, built again whenever the database holds another edition of the land.

Another process's change is seen within a second; a change by this process at once, even inside the transaction that
makes it, and it is forgotten at once should that transaction be undone.
"""

import threading
from time import monotonic
from weakref import WeakSet

from django.db import connection

from moothall.bodies.models import Area, Body, DutyException, Street
from moothall.bodies.rules.index import PlaceIndex
from moothall.bodies.rules.kinds import Kind
from moothall.bodies.rules.shapes import AreaFact, BodyFact, ExceptionFact, StreetFact

FRESH_FOR = 1.0
"""Seconds for which an edition is believed without asking the database again."""


class _Kept:
    """What this process holds: one index, and when it was last compared with which database."""

    stamp = None
    index = None
    database = None
    looked = 0.0


_lock = threading.Lock()
_changing: WeakSet = WeakSet()
"""Open transactions that have changed the land; in one of these every call looks, since a savepoint may be undone."""


def expect_change() -> None:
    """Look at the edition anew: this transaction has changed the land."""
    _Kept.looked = 0.0
    if connection.atomic_blocks:
        _changing.add(connection.atomic_blocks[0])


def forget() -> None:
    """Read anew next time, whatever the stamp says: the process now looks at another database."""
    _Kept.index, _Kept.stamp, _Kept.looked = None, None, 0.0


def index() -> PlaceIndex:
    """Return the index of the land as the current transaction sees it; usually without asking the database."""
    moment, database = monotonic(), connection.settings_dict["NAME"]
    changing = bool(connection.atomic_blocks) and connection.atomic_blocks[0] in _changing
    known = _Kept.index
    if known is not None and not changing and database == _Kept.database and moment - _Kept.looked < FRESH_FOR:
        return known
    stamp = _stamp()
    with _lock:
        if _Kept.index is None or stamp != _Kept.stamp:
            _Kept.index, _Kept.stamp = _build(), stamp
        _Kept.looked, _Kept.database = 0.0 if changing else moment, database
        return _Kept.index


def _stamp():
    with connection.cursor() as cursor:
        cursor.execute("select stamp from bodies_edition where id = 1")
        row = cursor.fetchone()
    return row[0] if row else None


def _build() -> PlaceIndex:
    return PlaceIndex(
        [_body(row) for row in Body.objects.order_by("id")],
        [AreaFact(**row) for row in Area.objects.values(*_fields(AreaFact))],
        [StreetFact(**row) for row in Street.objects.order_by("usrn").values(*_fields(StreetFact))],
        [_exception(row) for row in DutyException.objects.order_by("id")],
    )


def _fields(fact) -> list[str]:
    return list(fact.__dataclass_fields__)


def _body(row: Body) -> BodyFact:
    own = ("kind", "successor", "heir_ids")
    facts = {name: getattr(row, name) for name in _fields(BodyFact) if name not in own}
    return BodyFact(**facts, kind=Kind(row.kind), successor=row.successor_id, heir_ids=tuple(row.heir_ids))


def _exception(row: DutyException) -> ExceptionFact:
    return ExceptionFact(
        row.body_id,
        tuple(row.works),
        row.source,
        usrn=row.street_id,
        uprn=row.dwelling_id,
        area_id=row.area_id,
        starts=row.starts,
        ends=row.ends,
    )
