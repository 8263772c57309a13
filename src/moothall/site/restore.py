"""
Bring everything back: `moothall restore`. What was there is moved aside, never deleted.

After the database is back, erasures that the ledger tells of are done again, and seals that were handed out and are
not in the restored database are set apart and named in the trail: a restore may lose entries, and must not hide it.
"""

import json
import os
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psycopg

from moothall.core import files
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.site import database, postgres
from moothall.site.backup import STAMP, Backup, is_ours

SECONDS = 3600


class RestoreRefused(RuntimeError):
    """Nothing was restored; the message says what to do."""


@dataclass
class Restored:
    """What a restore did."""

    backup: str
    until: datetime | None = None
    moved_aside: list[Path] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


def bring_back(backup: Backup, *, data: Path, at: datetime, until: datetime | None = None) -> Restored:
    """
    Bring the database and what lies beside it back from a backup; to a moment (`until`), or as late as the kept
    write-ahead log allows. The server must be stopped. Raises RestoreRefused.
    """
    done = Restored(backup.name, until)
    if backup.manifest["kind"] == "base":
        if not is_ours():
            raise RestoreRefused("This is a backup of Moothall's own server. Unset DATABASE_URL, then restore it.")
        _base(backup, data, at, until, done)
    else:
        if is_ours() or until:
            raise RestoreRefused(
                "This backup is a dump: set DATABASE_URL (and DATABASE_OWNER_URL) to the server to fill. For a moment "
                "between two dumps, ask those who run that server for its own log."
            )
        _dump(backup)
    done.files = _beside(backup.folder / "beside", data)
    return done


def _base(backup: Backup, data: Path, at: datetime, until: datetime | None, done: Restored) -> None:
    place = postgres.place(data / "pg")
    if (place.data / "PG_VERSION").exists():
        if not postgres.stop(place):
            raise RestoreRefused("Moothall is running: stop it first, then restore.")
        aside = place.data.with_name(f"{place.data.name}.before-{at.strftime(STAMP)}")
        _keep_last_log(place)
        place.data.rename(aside)
        done.moved_aside.append(aside)
    shutil.copytree(backup.folder / "base", place.data, symlinks=True)
    place.data.chmod(0o700)
    kept = postgres.archive(place)
    lines = [f'restore_command = \'cp "{kept}/%f" "%p"\'']
    if until:
        lines += [f"recovery_target_time = '{until.isoformat()}'", "recovery_target_action = 'promote'"]
    with open(place.data / "postgresql.auto.conf", "a") as conf:
        conf.write("\n".join(["", *lines, ""]))
    (place.data / "recovery.signal").touch()
    if place.account:
        for path in (place.data, *place.data.rglob("*")):
            os.chown(path, place.account.pw_uid, place.account.pw_gid, follow_symlinks=False)
    _recover(data)


def _keep_last_log(place: postgres.Place) -> None:
    """Keep the log that was not archived yet, so that nothing acknowledged is lost."""
    kept = postgres.archive(place)
    if not kept.is_dir():
        return
    for segment in sorted((place.data / "pg_wal").glob("????????????????????????")):
        target = kept / segment.name
        if not target.exists():
            shutil.copy2(segment, target)
            if place.account:
                os.chown(target, place.account.pw_uid, place.account.pw_gid)


def _recover(data: Path) -> None:
    try:
        place = postgres.start(data / "pg")
    except RuntimeError as error:
        raise RestoreRefused(
            f"PostgreSQL could not bring the database to that moment. Is it after the backup, and before the last log "
            f"that was kept? {str(error)[-600:]}"
        ) from error
    with psycopg.connect(place.conninfo(), autocommit=True) as admin:
        end = time.monotonic() + SECONDS
        while admin.execute("select pg_is_in_recovery()").fetchone()[0]:
            if time.monotonic() > end:
                raise RestoreRefused("PostgreSQL is still replaying its log after an hour: look at server.log.")
            time.sleep(0.1)
        for name in ("restore_command", "recovery_target_time", "recovery_target_action"):
            admin.execute(f"alter system reset {name}")


def _dump(backup: Backup) -> None:
    owner = database.connection_settings("owner")
    with psycopg.connect(database.conninfo(owner)) as conn:
        tables = conn.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()[0]
    if tables:
        raise RestoreRefused(f"The database {owner['NAME']} is not empty: make a new one and restore into that.")
    address = database.conninfo(owner)
    dump = backup.folder / "database.dump"
    # extensions belong to whoever runs the server: only they may comment on them
    listed = [
        line for line in postgres.program("pg_restore", "-l", dump).splitlines() if "COMMENT - EXTENSION" not in line
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".list") as kept:
        kept.write("\n".join(listed) + "\n")
        kept.flush()
        words = ("--no-owner", "--exit-on-error", "--enable-row-security", "-L", kept.name)
        postgres.program("pg_restore", *words, "-d", address, dump)


def _beside(kept: Path, data: Path) -> list[Path]:
    """Bring back what is missing beside the database; what is there is newer and stays. Ledgers are joined."""
    brought = []
    for path in sorted(kept.rglob("*")):
        if not path.is_file():
            continue
        target = data / path.relative_to(kept)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copy2(path, target)
            brought.append(target)
        elif target.suffix == ".jsonl":
            _join(path, target)
    return brought


def _join(older: Path, newer: Path) -> None:
    lines = older.read_text().splitlines() + newer.read_text().splitlines()
    newer.write_text("".join(f"{line}\n" for line in dict.fromkeys(line for line in lines if line)))


def sweep_erased(brought: list[Path]) -> int:
    """Remove the bytes a restore brought back that no file of the restored database needs; return how many."""
    count = 0
    for body_id in {int(path.parts[-3]) for path in brought if path.parts[-4:-3] == ("files",)}:
        with scoped(Scope(bodies=(body_id,), purpose="restore", actor=Actor.system("restore", body_id))):
            for path in set(files.unused(body_id=body_id)) & set(brought):
                path.unlink()
                count += 1
    return count


def set_lost_seals_apart(*, data: Path, at: datetime) -> dict[int, list[dict]]:
    """
    Move heads that were handed out and are not in the restored database to a file of their own, and return them by
    body: what the caller writes into the trail.
    """
    lost: dict[int, list[dict]] = {}
    with psycopg.connect(database.conninfo(database.connection_settings("owner"))) as conn:
        for path in (data / "seals").glob("[0-9]*.jsonl"):
            rows = conn.execute("select encode(hash, 'hex') from core_auditseal where body_id = %s", [int(path.stem)])
            here = {row[0] for row in rows}
            lines = [json.loads(line) for line in path.read_text().splitlines() if line]
            gone = [line for line in lines if line["hash"] not in here]
            if gone:
                lost[int(path.stem)] = gone
                aside = path.with_name(f"lost-{path.stem}-{at.strftime(STAMP)}.json")
                aside.write_text(json.dumps(gone, sort_keys=True, indent=1))
                _write(path, [line for line in lines if line["hash"] in here])
    return lost


def _write(path: Path, lines: list[dict]) -> None:
    path.write_text("".join(json.dumps(line, separators=(",", ":"), sort_keys=True) + "\n" for line in lines))
