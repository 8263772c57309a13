"""
Bring a body's archive into a fresh Moothall: `moothall arrive`. All of it in one transaction, or nothing.

What was sealed stays as it was sealed: nothing is written into the body's trail on the way.
"""

import datetime as dt
import shutil
from pathlib import Path

import psycopg
from psycopg import sql

from moothall.core import owner
from moothall.core.actor import Actor
from moothall.leaving.queries import contents
from moothall.leaving.queries.contents import LATEST, Table
from moothall.leaving.queries.unpacking import NotAnArchive, opened


class ArrivalRefused(NotAnArchive):
    """Nothing was brought in; the message says what to do."""


def bring_in(*, archive: Path, data: Path, at: dt.datetime, by: Actor) -> dict:
    """
    Bring an archive in, a folder or the file as it was downloaded, and return its manifest.

    Raises NotAnArchive where it cannot be opened, ArrivalRefused where it is not whole, is of another version, or where
    there are bodies here already. This arrival is written down nowhere: `at` and `by` leave no trace.
    """
    with opened(archive, data) as folder:
        return _bring_in(folder, data)


def _bring_in(folder: Path, data: Path) -> dict:
    manifest = _checked(folder)
    with psycopg.connect(**owner.address()) as conn:
        _check_place(conn, manifest)
        _copy_beside(folder, data, manifest["body"]["id"])  # named by what they hold: harmless should the rest fail
        conn.execute("set local timezone = 'UTC'")
        conn.execute("set constraints all immediate")  # checked table by table, as those pointed to come first
        counts = {one["name"]: one["rows"] for one in manifest["tables"]}
        for table in contents.tables(conn):
            if counts.get(table.name):
                found = _take(conn, table, folder / "rows" / f"{table.name}.jsonl")
                if found != counts[table.name]:
                    raise ArrivalRefused(
                        f"{table.name} has {counts[table.name]:,} rows in the archive, {found:,} came."
                    )
    return manifest


def _checked(folder: Path) -> dict:
    if not (folder / contents.SUMS).is_file() or not (folder / "manifest.json").is_file():
        raise ArrivalRefused(f"{folder} holds no archive. Name the folder that `moothall leave` wrote.")
    if wrong := contents.wrong_sums(folder):
        named = ", ".join(wrong[:5]) + (" and more" if len(wrong) > 5 else "")
        raise ArrivalRefused(
            f"The archive is not as it was made: look at {named}. Copy it again from where it was made."
        )
    manifest = contents.manifest(folder)
    if manifest.get("format") != contents.FORMAT:
        raise ArrivalRefused(f"This Moothall reads {contents.FORMAT}, and this is {manifest.get('format')}.")
    if type(manifest["body"]["id"]) is not int:
        raise ArrivalRefused("Its manifest does not say whose it is. Copy it again from where it was made.")
    return manifest


def _check_place(conn: psycopg.Connection, manifest: dict) -> None:
    if conn.execute("select exists (select from bodies_body)").fetchone()[0]:
        raise ArrivalRefused(
            "There are bodies here already. Bring the archive into a fresh Moothall: another MOOTHALL_DATA."
        )
    here = dict(conn.execute(LATEST).fetchall())
    if here != manifest["migrations"]:
        differs = sorted(
            app for app in {*here, *manifest["migrations"]} if here.get(app) != manifest["migrations"].get(app)
        )
        raise ArrivalRefused(
            f"The archive is of another version of Moothall: {', '.join(differs)} differ. "
            "Install the version that made it, bring it in, then upgrade."
        )


def _take(conn: psycopg.Connection, table: Table, lines: Path) -> int:
    """Put one table's rows in by one statement, as they were; return how many. Its triggers rest meanwhile."""
    name = sql.Identifier(table.name)
    conn.execute("create temp table if not exists arriving (line jsonb) on commit drop")
    with lines.open() as given, conn.cursor().copy("copy arriving from stdin") as copy:
        for line in given:
            copy.write_row([line])
    conn.execute(sql.SQL("alter table {} disable trigger user").format(name))
    columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.kept)
    values = sql.SQL(", ").join(sql.Identifier("r", column.name) for column in table.kept)
    put = "insert into {table} ({columns}) overriding system value select {values} "
    put += "from arriving, jsonb_populate_record(null::{table}, line) as r"
    done = conn.execute(sql.SQL(put).format(table=name, columns=columns, values=values)).rowcount
    conn.execute("truncate arriving")
    conn.execute(sql.SQL("alter table {} enable trigger user").format(name))
    _count_on(conn, table)
    return done


def _count_on(conn: psycopg.Connection, table: Table) -> None:
    """Let numbers that the database gives go on after the highest that came."""
    for column in table.kept:
        counter = conn.execute("select pg_get_serial_sequence(%s, %s)", [table.name, column.name]).fetchone()[0]
        if counter:
            highest = sql.SQL("select max({}) from {}").format(sql.Identifier(column.name), sql.Identifier(table.name))
            conn.execute("select setval(%s, %s)", [counter, conn.execute(highest).fetchone()[0]])


def _copy_beside(folder: Path, data: Path, body_id: int) -> None:
    for name, to in (("files", data / "files" / str(body_id)), ("seals", data / "seals"), ("keys", data / "keys")):
        if (folder / name).is_dir():
            shutil.copytree(folder / name, to, dirs_exist_ok=True)
