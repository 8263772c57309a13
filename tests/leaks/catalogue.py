"""What the database's own catalogue says of its guarded tables, so that a new table joins the tests by itself."""

import re
from dataclasses import dataclass

from moothall.site.database import APP

TABLES = (
    "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') "
    "and c.relrowsecurity order by c.relname"
)
COLUMNS = (
    "select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, "
    "has_column_privilege(%s, c.oid, a.attnum, 'update') from pg_attribute a join pg_class c on c.oid = a.attrelid "
    "where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity "
    "and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by c.relname, a.attnum"
)
KEYS = (
    "select c.conrelid::regclass::text, f.attname, c.confrelid::regclass::text, t.attname from pg_constraint c, "
    "unnest(c.conkey, c.confkey) k (f, t), pg_attribute f, pg_attribute t where c.contype = 'f' "
    "and f.attrelid = c.conrelid and f.attnum = k.f and t.attrelid = c.confrelid and t.attnum = k.t"
)
POLICIES = (
    "select polrelid::regclass::text, polname, polcmd::text, pg_get_expr(polqual, polrelid), "
    "pg_get_expr(polwithcheck, polrelid) from pg_policy where not polpermissive order by 1, 2"
)
LENGTH = re.compile(r"\([\d,]+\)")
COMMANDS = {"r": ("select",), "a": ("insert",), "w": ("update",), "d": ("delete",)}
COMMANDS["*"] = ("select", "insert", "update", "delete")


@dataclass(frozen=True)
class Column:
    """A column: its type, whether it must be filled, whether the app may write it anew."""

    name: str
    type: str
    needed: bool
    may_update: bool

    @property
    def kind(self) -> str:
        """Return the type without its length."""
        return LENGTH.sub("", self.type)


@dataclass(frozen=True)
class Policy:
    """A restrictive policy of the app's role: `commands` are those it speaks of."""

    table: str
    name: str
    commands: tuple[str, ...]
    using: str | None
    check: str | None

    @property
    def published(self) -> bool:
        """Tell whether it lets everybody read the whole table."""
        return self.using == "true" and "select" in self.commands


@dataclass(frozen=True)
class Catalogue:
    """The guarded tables of one database."""

    columns: dict[str, list[Column]]
    keys: dict[tuple[str, str], tuple[str, str]]
    policies: list[Policy]
    grants: dict[str, frozenset[str]]

    @property
    def tables(self) -> list[str]:
        return list(self.columns)

    @property
    def published(self) -> set[str]:
        """Return the tables that everybody may read."""
        return {policy.table for policy in self.policies if policy.published}


def read(admin) -> Catalogue:
    """Return the guarded tables of the database that `admin` is connected to."""
    columns = {table: [] for (table,) in admin.execute(TABLES).fetchall()}
    for table, *column in admin.execute(COLUMNS, [APP]).fetchall():
        columns[table].append(Column(*column))
    keys = {(table, column): (to, target) for table, column, to, target in admin.execute(KEYS).fetchall()}
    policies = [
        Policy(table, name, COMMANDS[command], using, check)
        for table, name, command, using, check in admin.execute(POLICIES).fetchall()
    ]
    grants = {table: _granted(admin, table, columns[table]) for table in columns}
    return Catalogue(columns, keys, policies, grants)


def _granted(admin, table, columns) -> frozenset[str]:
    """Return the commands that the app's role may use on a table at all."""
    whole = {
        command
        for command in ("select", "insert", "delete")
        if admin.execute("select has_table_privilege(%s, %s, %s)", [APP, table, command]).fetchone()[0]
    }
    return frozenset(whole | ({"update"} if any(column.may_update for column in columns) else set()))
