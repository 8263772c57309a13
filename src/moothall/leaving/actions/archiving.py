"""
Write a body's archive: everything it owns and nothing of others, as it all stood at one moment.

Nothing is removed here: what was promised to residents is kept until the body's own decision takes effect elsewhere.
"""

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path

import psycopg

from moothall.core import owner
from moothall.core.actor import Actor
from moothall.core.belongings import Share
from moothall.core.clock import local
from moothall.leaving.queries import contents
from moothall.leaving.queries.contents import LATEST, Table

KEPT = "select distinct digest from core_file where body_id = %s and erased_at is null order by digest"
HEAD = "select number, size, encode(hash, 'hex') from core_auditseal where body_id = %s order by number desc limit 1"


class LeavingRefused(RuntimeError):
    """No archive was made; the message says what to do."""


@dataclass(frozen=True)
class Made:
    """An archive on disk."""

    folder: Path
    manifest: dict


@contextmanager
def _unseen(name: str, words: str, total: int = 0) -> Iterator:
    """Go through a stage that nobody watches."""
    yield type("Stage", (), {"advance": staticmethod(lambda by=1: None)})


def make_archive(
    *, body, data: Path, to: Path, at: dt.datetime, by: Actor, stage: Callable = _unseen, final: bool = False
) -> Made:
    """
    Write the archive of a body (a BodyFact) as the folder `to`, which must not exist, and return it.

    All rows are read in one transaction that sees one moment: after a kill they are read anew. Files, which are named
    by what they hold, are kept from the half-made one beside it and looked at again. `stage` shows how far it is
    (`core.operations.Running.stage`). Raises LeavingRefused.
    """
    if to.exists():
        raise LeavingRefused(f"{to} is there already. Name a folder that is not there yet.")
    half = _begun(to.with_name(f".{to.name}.part"))
    with psycopg.connect(**owner.address()) as conn:
        conn.isolation_level, conn.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        conn.execute("set local timezone = 'UTC'")
        known = contents.tables(conn)
        digests = [row[0] for row in conn.execute(KEPT, [body.id])]
        taken = _write_tables(conn, [table for table in known if table.share.where], body.id, half, stage)
        head = conn.execute(HEAD, [body.id]).fetchone()
        latest = dict(conn.execute(LATEST).fetchall())
    manifest = {
        "format": contents.FORMAT,
        "made": at.isoformat(),
        "final": final,
        "body": {"id": body.id, "code": body.code, "slug": body.slug, "name": body.name},
        "migrations": latest,
        "tables": taken,
        "stays": [{"name": one.name, "why": one.share.why} for one in known if not one.share.where],
        "files": _copy_files(data / "files" / str(body.id), digests, half / "files", stage),
        "trail": dict(zip(("number", "size", "hash"), head or (0, 0, ""), strict=True)),
    }
    _copy_trail(data, body.id, half)
    (half / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    (half / "index.html").write_text(_index(manifest, at))
    _sum(half, stage)
    half.rename(to)
    return Made(to, manifest)


def _begun(half: Path) -> Path:
    """Return the folder of a half-made archive, with nothing in it but files that were copied already."""
    half.mkdir(parents=True, exist_ok=True, mode=0o700)
    for one in half.iterdir():
        if one.name != "files":
            shutil.rmtree(one) if one.is_dir() else one.unlink()
    return half


def _write_tables(conn: psycopg.Connection, known: list[Table], body_id: int, half: Path, stage: Callable) -> list:
    """Write the rows and the schema of each table; return what the manifest says of them."""
    for name in ("rows", "schemas"):
        (half / name).mkdir()
    found = []
    with stage("rows", "Write the rows of each table", total=len(known)) as going:
        for table in known:
            found.append(_write_rows(conn, table, body_id, half))
            going.advance()
    return found


def _write_rows(conn: psycopg.Connection, table: Table, body_id: int, half: Path) -> dict:
    rows, path = 0, half / "rows" / f"{table.name}.jsonl"
    with open(path, "w") as lines, conn.cursor(name="rows") as cursor:
        cursor.itersize = 5_000
        cursor.execute(_asked(table, table.share), {"body": body_id})
        for (line,) in cursor:
            lines.write(line + "\n")
            rows += 1
    (half / "schemas" / f"{table.name}.json").write_text(json.dumps(contents.schema(table), indent=1) + "\n")
    return {"name": table.name, "rows": rows, "sha256": contents.digest(path), "why": table.share.why}


def _asked(table: Table, share: Share) -> str:
    left_out = "".join(f" - '{column.name}'" for column in table.columns if column.generated)
    changed = ", ".join(f"'{name}', {sql}" for name, sql in share.change.items())
    more = f" || jsonb_build_object({changed})" if changed else ""
    return f"select (to_jsonb(t){left_out}{more})::text from {table.name} t where {share.where} order by {table.key}"


def _copy_files(kept: Path, digests: list[str], to: Path, stage: Callable) -> dict:
    """Copy the bytes of kept files but those that are there and whole; what is missing is named, not passed over."""
    there = [one for one in digests if (kept / one[:2] / one).is_file()]
    wanted = set(there)
    for one in [path for path in to.rglob("*") if path.is_file() and path.name not in wanted]:
        one.unlink()  # copied before the kill, erased since
    with stage("files", "Copy the files", total=len(there)) as going:
        for one in there:
            copy = to / one[:2] / one
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not (copy.exists() and contents.digest(copy) == one):
                shutil.copy2(kept / one[:2] / one, copy)
            going.advance()
    size = sum((kept / one[:2] / one).stat().st_size for one in there)
    return {"count": len(there), "bytes": size, "missing": sorted(set(digests) - set(there))}


def _copy_trail(data: Path, body_id: int, half: Path) -> None:
    for path in [data / "seals" / f"{body_id}.jsonl", *sorted((data / "keys").glob("audit-*.pub"))]:
        if path.exists():
            (half / path.parent.name).mkdir(exist_ok=True)
            shutil.copy2(path, half / path.parent.name / path.name)


def _sum(half: Path, stage: Callable) -> None:
    paths = sorted(path for path in half.rglob("*") if path.is_file())
    with stage("sums", "Add up the checksums", total=len(paths)) as going, open(half / contents.SUMS, "w") as sums:
        for one in paths:
            sums.write(f"{contents.digest(one)}  {one.relative_to(half)}\n")
            going.advance()


PAGE = """<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<h1>{title}</h1>
<p>Made on {made}. It holds everything that {name} owns in Moothall: {rows:,} rows of {tables} tables
and {files:,} files.
Personal data of people whom other bodies serve is not in it.</p>
<p>Each table is a file of lines in <code>rows/</code>, each line a JSON object as <code>schemas/</code> says.
Check that nothing was changed: <code>sha256sum -c SHA256SUMS</code>.
Bring it into a fresh Moothall: <code>moothall arrive</code> and the name of
this folder, or of the file as it was downloaded.</p>
<table><caption>What is in it</caption><tr><th>Table<th>Rows<th>What</tr>
{taken}</table>
<table><caption>What stays behind, and why</caption><tr><th>Table<th>Why</tr>
{stays}</table>
</html>
"""
ROW = '<tr><td><a href="rows/{name}.jsonl">{name}</a><td>{rows:,}<td>{why}</tr>\n'


def _index(manifest: dict, at: dt.datetime) -> str:
    name, taken = manifest["body"]["name"], manifest["tables"]
    lines = [ROW.format(name=one["name"], rows=one["rows"], why=escape(one["why"])) for one in taken]
    stays = [f"<tr><td>{one['name']}<td>{escape(one['why'])}</tr>\n" for one in manifest["stays"]]
    return PAGE.format(
        title=escape(f"Archive of {name}"), name=escape(name), made=f"{local(at):%-d %B %Y at %H:%M}",
        rows=sum(one["rows"] for one in taken), tables=len(taken), files=manifest["files"]["count"],
        taken="".join(lines), stays="".join(stays),
    )  # fmt: skip
