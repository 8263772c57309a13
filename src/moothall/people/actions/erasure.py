"""Let go of what is held about people: on request, and when it has been kept as long as it may be."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.people.models import ActsFor, ContactPoint, HouseholdMember, Name, Need, Residence, SourceRecord

from .details import NotKnownHere
from .record import _write_down

KEEP = timedelta(days=6 * 365 + 2)
"""Six years after the purpose was fulfilled: as long as a claim may be brought (Limitation Act 1980 s.2, s.5)."""
VALUES = (Name, ContactPoint, Residence, HouseholdMember, Need)


def end_record(*, record_id: UUID, at: datetime, by: Actor) -> None:
    """Note that the purpose of a source record is fulfilled; it is kept six more years. Raises NotKnownHere."""
    record = SourceRecord.objects.filter(pk=record_id, ended_at=None).first()
    if record is None:
        raise NotKnownHere
    SourceRecord.objects.filter(pk=record_id).update(ended_at=at)
    _write_down("person.record-ended", record.person_id, record.body_id, at, by, {"record": str(record_id)})


def erase(*, person_ids: list[UUID], body_id: int, at: datetime, by: Actor) -> dict[str, int]:
    """Erase what one body holds about people and return how many rows of each table; leaves evidence of the erasure.

    The record stays as an empty shell with its dates, so that it can be shown that it was erased, and when.
    """
    records = SourceRecord.objects.filter(body_id=body_id, person__in=person_ids, erased_at=None)
    acting = Q(person__in=person_ids) | Q(agent__in=person_ids)
    agents = ActsFor.objects.filter(acting, body_id=body_id)
    erased = {"people_actsfor": agents.count()} | _erase(list(records.values_list("pk", flat=True)), at)
    agents.delete()
    return _evidence("person.erased", erased, body_id, at, by)


def let_go(*, body_id: int, at: datetime, by: Actor) -> dict[str, int]:
    """Erase a body's records that ended more than six years ago and return how many rows of each table."""
    old = SourceRecord.objects.filter(body_id=body_id, erased_at=None, ended_at__lte=at - KEEP)
    erased = _erase(list(old.values_list("pk", flat=True)), at)
    over = Q(ended_at__lte=at - KEEP) | Q(ended_at=None, agent=None, code_until__lte=at - KEEP)
    erased["people_actsfor"], _ = ActsFor.objects.filter(over, body_id=body_id).delete()
    return _evidence("person.kept-long-enough", erased, body_id, at, by)


def forget_body(*, body_id: int, at: datetime, by: Actor, limit: int = 500) -> dict[str, int]:
    """Erase a body's records, some hundreds at a time: it has left and took them along."""
    left = SourceRecord.objects.filter(body_id=body_id, erased_at=None).order_by("pk")[:limit]
    erased = _erase(list(left.values_list("pk", flat=True)), at)
    erased["people_actsfor"], _ = ActsFor.objects.filter(body_id=body_id, said=False).delete()
    return _evidence("person.body-left", erased, body_id, at, by)


def _erase(record_ids: list[UUID], at: datetime) -> dict[str, int]:
    counts = {}
    for kind in VALUES:
        counts[kind._meta.db_table], _ = kind.objects.filter(record__in=record_ids).delete()
    counts["people_sourcerecord"] = SourceRecord.objects.filter(pk__in=record_ids).update(
        born=None, reference="", erased_at=at
    )
    return counts


def _evidence(action: str, counts: dict[str, int], body_id: int, at: datetime, by: Actor) -> dict[str, int]:
    erased = {table: count for table, count in counts.items() if count}
    if erased:
        audit.record(action=action, object=f"body:{body_id}", body_id=body_id, at=at, by=by, data=erased)
    return erased
