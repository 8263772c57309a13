"""
Keep everything: `moothall backup`. The database first, then what lies beside it below MOOTHALL_DATA.

Our own server: a base backup, and from then on its write-ahead log, so that any later moment can be brought back. A
given server (DATABASE_URL): a dump; its own operators keep its log. Files are content-addressed and never change, so
copying them after the database misses nothing that the database knows of.
"""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg

from moothall.site import database, postgres

BESIDE = ("files", "keys", "seals", "erasures", "secrets")
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Backup:
    """One backup on disk."""

    folder: Path
    manifest: dict

    @property
    def name(self) -> str:
        return self.folder.name


class BackupFailed(RuntimeError):
    """The backup could not be made or is not whole; the message says what to do."""


def is_ours() -> bool:
    """Return whether the database server is our own private one."""
    return not os.environ.get("DATABASE_URL")


def take(*, data: Path, to: Path, at: datetime, keep: int = 7) -> Backup:
    """
    Make a backup below `to` and return it; the newest `keep` are kept. Raises BackupFailed; a half-made one is removed.
    """
    folder = to / at.strftime(STAMP)
    half = to / f".{folder.name}.part"
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    to.chmod(0o700)
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    try:
        manifest = {"made": at.isoformat(), "kind": "base" if is_ours() else "dump", "heads": heads()}
        _base(half, data) if is_ours() else _dump(half)
        manifest["beside"] = _copy_beside(data, half / "beside")
        (half / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True))
        half.rename(folder)
    except (OSError, RuntimeError, psycopg.Error) as error:
        shutil.rmtree(half, ignore_errors=True)
        raise BackupFailed(f"No backup was made: {error}. Is there room at {to}? Then try again.") from error
    _prune(to, keep, data)
    return Backup(folder, manifest)


def heads() -> dict[str, dict]:
    """Return the newest audit head of every body, as a backup remembers it and a restore is judged by."""
    query = (
        "select distinct on (body_id) body_id, number, size, encode(hash, 'hex') from core_auditseal "
        "order by body_id, number desc"
    )
    with psycopg.connect(database.conninfo(database.connection_settings("owner"))) as conn:
        rows = conn.execute(query).fetchall()
    return {str(body): {"number": number, "size": size, "hash": digest} for body, number, size, digest in rows}


def _base(half: Path, data: Path) -> None:
    at = postgres.place(data / "pg")
    kept = postgres.archive(at)
    kept.mkdir(mode=0o700, exist_ok=True)
    if at.account:
        os.chown(kept, at.account.pw_uid, at.account.pw_gid)
    base = half / "base"
    address = ("-h", at.sock, "-p", "5432", "-U", "postgres")
    postgres.program("pg_basebackup", *address, "-D", base, "-X", "stream", "-c", "fast")
    for name in ("moothall.users", "server.log"):
        (base / name).unlink(missing_ok=True)
    postgres.program("pg_verifybackup", "-n", "-i", "moothall.users", "-i", "server.log", base)


def _dump(half: Path) -> None:
    owner = database.conninfo(database.connection_settings("owner"))
    # the owner sees every row, and the dump must not be refused because the tables force row security
    postgres.program("pg_dump", "-Fc", "--enable-row-security", "-f", half / "database.dump", "-d", owner)


def _copy_beside(data: Path, to: Path) -> dict[str, int]:
    counts = {}
    for name in BESIDE:
        if (data / name).is_dir():
            shutil.copytree(data / name, to / name, copy_function=_copy)
            counts[name] = sum(1 for path in (to / name).rglob("*") if path.is_file())
    if (data / "roles.json").exists():
        shutil.copy2(data / "roles.json", to / "roles.json")
    return counts


def _copy(source: str, target: str) -> None:
    """Copy one file; kept uploads never change, so on the same disk they share their bytes."""
    if "/files/" in source:
        try:
            os.link(source, target)
            return
        except OSError:
            pass
    shutil.copy2(source, target)


def _prune(to: Path, keep: int, data: Path) -> None:
    found = all_in(to)
    for old in found[keep:]:
        shutil.rmtree(old.folder)
    left = found[:keep]
    if is_ours() and left:
        label = (left[-1].folder / "base" / "backup_label").read_text()
        first = label.split("(file ", 1)[1].split(")", 1)[0]
        at = postgres.place(data / "pg")
        postgres.program("pg_archivecleanup", postgres.archive(at), first, at=at)


def all_in(to: Path) -> list[Backup]:
    """Return the whole backups in a folder, newest first."""
    found = sorted((path.parent for path in to.glob("*/manifest.json")), reverse=True)
    return [Backup(folder, json.loads((folder / "manifest.json").read_text())) for folder in found]
