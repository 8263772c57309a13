"""
Files that people send: sniffed, bounded, kept outside the web root, shown only through a view that checks scope.

The bytes lie at MOOTHALL_DATA/files/<body>/<first two digits>/<digest>, written once; equal bytes are one copy within
a body and never shared between two. The table row is what row security guards.
"""

import datetime as dt
import hashlib
import os
from functools import partial
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Func, Value

from moothall.core import audit, scan
from moothall.core.actor import Actor
from moothall.core.ids import new_id
from moothall.core.models import File
from moothall.core.refusal import NotYours, Refusal
from moothall.core.sniff import LARGEST, safe_name, sniff


class FileMissing(Refusal):
    """We know of this file and cannot find its contents. Tell us: we will bring it back from the last backup."""

    status = 500


def keep(
    upload: BinaryIO,
    *,
    name: str,
    body_id: int,
    at: dt.datetime,
    by: Actor,
    case_id: UUID | None = None,
    person_id: UUID | None = None,
    seen_by: tuple[int, ...] = (),
    accept: str = "any",
) -> File:
    """
    Keep a file and return its row. `accept` is "any" or "image"; `seen_by` are bodies besides `body_id` that may read
    it. Raises a Refusal of `core.sniff` for what we do not take, or `core.scan.FileInfected`.
    """
    content = upload.read(LARGEST + 1)
    scan.check(content)
    found = sniff(content, accept=accept)
    digest = hashlib.sha256(found.content).hexdigest()
    lat, lon = found.place or (None, None)
    row = File(
        id=new_id(),
        body_id=body_id,
        seen_by=sorted({body_id, *seen_by}),
        case_id=case_id,
        person_id=person_id,
        name=safe_name(name, found.kind),
        kind=found.kind,
        size=len(found.content),
        digest=digest,
        width=found.width,
        height=found.height,
        lat=lat,
        lon=lon,
        at=at,
        by=str(by),
    )
    _write(path_of(row), found.content)
    row.save(force_insert=True)
    said = {"kind": row.kind, "size": row.size, "sha256": digest}
    audit.record(action="file.kept", object=f"file:{row.pk}", data=said, body_id=body_id, at=at, by=by)
    return row


def store(content: bytes, *, name: str, kind: str, body_id: int, at: dt.datetime, by: Actor) -> File:
    """Keep a file that we made ourselves, such as a subject-access pack, for the staff of one body; return its row."""
    row = File(
        id=new_id(), body_id=body_id, seen_by=[body_id], name=name, kind=kind, size=len(content), at=at, by=str(by)
    )
    row.digest = hashlib.sha256(content).hexdigest()
    _write(path_of(row), content)
    row.save(force_insert=True)
    said = {"kind": kind, "size": row.size, "sha256": row.digest}
    audit.record(action="file.made", object=f"file:{row.pk}", data=said, body_id=body_id, at=at, by=by)
    return row


def path_of(row: File) -> Path:
    """Return where a file's bytes are."""
    return Path(settings.MOOTHALL_DATA) / "files" / str(row.body_id) / row.digest[:2] / row.digest


def digests(file_ids: list[UUID]) -> set[str]:
    """Return what files that are still there hold, as digests; row security shows those of the scope."""
    return set(File.objects.filter(pk__in=file_ids, erased_at=None).values_list("digest", flat=True))


def find(file_id: UUID) -> File:
    """Return a file that the scope may see and that is still there; raises NotYours."""
    row = File.objects.filter(pk=file_id, erased_at=None).first()
    if row is None:
        raise NotYours()
    return row


def find_bytes(digest: str, *, body_id: int | None = None) -> File:
    """Return a file of these bytes (SHA-256) that is about nobody and that the scope may see, a body's own first.

    Raises NotYours.
    """
    rows = list(File.objects.filter(digest=digest, erased_at=None, case_id=None, person_id=None).order_by("at", "id"))
    if not rows:
        raise NotYours()
    return next((row for row in rows if row.body_id == body_id), rows[0])


def publish(*, row: File, seen_by: tuple[int, ...], public_from: dt.date, at: dt.datetime, by: Actor) -> None:
    """Let more bodies read a file that is about nobody, and everybody from a day on; what is public stays public."""
    row.seen_by = sorted({*row.seen_by, *seen_by})
    row.public_from = min(filter(None, (row.public_from, public_from)))
    row.save(update_fields=["seen_by", "public_from"])
    said = {"from": row.public_from, "seen_by": row.seen_by}
    audit.record(action="file.published", object=f"file:{row.pk}", data=said, body_id=row.body_id, at=at, by=by)


