"""
A body's archive: what is in it, in which order, and how it is written down.

    manifest.json            what it is, of which body, made when; each table with its number of rows and why
    rows/TABLE.jsonl         a JSON object a line, by primary key; bytes as \\x and hexadecimal digits, moments in UTC
    schemas/TABLE.json       JSON Schema (2020-12) of such a line
    files/xx/DIGEST          the bytes of kept files, named by their SHA-256
    seals/, keys/            the audit trail's heads as they were handed out, and the public keys that signed them
    index.html               all this in words
    SHA256SUMS               of every file but itself: `sha256sum -c SHA256SUMS` checks them
"""

import json
from dataclasses import dataclass
from graphlib import TopologicalSorter
from hashlib import sha256
from pathlib import Path

import psycopg

from moothall.core import ports
from moothall.core.belongings import OWN, Share

FORMAT = "moothall-archive/1"
SUMS = "SHA256SUMS"
COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated <> '',
  coalesce(a.attnum = any(k.conkey), false)
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
order by c.relname, a.attnum"""
LATEST = "select app, max(name) from django_migrations group by app order by app"
POINTS_TO = """
select distinct conrelid::regclass::text, confrelid::regclass::text from pg_constraint
where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid"""


@dataclass(frozen=True)
class Column:
    """One column, with its type as PostgreSQL writes it."""

    name: str
    type: str
    needed: bool
    generated: bool
    key: bool


@dataclass(frozen=True)
class Table:
    """One table, and which of its rows go with a body."""

    name: str
    columns: tuple[Column, ...]
    share: Share

    @property
    def key(self) -> str:
        """Return the columns by which its rows are in order."""
        return ", ".join(f'"{one.name}"' for one in self.columns if one.key)

    @property
    def kept(self) -> list[Column]:
        """Return the columns that are written down: what the database works out itself is left to it."""
        return [one for one in self.columns if not one.generated]


class NotSaid(RuntimeError):
    """A table of which nobody says what goes with a body."""


def tables(conn: psycopg.Connection) -> list[Table]:
    """Return every table, those that others point to first. Raises NotSaid for one that no chapter speaks for."""
    said = {name: share for answer in ports.belongings for name, share in answer.give().items()}
    columns: dict[str, list[Column]] = {}
    for name, *column in conn.execute(COLUMNS):
        columns.setdefault(name, []).append(Column(*column))
    shares = {name: said.get(name) or _by_body(name, found) for name, found in columns.items()}
    order = TopologicalSorter({name: set() for name in columns})
    for name, other in conn.execute(POINTS_TO):
        order.add(name, other)
    return [Table(name, tuple(columns[name]), shares[name]) for name in order.static_order()]


def _by_body(name: str, columns: list[Column]) -> Share:
    if any(column.name == "body_id" for column in columns):
        return OWN
    raise NotSaid(f"Nobody says which rows of {name} go with a body: answer core.ports.belongings for it.")


def schema(table: Table) -> dict:
    """Return the JSON Schema of one line of a table's rows."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.name,
        "description": table.share.why,
        "type": "object",
        "properties": {column.name: _typed(column) for column in table.kept},
        "required": [column.name for column in table.kept],
        "additionalProperties": False,
    }


TYPES = {
    "smallint": {"type": "integer"},
    "integer": {"type": "integer"},
    "bigint": {"type": "integer"},
    "double precision": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "timestamp with time zone": {"type": "string", "format": "date-time"},
    "uuid": {"type": "string", "format": "uuid"},
    "bytea": {"type": "string", "pattern": r"^\\x([0-9a-f]{2})*$"},
    "jsonb": {},
}


def _typed(column: Column) -> dict:
    inner = column.type.removesuffix("[]")
    found = TYPES.get(inner, {"type": "number"} if inner.startswith("numeric") else {"type": "string"})
    if inner != column.type:
        found = {"type": "array", "items": found}
    return found if column.needed or not found else {"anyOf": [found, {"type": "null"}]}


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with open(path, "rb") as file:
        found = sha256()
        while part := file.read(1 << 20):
            found.update(part)
    return found.hexdigest()


def wrong_sums(folder: Path) -> list[str]:
    """Return the names of files that are missing, changed or not listed; empty when the archive is whole."""
    listed = dict(line.split("  ", 1)[::-1] for line in (folder / SUMS).read_text().splitlines())
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {SUMS}
    changed = [name for name, known in listed.items() if name in there and digest(folder / name) != known]
    return sorted({*changed, *(listed.keys() ^ there)})


def manifest(folder: Path) -> dict:
    """Return what an archive says of itself."""
    return json.loads((folder / "manifest.json").read_text())
