"""
What people may ask about their own data: a copy of it, and its erasure. And what we erase unasked, when its time is
past.

All three run as jobs, ask every chapter through a port, and leave evidence without personal values. Each erasure is
also written to MOOTHALL_DATA/erasures, outside the database, so that a restore from an older backup is followed by
`replay`.
"""

import calendar
import datetime as dt
import json
import os
from functools import partial
from itertools import product
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from moothall.core import audit, files, pack, ports, queue
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.ids import new_id
from moothall.core.models import PrivacyRequest
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped

KEEP_PACK = dt.timedelta(days=90)


class ReasonMissing(Refusal):
    """Say why this person's data are erased, in a sentence, such as "asked for on 3 March, no legal duty to keep"."""

    status = 422


class NobodyNamed(Refusal):
    """Choose the person first: search for them by name, e-mail address or case reference."""

    status = 422


def due_date(asked: dt.datetime) -> dt.date:
    """
    Return the last day to answer: one calendar month after the day of receipt, or the last day of a shorter month
    (UK GDPR article 12(3); the Information Commissioner's guidance on time limits).

    >>> due_date(dt.datetime(2027, 1, 31, 12, tzinfo=dt.UTC))
    datetime.date(2027, 2, 28)
    """
    day = local(asked).date()
    year, month = divmod(day.year * 12 + day.month, 12)  # the month after, counted from 0
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def ask_for_pack(*, person_ids: list[UUID], body_id: int, at: dt.datetime, by: Actor) -> UUID:
    """
    Queue a subject-access pack of one person (and of whom they are known to be) at one body; return the request's id.
    """
    row = _request("access", person_ids, body_id, "", due=due_date(at), at=at, by=by)
    queue.defer("core.pack", body=body_id, key=f"pack:{row.pk}", request_id=str(row.pk))
    return row.pk


def ask_for_erasure(*, person_ids: list[UUID], body_id: int, because: str, at: dt.datetime, by: Actor) -> UUID:
    """Queue the erasure of a person's data at one body, with its reason; return the request's id."""
    if len(because.split()) < 3:
        raise ReasonMissing(field="because")
    row = _request("erasure", person_ids, body_id, because.strip()[:500], due=due_date(at), at=at, by=by)
    queue.defer("core.erase", body=body_id, key=f"erase:{row.pk}", request_id=str(row.pk))
    return row.pk


def _request(kind, person_ids, body_id, because, *, due, at, by) -> PrivacyRequest:
    if not person_ids:
        raise NobodyNamed()
    row = PrivacyRequest(
        id=new_id(),
        body_id=body_id,
        kind=kind,
        person_ids=list(person_ids),
        because=because,
        at=at,
        by=str(by),
        due=due,
    )
    row.save(force_insert=True)
    for person_id in person_ids:
        said = {"request": str(row.pk), "because": because}
        about = audit.person_object(person_id)
        audit.record(action=f"privacy.{kind}-asked", object=about, data=said, body_id=body_id, at=at, by=by)
    return row


@queue.task("core.pack", deadline=dt.timedelta(minutes=5))
def make_pack(*, body: int, request_id: str, at: dt.datetime, by: Actor) -> None:
    """
    Gather what every chapter holds about a person at this body, and keep it as a file for the office that was asked.
    """
    row = PrivacyRequest.objects.select_for_update().get(pk=request_id)
    held = gather(person_ids=row.person_ids, at=at)
    content = pack.zipped(held, asked=row.at, made=at)
    made = files.store(content, name="subject access pack.zip", kind="application/zip", body_id=body, at=at, by=by)
    row.file_id, row.done_at = made.pk, at
    row.counts = {heading: len(rows) for sections in held.values() for heading, rows in sections.items()}
    row.save(update_fields=["file_id", "done_at", "counts"])
    audit.record(action="privacy.access-made", object=f"request:{row.pk}", data=row.counts, body_id=body, at=at, by=by)


def gather(*, person_ids: list[UUID], at: dt.datetime) -> dict[str, dict[str, list[dict]]]:
    """
    Return what the scope's body holds about a person: {chapter: {heading: [rows]}}, from every chapter that answers.
    """
    held: dict[str, dict[str, list[dict]]] = {}
    for answer in ports.subject_access:
        sections = {heading: rows for heading, rows in answer.give(list(person_ids), at=at).items() if rows}
        if sections:
            held.setdefault(answer.chapter, {}).update(sections)
    return held


