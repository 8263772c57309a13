"""What one action changes, gathered and written together: rows in one statement, jobs in one, facts each in one."""

import datetime as dt
import json

from django.db import connection

from moothall.casework.models import Case
from moothall.casework.models import Event as CaseHistory
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.events import Event, publish
from moothall.core.queue import defer_many

#: Columns that the database works out from the text given.
WORKED_OUT = {"search": "to_tsvector('simple', %s)"}


class Changes:
    """Rows to add, jobs to queue and facts to tell about one case, in the caller's transaction."""

    def __init__(self, case: Case, *, at: dt.datetime, by: Actor):
        self.case, self.at, self.by = case, at, by
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str, list] = {}
        self._jobs: list[tuple] = []
        self._facts: list[Event] = []
        self._kinds: list[str] = []

    def add(self, row) -> None:
        """Add the row of an unsaved model, as it will stand when all is written."""
        self._rows.setdefault(row._meta.db_table, []).append(row)

    def happened(self, kind: str, **data) -> None:
        """Add to the case's history: ids and codes only."""
        case = self.case
        self.add(CaseHistory(case_id=case.pk, body_id=case.body_id, at=self.at, kind=kind, by=str(self.by), data=data))
        self._kinds.append(kind)

    def send(self, message) -> None:
        """Add a message to the resident and queue its sending."""
        self.add(message)
        args = {"body": self.case.body_id, "key": f"letter:{message.pk}", "message_id": str(message.pk)}
        self.job("casework.letter", args)

    def job(self, name: str, args: dict, schedule: dt.datetime | None = None) -> None:
        """Queue a job; `args` hold its body, key and ids. Jobs of one case wait for each other at its row."""
        self._jobs.append((name, args, schedule, None))

    def tell(self, event: Event) -> None:
        """Publish a fact to the chapters above."""
        self._facts.append(event)

    def write(self) -> None:
        """Write all of it with one entry in the audit trail; nothing is kept for a second time."""
        _insert_together(self._rows)
        if self._kinds:
            audit.record(
                action=f"case.{self._kinds[0]}",
                object=f"case:{self.case.pk}",
                body_id=self.case.body_id,
                at=self.at,
                by=self.by,
                data={"also": self._kinds[1:]} if self._kinds[1:] else None,
            )
        for fact in self._facts:
            publish(fact, at=self.at, by=self.by)
        defer_many(self._jobs)
        self._forget()


def _insert_together(rows: dict[str, list]) -> None:
    """Insert unsaved models of several tables in one statement."""
    parts, params = [], []
    for table, models in rows.items():
        found = [_columns(model) for model in models]
        names = list(found[0])
        one = "(" + ", ".join(WORKED_OUT.get(name, "%s") for name in names) + ")"
        listed = ", ".join(f'"{name}"' for name in names)
        parts.append(f"in_{table} as (insert into {table} ({listed}) values {', '.join([one] * len(found))})")
        params += [_plain(row[name]) for row in found for name in names]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute("with " + ", ".join(parts) + " select 1", params)


def _columns(row) -> dict:
    """Return a model's values by column; a serial key that is not set yet is left to the database."""
    found = {field.column: getattr(row, field.attname) for field in row._meta.concrete_fields}
    if found.get("id", "") is None:
        del found["id"]
    return found


def _plain(value):
    return json.dumps(value, default=str) if isinstance(value, dict) else value
