"""A copy of the whole database, to try something on: made by PostgreSQL's own programs and dropped at the end."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import sql

from moothall.core import owner, ports
from moothall.core.refusal import Refusal
from moothall.site import database, postgres


class NoCopy(Refusal):
    """A copy cannot be made: the owner may not make databases. Ask whoever runs the server, and try again."""


@ports.rehearsal.answer()
@contextmanager
def copy(name: str) -> Iterator[dict]:
    """Yield the owner's address of a copy of everything, which is dropped afterwards. Raises NoCopy."""
    here = owner.address()
    there = here | {"dbname": f"{here['dbname'][:30]}_try_{sha256(name.encode()).hexdigest()[:8]}"}
    with _admin(here) as admin:
        drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(there["dbname"]))
        admin.execute(drop)
        try:
            database.make(admin, there["dbname"], lambda other: _admin(here, other))
        except psycopg.errors.InsufficientPrivilege as error:
            raise NoCopy from error
        try:
            _fill(psycopg.conninfo.make_conninfo(**_plain(here)), psycopg.conninfo.make_conninfo(**_plain(there)))
            yield there
        finally:
            admin.execute(drop)


def _admin(here: dict, name: str | None = None) -> psycopg.Connection:
    """Connect as somebody who may make databases: the superuser of our own server, else the given role."""
    if os.environ.get("DATABASE_URL"):
        given = database._from_url(os.environ["DATABASE_URL"])
        return psycopg.connect(database.conninfo(given | {"NAME": name or given["NAME"]}), autocommit=True)
    address = {key: here[key] for key in ("host", "port") if key in here}
    return psycopg.connect(**address, user="postgres", dbname=name or "postgres", autocommit=True)


def _plain(address: dict) -> dict:
    return {key: value for key, value in address.items() if key in ("host", "port", "dbname", "user", "password")}


def _fill(here: str, there: str) -> None:
    """Dump one database and restore it into the other; extensions are there and belong to the server's superuser."""
    with tempfile.TemporaryDirectory(prefix="moothall-try-") as folder:
        dump = Path(folder) / "all.dump"
        postgres.program("pg_dump", "-Fc", "-Z1", "--enable-row-security", "-f", dump, "-d", here)
        listed = postgres.program("pg_restore", "-l", dump).splitlines()
        kept = Path(folder) / "list"
        kept.write_text("\n".join(line for line in listed if "COMMENT - EXTENSION" not in line) + "\n")
        words = ("--no-owner", "--exit-on-error", "--enable-row-security", "-L", kept)
        postgres.program("pg_restore", *words, "-d", there, dump)