def take_copy(*, row: File, body_id: int, at: dt.datetime, by: Actor) -> File:
    """Let a body keep a copy of its own of a file that it may read, to take along wherever it goes; return its row."""
    copy = File(
        id=new_id(), body_id=body_id, seen_by=[body_id], name=row.name, kind=row.kind, size=row.size, digest=row.digest,
        width=row.width, height=row.height, public_from=row.public_from, at=at, by=str(by),
    )  # fmt: skip
    _write(path_of(copy), path_of(row).read_bytes())
    copy.save(force_insert=True)
    said = {"kind": copy.kind, "size": copy.size, "sha256": copy.digest}
    audit.record(action="file.copied", object=f"file:{copy.pk}", data=said, body_id=body_id, at=at, by=by)
    return copy


def give_to_case(*, row: File, case_id: UUID, seen_by: tuple[int, ...], at: dt.datetime, by: Actor) -> None:
    """Let a file that came before its case be the case's: seen by the bodies that see it, and kept as long."""
    row.case_id, row.seen_by = case_id, sorted({row.body_id, *seen_by})
    row.save(update_fields=["case_id", "seen_by"])


def unpublished(*, digests: set[str], body_id: int) -> list[UUID]:
    """Return the ids of a body's files of these bytes that are about nobody and were never published."""
    rows = File.objects.filter(digest__in=digests, body_id=body_id, erased_at=None, case_id=None, person_id=None)
    return list(rows.filter(public_from=None).values_list("pk", flat=True))


def of_case(case_id: UUID) -> list[File]:
    """Return a case's files, oldest first."""
    return list(File.objects.filter(case_id=case_id, erased_at=None).order_by("at", "id"))


def share(*, case_id: UUID, with_body: int, at: dt.datetime, by: Actor) -> int:
    """Let one more body read a case's files, for as long as they are kept; return how many."""
    added = Func(
        F("seen_by"), Value(with_body), function="array_append", template="%(function)s(%(expressions)s::smallint)"
    )
    rows = File.objects.filter(case_id=case_id).exclude(seen_by__contains=[with_body])
    return rows.update(seen_by=added)


def keep_to(*, case_id: UUID, team: str, at: dt.datetime, by: Actor) -> int:
    """Let one team alone, by its code, read a case's files among the staff of the bodies that may; return how many."""
    return File.objects.filter(case_id=case_id).exclude(only_team=team).update(only_team=team)


def part_ways(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Let nobody else read a body's files any more, nor the body others'; return how many. The scope holds them all."""
    own = File.objects.filter(body_id=body_id).exclude(seen_by=[body_id])
    others = File.objects.filter(seen_by__contains=[body_id]).exclude(body_id=body_id)
    less = Func(
        F("seen_by"), Value(body_id), function="array_remove", template="%(function)s(%(expressions)s::smallint)"
    )
    return own.update(seen_by=[body_id]) + others.update(seen_by=less)


def erase(*, file_ids: list[UUID], because: str, at: dt.datetime, by: Actor) -> int:
    """
    Erase files: the bytes, the name and the place; the row stays as evidence that something was there.
    Bytes that another file of the same body still needs are kept for it. Returns how many files were erased.
    """
    count = 0
    for row in File.objects.filter(pk__in=file_ids, erased_at=None).select_for_update():
        others = File.objects.filter(body_id=row.body_id, digest=row.digest, erased_at=None).exclude(pk=row.pk)
        if not others.exists():
            transaction.on_commit(partial(path_of(row).unlink, missing_ok=True))
        row.erased_at, row.name, row.lat, row.lon = at, "erased", None, None
        row.save(update_fields=["erased_at", "name", "lat", "lon"])
        said = {"because": because}
        audit.record(action="file.erased", object=f"file:{row.pk}", data=said, body_id=row.body_id, at=at, by=by)
        count += 1
    return count


def _write(path: Path, content: bytes) -> None:
    """Write the bytes whole or not at all, and make them durable before the row is."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{new_id().hex[-8:]}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def unused(*, body_id: int) -> list[Path]:
    """Return the paths of a body's bytes that no row needs: left by a transaction that was rolled back."""
    folder = Path(settings.MOOTHALL_DATA) / "files" / str(body_id)
    with connection.cursor() as cursor:
        cursor.execute("select distinct digest from core_file where body_id = %s and erased_at is null", [body_id])
        needed = {row[0] for row in cursor.fetchall()}
    return [p for p in folder.glob("??/*") if p.name not in needed and not p.name.startswith(".")]
