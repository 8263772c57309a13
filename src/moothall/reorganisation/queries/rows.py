"""Every row of a database before and after: whether what was carried out on a copy and undone there left it as it was.

Rows are compared by a fingerprint of all their values, so that a count that happens to agree hides nothing.
"""

from dataclasses import dataclass

import psycopg

from moothall.reorganisation.queries.plans import chapters

#: What the run itself keeps about itself.
OWN = (
    "core_operation", "core_receipt", "procrastinate_jobs", "procrastinate_events", "procrastinate_workers",
    "reorganisation_plan", "reorganisation_stage", "reorganisation_moved", "reorganisation_heir",
)  # fmt: skip
TABLES = """
select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
and not relname = any(%s) order by 1"""
KEEP = "create temporary table row_before (place_of text not null, seal bigint not null)"
REMEMBER = "insert into row_before select %s, hashtextextended(t::text, 0) from {table} t"
COMPARE = """
with was as (select seal, count(*) as n from row_before where place_of = %s group by seal),
  now as (select hashtextextended(t::text, 0) as seal, count(*) as n from {table} t group by 1)
select coalesce(sum(greatest(coalesce(was.n, 0) - coalesce(now.n, 0), 0)), 0)::bigint,
  coalesce(sum(greatest(coalesce(now.n, 0) - coalesce(was.n, 0), 0)), 0)::bigint
from was full join now using (seal)"""


@dataclass(frozen=True)
class Compared:
    """What came of comparing: how many tables and rows, and by table how many rows are not as they were, and are new.

    `answered` are new rows of tables in which undoing writes entries of its own: the books, the trail, histories.
    """

    tables: int
    rows: int
    lost: dict[str, int]
    added: dict[str, int]
    answered: int

    def as_dict(self) -> dict:
        """Return it as it is kept."""
        return {"tables": self.tables, "rows": self.rows, "lost": self.lost, "added": self.added,
                "answered": self.answered}  # fmt: skip


def remember(connection: psycopg.Connection) -> int:
    """Keep a fingerprint of every row of the database for as long as this connection lasts; return how many rows."""
    connection.execute(KEEP)
    found = sum(connection.execute(REMEMBER.format(table=table), [table]).rowcount for table in _tables(connection))
    connection.execute("create index on row_before (place_of)")
    connection.execute("analyze row_before")
    connection.commit()
    return found


def compared(connection: psycopg.Connection, rows: int) -> Compared:
    """Return how the database differs from what was remembered on this connection, `rows` rows of it."""
    grows = {table for _, chapter in chapters() for table in chapter.grows}
    recounted = {table for _, chapter in chapters() for table in chapter.recounted}
    lost, added, answered = {}, {}, 0
    tables = _tables(connection)
    for table in tables:
        gone, new = connection.execute(COMPARE.format(table=table), [table]).fetchone()
        if table in grows | recounted:
            answered, new = answered + new, 0
        if gone and table not in recounted:
            lost[table] = gone
        if new:
            added[table] = new
    connection.commit()
    return Compared(len(tables), rows, lost, added, answered)


def _tables(connection: psycopg.Connection) -> list[str]:
    return [row[0] for row in connection.execute(TABLES, [list(OWN)])]
