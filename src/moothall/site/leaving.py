"""
Write a body's archive: `moothall leave`. Everything it owns and nothing of others, as it all stood at one moment.

Nothing is removed here: what was promised to residents is kept until the body's own decision takes effect elsewhere.
"""

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

import psycopg
from django.db import connections

from moothall.core.belongings import Share
from moothall.core.clock import local
from moothall.site import archive, database
from moothall.site.archive import Table

LATEST = "select app, max(name) from django_migrations group by app order by app"
KEPT = "select distinct digest from core_file where body_id = %s and erased_at is null order by digest"
HEAD = "select number, size, encode(hash, 'hex') from core_auditseal where body_id = %s order by number desc limit 1"


class LeavingRefused(RuntimeError):
    """No archive was made; the message says what to do."""


@dataclass(frozen=True)
class Archive:
    """An archive on disk."""

    folder: Path
    manifest: dict


def make(*, body, data: Path, to: Path, at: datetime) -> Archive:
    """
    Write the archive of a body (a BodyFact) as the folder `to`, which must not exist, and return it.

    Everything is read in one transaction that sees one moment. A half-made one lies beside it under a hidden name, is
    never taken for whole, and is begun anew the next time. Raises LeavingRefused.
    """
    if to.exists():
        raise LeavingRefused(f"{to} is there already. Name a folder that is not there yet.")
    half = to.with_name(f".{to.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True, mode=0o700)
    with psycopg.connect(database.conninfo(connections["owner"].settings_dict)) as conn:
        conn.isolation_level, conn.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        conn.execute("set local timezone = 'UTC'")
        known = archive.tables(conn)
        taken = [_write_rows(conn, table, body.id, half) for table in known if table.share.where]
        digests = [row[0] for row in conn.execute(KEPT, [body.id])]
        head = conn.execute(HEAD, [body.id]).fetchone()
        latest = dict(conn.execute(LATEST).fetchall())
    manifest = {
        "format": archive.FORMAT,
        "made": at.isoformat(),
        "body": {"id": body.id, "code": body.code, "slug": body.slug, "name": body.name},
        "migrations": latest,
        "tables": taken,
        "stays": [{"name": one.name, "why": one.share.why} for one in known if not one.share.where],
        "files": _copy_files(data / "files" / str(body.id), digests, half / "files"),
        "trail": dict(zip(("number", "size", "hash"), head or (0, 0, ""), strict=True)),
    }
    _copy_trail(data, body.id, half)
    (half / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    (half / "index.html").write_text(_index(manifest, at))
    _sum(half)
    half.rename(to)
    return Archive(to, manifest)


def _write_rows(conn: psycopg.Connection, table: Table, body_id: int, half: Path) -> dict:
    """Write one table's rows and their schema; return what the manifest says of them."""
    for name in ("rows", "schemas"):
        (half / name).mkdir(exist_ok=True)
    rows, path = 0, half / "rows" / f"{table.name}.jsonl"
    with open(path, "w") as lines, conn.cursor(name="rows") as cursor:
        cursor.itersize = 5_000
        cursor.execute(_asked(table, table.share), {"body": body_id})
        for (line,) in cursor:
            lines.write(line + "\n")
            rows += 1
    (half / "schemas" / f"{table.name}.json").write_text(json.dumps(archive.schema(table), indent=1) + "\n")
    return {"name": table.name, "rows": rows, "sha256": archive.digest(path), "why": table.share.why}


def _asked(table: Table, share: Share) -> str:
    left_out = "".join(f" - '{column.name}'" for column in table.columns if column.generated)
    changed = ", ".join(f"'{name}', {sql}" for name, sql in share.change.items())
    more = f" || jsonb_build_object({changed})" if changed else ""
    return f"select (to_jsonb(t){left_out}{more})::text from {table.name} t where {share.where} order by {table.key}"


def _copy_files(kept: Path, digests: list[str], to: Path) -> dict:
    """Copy the bytes of kept files; what is missing is named, not passed over."""
    there = [one for one in digests if (kept / one[:2] / one).is_file()]
    for one in there:
        (to / one[:2]).mkdir(parents=True, exist_ok=True)
        shutil.copy2(kept / one[:2] / one, to / one[:2] / one)
    size = sum((kept / one[:2] / one).stat().st_size for one in there)
    return {"count": len(there), "bytes": size, "missing": sorted(set(digests) - set(there))}


def _copy_trail(data: Path, body_id: int, half: Path) -> None:
    for path in [data / "seals" / f"{body_id}.jsonl", *sorted((data / "keys").glob("audit-*.pub"))]:
        if path.exists():
            (half / path.parent.name).mkdir(exist_ok=True)
            shutil.copy2(path, half / path.parent.name / path.name)


def _sum(half: Path) -> None:
    paths = sorted(path for path in half.rglob("*") if path.is_file())
    (half / archive.SUMS).write_text("".join(f"{archive.digest(one)}  {one.relative_to(half)}\n" for one in paths))


PAGE = """<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<h1>{title}</h1>
<p>Made on {made}. It holds everything that {name} owns in Moothall: {rows:,} rows of {tables} tables
and {files:,} files.
Personal data of people whom other bodies serve is not in it.</p>
<p>Each table is a file of lines in <code>rows/</code>, each line a JSON object as <code>schemas/</code> says.
Check that nothing was changed: <code>sha256sum -c SHA256SUMS</code>.
Bring it into a fresh Moothall: <code>moothall arrive FOLDER</code>.</p>
<table><caption>What is in it</caption><tr><th>Table<th>Rows<th>What</tr>
{taken}</table>
<table><caption>What stays behind, and why</caption><tr><th>Table<th>Why</tr>
{stays}</table>
</html>
"""
ROW = '<tr><td><a href="rows/{name}.jsonl">{name}</a><td>{rows:,}<td>{why}</tr>\n'


def _index(manifest: dict, at: datetime) -> str:
    name, taken = manifest["body"]["name"], manifest["tables"]
    lines = [ROW.format(name=one["name"], rows=one["rows"], why=escape(one["why"])) for one in taken]
    stays = [f"<tr><td>{one['name']}<td>{escape(one['why'])}</tr>\n" for one in manifest["stays"]]
    return PAGE.format(
        title=escape(f"Archive of {name}"), name=escape(name), made=f"{local(at):%-d %B %Y at %H:%M}",
        rows=sum(one["rows"] for one in taken), tables=len(taken), files=manifest["files"]["count"],
        taken="".join(lines), stays="".join(stays),
    )  # fmt: skip
