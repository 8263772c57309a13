"""What somebody needs from whoever deals with them. The earlier value is ended, never changed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, scoped
from moothall.people.models import Need, SourceRecord
from moothall.people.queries.identity import known
from moothall.people.rules.needs import ALL, ONE, SAID, ordered
from moothall.people.rules.terms import NEEDS

from .record import _record_of, _write_down


class UnknownNeed(Refusal):
    """We have no such need to note. Choose one from the list."""


def set_need(*, person_id: UUID, body_id: int | None, kind: str, value: str, at: datetime, by: Actor) -> None:
    """Note a need; an empty `value` ends it. One language, interpreter, format and way to ring; any number of others.

    Raises UnknownNeed.
    """
    if kind not in NEEDS or (value and value not in NEEDS[kind]):
        raise UnknownNeed(field=kind)
    known(person_id)
    before = Need.objects.filter(person_id=person_id, body_id=body_id, kind=kind, ends=None)
    if value and before.filter(value=value).exists():
        return
    if not value or kind in ONE:
        _end(before, at)
    if value:
        record = _record_of(person_id, body_id, at)
        Need.objects.create(
            record=record, person_id=person_id, body_id=body_id, kind=kind, value=value, starts=local(at).date()
        )
    _write_down("person.need-noted", person_id, body_id, at, by, {"kind": kind})


def set_needs(
    *,
    person_id: UUID,
    body_id: int | None,
    needs: Iterable[str],
    guarded: bool = False,
    at: datetime,
    by: Actor,
) -> bool:
    """Note all that somebody says they need ("format:braille"), and end what they need no more; return if it is news.

    What nobody says of themself (that they are in danger, that crews fetch their bins) stays as it is, unless `guarded`
    says that staff note it.
    """
    among = ALL if guarded else SAID
    wanted, now = ordered(needs, among), _in_force(person_id, body_id, among)
    for kind, value in (need.split(":") for need in now if need not in wanted):
        rows = Need.objects.filter(person_id=person_id, body_id=body_id, kind=kind, value=value, ends=None)
        _end(rows, at)
        _write_down("person.need-ended", person_id, body_id, at, by, {"kind": kind})
    for kind, value in (need.split(":") for need in wanted):
        set_need(person_id=person_id, body_id=body_id, kind=kind, value=value, at=at, by=by)
    return set(wanted) != set(now)


def add_needs(*, person_id: UUID, body_id: int | None, needs: Iterable[str], at: datetime, by: Actor) -> None:
    """Note what somebody said they need ("format:braille") beside what is known; nothing else of it ends."""
    for kind, value in (need.split(":") for need in ordered(needs)):
        set_need(person_id=person_id, body_id=body_id, kind=kind, value=value, at=at, by=by)


def pass_on_needs(*, person_id: UUID, needs: Iterable[str], at: datetime, by: Actor) -> list[int]:
    """Tell every body that somebody let have a record of them what they need now; return the bodies it was news to.

    The scope is the person's own. Nobody is told of it who was never asked for anything.
    """
    mine = SourceRecord.objects.filter(person_id=person_id, system="moothall", reference="", erased_at=None)
    told, needs = [], ordered(needs)
    for body_id in sorted(mine.exclude(body_id=None).values_list("body_id", flat=True)):
        with scoped(current_scope().narrowed(bodies=(body_id,))):
            if set_needs(person_id=person_id, body_id=body_id, needs=needs, at=at, by=by):
                told.append(body_id)
    return told


def _in_force(person_id: UUID, body_id: int | None, among: set[str]) -> list[str]:
    rows = Need.objects.filter(person_id=person_id, body_id=body_id, ends=None).values_list("kind", "value")
    return [need for need in (f"{kind}:{value}" for kind, value in rows) if need in among]


def _end(rows, at: datetime) -> None:
    """End rows today; what began today never began."""
    today = local(at).date()
    rows.filter(starts=today).update(starts=None, ends=today)
    rows.filter(ends=None).update(ends=today)