@queue.task("core.erase", deadline=dt.timedelta(minutes=5))
def carry_out_erasure(*, body: int, request_id: str, at: dt.datetime, by: Actor) -> None:
    """Erase a person's data at this body, in every chapter; what must be kept by law says so in the counts."""
    row = PrivacyRequest.objects.select_for_update().get(pk=request_id)
    _erase(row, at=at, by=by)


def _erase(row: PrivacyRequest, *, at: dt.datetime, by: Actor) -> None:
    counts: dict[str, int] = {}
    for body_id, answer in product(queue.lineage(row.body_id), ports.erase):
        for table, count in answer.give(list(row.person_ids), body_id, at=at, by=by).items():
            counts[table] = counts.get(table, 0) + count
    row.counts, row.done_at = counts, at
    row.save(update_fields=["counts", "done_at"])
    audit.record(action="privacy.erased", object=f"request:{row.pk}", data=counts, body_id=row.body_id, at=at, by=by)
    line = {"id": str(row.pk), "body": row.body_id, "person_ids": [str(p) for p in row.person_ids]}
    line |= {"because": row.because, "at": row.at.isoformat(), "by": row.by}
    transaction.on_commit(partial(_write_evidence, ledger_folder(), row.body_id, line))


@queue.task("core.retention", deadline=dt.timedelta(minutes=30))
def run_retention(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Erase what is past its time at one body, in every chapter, and leave evidence if anything was."""
    counts: dict[str, int] = {}
    for answer in ports.retention:
        for table, count in answer.give(body, at=at, by=by).items():
            counts[table] = counts.get(table, 0) + count
    counts = {table: count for table, count in counts.items() if count}
    if not counts:
        return
    row = PrivacyRequest(id=new_id(), body_id=body, kind="retention", because="its time was past", at=at, by=str(by))
    row.counts, row.done_at = counts, at
    row.save(force_insert=True)
    audit.record(action="privacy.retention", object=f"request:{row.pk}", data=counts, body_id=body, at=at, by=by)


def keepers() -> tuple[int, ...]:
    """Return the bodies whose records are kept here: those that work here, those before them, and those that left."""
    found = {body for port in (ports.body_ids, ports.left_behind) for answer in port for body in answer.give()}
    return tuple(sorted(found))


queue.every("17 3 * * *", "core.retention", where=keepers)


def ledger_folder() -> Path:
    """Return the folder of the erasure ledger: one file a body, one line an erasure, ids only."""
    return Path(settings.MOOTHALL_DATA) / "erasures"


def _write_evidence(folder: Path, body_id: int, line: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f"{body_id}.jsonl", "a") as file:
        file.write(json.dumps(line, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())


def replay(*, at: dt.datetime) -> int:
    """
    Erase again what the ledger says was erased and this database, restored from before, still holds; then run retention
    for every body in the ledger. Returns the number of erasures done again.
    """
    count = 0
    for path in sorted(ledger_folder().glob("*.jsonl")):
        body_id, by = int(path.stem), Actor.system("core.replay", int(path.stem))
        lines = [json.loads(text) for text in path.read_text().splitlines() if text]
        with scoped(Scope(bodies=queue.lineage(body_id), purpose="replay after restore", actor=by)):
            done = set(PrivacyRequest.objects.filter(done_at__isnull=False).values_list("id", flat=True))
            for line in {line["id"]: line for line in lines if UUID(line["id"]) not in done}.values():
                _erase(_from_ledger(line), at=at, by=by)
                count += 1
            run_retention(body=body_id, at=at, by=by)
    return count


def _from_ledger(line: dict) -> PrivacyRequest:
    row, _ = PrivacyRequest.objects.get_or_create(
        id=UUID(line["id"]),
        defaults={
            "body_id": line["body"],
            "kind": "erasure",
            "person_ids": [UUID(p) for p in line["person_ids"]],
            "because": line["because"],
            "at": dt.datetime.fromisoformat(line["at"]),
            "by": line["by"],
        },
    )
    return row


def requests(*, body_id: int, limit: int = 50) -> list[PrivacyRequest]:
    """Return a body's newest requests and runs, newest first."""
    return list(PrivacyRequest.objects.filter(body_id=body_id).order_by("-at", "-id")[:limit])


def drop_old_packs(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Erase packs that were made more than 90 days ago; the request stays as evidence."""
    old = PrivacyRequest.objects.filter(body_id=body_id, kind="access", done_at__lt=at - KEEP_PACK)
    return files.erase(
        file_ids=list(old.exclude(file_id=None).values_list("file_id", flat=True)),
        because="pack past 90 days",
        at=at,
        by=by,
    )
