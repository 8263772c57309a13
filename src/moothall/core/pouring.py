"""
The writes of many cases as one: their rows travel by COPY, then go where they belong under row security.

PostgreSQL copies into no table that has row security, so they are copied as JSON into a table of this connection that
is empty again when the transaction ends, and each table takes its own from there, checked like any other insert.
"""

import json
from functools import cache

from django.db import connection

from moothall.core import audit
from moothall.core.together import WORKED_OUT, Together, _text

HERE = """create temporary table if not exists poured (number int generated always as identity, goes text, given jsonb)
on commit delete rows"""
COPY = "copy poured (goes, given) from stdin"
INSERT = """insert into {table} ({columns}) select {values}
  from poured, jsonb_populate_record(null::{table}, given - 'search') as r where goes = '{table}' order by number"""
RECORD_ALL = """select count(audit_record(body, at, by, action, object, said))
from jsonb_to_recordset(%s::jsonb) as e (body smallint, at timestamptz, by text, action text, object text, said text)"""
SAID = ("body", "at", "by", "action", "object", "said")


class Pouring(Together):
    """Gathers like `Together` what many cases write, each with an entry of its own in the audit trail."""

    def __init__(self):
        super().__init__()
        self._entries: list[dict] = []

    def entry(self, **said) -> None:
        """Write one more entry in the audit trail: what `audit.record` takes."""
        self._entries.append(dict(zip(SAID, audit.record_params(**said), strict=True)))

    def write(self) -> None:
        """Write all of it: rows by COPY, then what has changed, the facts, the jobs and the entries."""
        rows, entries, self._rows = self._rows, self._entries, {}
        with connection.cursor() as cursor:
            if rows:
                _pour(cursor, rows)
            if entries:
                cursor.execute(RECORD_ALL, [json.dumps(entries, default=str)])
        super().write()


def _pour(cursor, rows: dict[str, list[dict]]) -> None:
    cursor.execute(HERE)
    with cursor.copy(COPY) as copy:
        for table, found in rows.items():
            copy.write("".join(f"{table}\t{_line(row)}\n" for row in found))
    for table, found in rows.items():
        cursor.execute(_insert(table, tuple(found[0])))
    cursor.execute("truncate poured")


def _line(row: dict) -> str:
    """Return a row as COPY reads it: JSON has no tab and no end of line, and its backslashes are doubled."""
    return json.dumps(row, default=_text).replace("\\", "\\\\")


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    values = ",".join(WORKED_OUT.get(name, f'r."{name}"') for name in columns)
    return INSERT.format(table=table, columns=",".join(f'"{name}"' for name in columns), values=values)
