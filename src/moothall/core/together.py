"""
Several writes as one statement: rows of several tables, facts, jobs and an entry in the audit trail.

What is written travels as JSON, so the statement reads the same however much there is of each: it is planned once a
connection, and asked and answered once.
"""

import datetime as dt
import json
from functools import cache

from django.db import connection

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.events import Event, handlers_of
from moothall.core.queue import DISPATCH, JOBS, job_row

#: Columns that the database works out from the text given.
WORKED_OUT = {"search": "to_tsvector('simple', given->>'search')"}
ROWS = """in_{table} as (insert into {table} ({columns}) select {values} from jsonb_array_elements(%s::jsonb) as given,
  jsonb_populate_record(null::{table}, given - 'search') as r)"""
CHANGED = """changed_{number} as (update {table} as t set {sets}
  from jsonb_populate_recordset(null::{table}, %s::jsonb) as r where t.id = r.id)"""
FACTS = """facts as (insert into core_fact (name, body_id, payload, at, by)
  select name, body_id, payload, at, by from jsonb_populate_recordset(null::core_fact, %s::jsonb)
  returning id, name, body_id)"""
HEARD = f"""select row('default', '{DISPATCH}', 0, null, null,
  jsonb_build_object('body', body_id, 'key', 'fact:' || id, 'fact_id', id), null)::procrastinate_job_to_defer_v1
  from facts where name = any(%s::text[])"""


class Together:
    """Gathers what is to be written in the caller's transaction, then writes it; nothing is kept for a second time."""

    def __init__(self):
        self._rows: dict[str, list[dict]] = {}
        self._changed: dict[tuple, tuple] = {}
        self._facts: list[dict] = []
        self._jobs: list[dict] = []
        self._entry: list | None = None

    def row(self, row) -> None:
        """Add the row of an unsaved model, as it stands now. A serial key that is not set is left to the database."""
        found = {column: getattr(row, name) for column, name in _columns(type(row))}
        if found.get("id", "") is None:
            del found["id"]
        self._rows.setdefault(row._meta.db_table, []).append(found)

    def change(self, row, *fields: str) -> None:
        """Write these fields of a model that is in the database, as they stand when all is written."""
        _, known = self._changed.setdefault((row._meta.db_table, row.pk), (row, set()))
        known.update(fields)

    def fact(self, event: Event, *, at: dt.datetime, by: Actor) -> None:
        """Store a fact and, where anyone listens, its dispatch job."""
        told = {"name": event.name(), "body_id": event.body_id, "payload": event.payload()}
        self._facts.append(told | {"at": at, "by": str(by)})

    def job(self, name: str, args: dict, schedule: dt.datetime | None = None, *, priority: int = 0) -> None:
        """Queue a job; `args` hold its body, key and ids. Raises LookupError for a task that nobody registered."""
        self._jobs.append(job_row(name, args, schedule, None, priority))

    def entry(self, **said) -> None:
        """Write one entry in the audit trail: what `audit.record` takes."""
        self._entry = audit.record_params(**said)

    def write(self) -> None:
        """Write all of it."""
        parts, params = [], []
        for table, rows in self._rows.items():
            parts.append(_insert(table, tuple(rows[0])))
            params.append(_json(rows))
        for number, ((table, columns), rows) in enumerate(self._changes_alike().items()):
            parts.append(_update(table, columns, number))
            params.append(_json(rows))
        if self._facts:
            parts.append(FACTS)
            params.append(_json(self._facts))
        calls = []
        if self._entry:
            calls.append(audit.RECORD)
            params += self._entry
        if self._facts or self._jobs:
            queued = [HEARD, JOBS] if self._facts else [JOBS]
            calls.append(f"procrastinate_defer_jobs_v1(array({' union all '.join(queued)}))")
            heard = [fact["name"] for fact in self._facts if handlers_of(fact["name"])]
            params += [heard, _json(self._jobs)] if self._facts else [_json(self._jobs)]
        self.__init__()
        if parts or calls:
            begun = f"with {', '.join(parts)} " if parts else ""
            with connection.cursor() as cursor:
                cursor.execute(f"{begun}select {', '.join(calls) or '1'}", params)

    def _changes_alike(self) -> dict[tuple, list[dict]]:
        """Return what has changed, by table and columns: each is one part of the statement."""
        alike: dict[tuple, list[dict]] = {}
        for (table, key), (row, fields) in self._changed.items():
            found = {
                row._meta.get_field(name).column: getattr(row, row._meta.get_field(name).attname) for name in fields
            }
            alike.setdefault((table, tuple(sorted(found))), []).append(found | {"id": key})
        return alike


@cache
def _update(table: str, columns: tuple[str, ...], number: int) -> str:
    sets = ", ".join(f'"{name}" = r."{name}"' for name in columns)
    return CHANGED.format(table=table, sets=sets, number=number)


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ",".join(f'"{name}"' for name in columns)
    values = ",".join(WORKED_OUT.get(name, f'r."{name}"') for name in columns)
    return ROWS.format(table=table, columns=names, values=values)


def _json(rows: list[dict]) -> str:
    return json.dumps(rows, default=_text)


@cache
def _columns(model: type) -> tuple[tuple[str, str], ...]:
    """Return each column of a model with the name of its value."""
    return tuple((field.column, field.attname) for field in model._meta.concrete_fields)


def _text(value) -> str:
    """Return a value as PostgreSQL reads it from text."""
    return "\\x" + bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
