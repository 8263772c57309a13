"""An archive that was asked for on a page: made, packed into one file for the download, and put on the list."""

import datetime as dt
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.core import audit, operations
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.scope import Scope, scoped
from moothall.core.sealing import seal_body
from moothall.leaving import queries
from moothall.leaving.actions.archiving import make_archive
from moothall.leaving.models import Archive

KIND = "leaving.archive"


def ask_for_archive(*, body_id: int, at: dt.datetime, by: Actor) -> UUID:
    """Ask for a body's archive, and return the operation's id; while one is being made, it is that one."""
    known = next((one for one in operations.of(body_id, KIND) if not one.ended), None)
    if known:
        return known.id
    name = f"{bodies.body(body_id).slug}-{local(at):%Y-%m-%d-%H%M%S}"
    audit.record(action="archive.asked", object=f"body:{body_id}", body_id=body_id, at=at, by=by, data={"name": name})
    return operations.ask(KIND, body_id=body_id, subject={"name": name}, at=at, by=by)


def pack_archive(*, body_id: int, name: str, data: Path, stage: Callable, at: dt.datetime, by: Actor) -> dict:
    """Make the archive of a body, pack it, put it on the list, and return what the list says of it.

    After a kill it goes on: rows are read anew at a moment of their own, files that were copied are kept.
    """
    folder, packed = data / "archives" / name, data / "archives" / f"{name}.zip"
    if not packed.exists():
        if not folder.exists():
            _make(body_id, folder, data, stage, at, by)
        _pack(folder, packed, stage)
    final = _listed(body_id, name, folder, packed, at, by)
    shutil.rmtree(folder, ignore_errors=True)
    return {"name": name, "final": final}


def _make(body_id: int, folder: Path, data: Path, stage: Callable, at: dt.datetime, by: Actor) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    seal_body(body=body_id, at=at, by=by)
    with scoped(Scope(bodies=(body_id,), purpose="leaving", actor=by)):
        final = _is_gone(body_id)
    make_archive(body=bodies.body(body_id), data=data, to=folder, at=at, by=by, stage=stage, final=final)


def _is_gone(body_id: int) -> bool:
    found = queries.departure(body_id)
    return bool(found and found.state == "gone")


def _pack(folder: Path, packed: Path, stage: Callable) -> None:
    """Pack a folder into one file, which is there whole or not at all."""
    half, paths = packed.with_suffix(".part"), sorted(path for path in folder.rglob("*") if path.is_file())
    with (
        stage("pack", "Pack it into one file", total=len(paths)) as going,
        zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        for path in paths:
            file.write(path, f"{folder.name}/{path.relative_to(folder)}")
            going.advance()
    half.chmod(0o600)
    half.rename(packed)


def _listed(body_id: int, name: str, folder: Path, packed: Path, at: dt.datetime, by: Actor) -> bool:
    """Put a packed archive on the list, once; return whether it is final."""
    with scoped(Scope(bodies=(body_id,), purpose="leaving", actor=by)):
        known = Archive.objects.filter(body_id=body_id, name=name).first()
        if known:
            return known.final
        manifest, sums = queries.manifest(folder), queries.digest(folder / queries.SUMS)
        row = Archive.objects.create(
            body_id=body_id, name=name, made_at=at, made_by=str(by), bytes=packed.stat().st_size,
            rows=sum(one["rows"] for one in manifest["tables"]), files=manifest["files"]["count"],
            digest=queries.digest(packed), sums_digest=sums, final=manifest["final"],
        )  # fmt: skip
        audit.record(action="body.archived", object=f"body:{body_id}", body_id=body_id, at=at, by=by,
                     data={"sums": sums, "file": row.digest})  # fmt: skip
        return row.final


def note_download(*, archive_id: UUID, purpose: str, at: dt.datetime, by: Actor) -> Archive:
    """Write down who takes a copy of an archive and what for, and return it. Refuses UnknownArchive."""
    row = queries.archive(archive_id)
    audit.record(action="archive.downloaded", object=f"archive:{row.pk}", body_id=row.body_id, at=at, by=by,
                 data={"purpose": purpose.strip(), "name": row.name})  # fmt: skip
    return row
