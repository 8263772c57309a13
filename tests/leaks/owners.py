"""One made-up row in every guarded table for each owner: bodies and residents who have nothing in common."""

import datetime as dt
from dataclasses import dataclass
from uuid import NAMESPACE_OID, UUID, uuid5

from psycopg import sql
from psycopg.types.json import Jsonb
from tests.leaks.catalogue import Catalogue, Column
from tests.world import ASHBY, BORLEY, EASTWOLD, MARCHSHIRE

from moothall.core.actor import Actor
from moothall.core.scope import Scope

AT = dt.datetime(2026, 4, 1, 9, 0, tzinfo=dt.UTC)
BY_NAME = {
    "case_id": ("casework_case", "id"),
    "step_id": ("casework_step", "id"),
    "person_id": ("people_person", "id"),
    "other_id": ("people_person", "id"),
    "file_id": ("core_file", "id"),
}
"""What a column that has no foreign key names, as chapters may hold a bare id of a lower one."""

CONSTRAINTS = (
    "select conrelid::regclass::text, conname from pg_constraint where contype in ('c', 'x', 'p', 'u') "
    "and connamespace = 'public'::regnamespace and conrelid <> 0"
)
UNIQUE = (
    "select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid "
    "where c.relnamespace = 'public'::regnamespace and i.indisunique"
)
PLAIN = {
    "boolean": False,
    "date": AT.date(),
    "timestamp with time zone": AT,
    "double precision": 1.5,
    "numeric": 1,
    "bytea": b"CANARY",
    "tsvector": "canary",
}
"""Values that say nothing of the owner."""


class UnknownType(Exception):
    """A guarded table has a column of a type that no row can be made for: add the type to PLAIN."""


@dataclass(frozen=True)
class Owner:
    """Whose rows: of a body's staff, or of a resident (whose rows no body collected)."""

    name: str
    number: int
    body_id: int | None

    @property
    def scope(self) -> Scope:
        """Return all that this owner may ever be given: a body's staff their body, a resident person and case."""
        if self.body_id:
            return Scope(
                account=self.number,
                bodies=(self.body_id,),
                purpose="staff",
                actor=Actor("staff", str(self.number), self.body_id),
            )
        person, case = self.uuid("people_person", "id"), self.uuid("casework_case", "id")
        actor = Actor("resident", str(self.number))
        return Scope(account=self.number, person=person, case=case, purpose="front door", actor=actor)

    def uuid(self, table: str, column: str) -> UUID:
        """Return this owner's value of a column of random ids."""
        return uuid5(NAMESPACE_OID, f"{table}.{column}.{self.name}")


OWNERS = {
    owner.name: owner
    for owner in (
        Owner("Marchshire", 910001, MARCHSHIRE),
        Owner("Ashby", 910002, ASHBY),
        Owner("Borley", 910003, BORLEY),
        Owner("Eastwold", 910004, EASTWOLD),
        Owner("Ann", 910005, None),
        Owner("Bob", 910006, None),
    )
}
NOBODY = Scope(purpose="front door", actor=Actor("contact"))


def value(known: Catalogue, table: str, column: Column, owner: Owner):
    """Return what an owner's row holds in a column; what points at a row points at the same owner's.

    Raises UnknownType.
    """
    name, type_ = column.name, column.kind
    target = known.keys.get((table, name)) or BY_NAME.get(name)
    if name == "body_id" or (target and target[0] == "bodies_body"):
        return owner.body_id or (owner.number - 910000 + 1000 if column.needed else None)
    if name == "account_id" or (target and target[0] == "core_account"):
        return owner.number
    if target and target[0] in known.columns and target != (table, name):
        pointed = next(one for one in known.columns[target[0]] if one.name == target[1])
        return value(known, target[0], pointed, owner)
    if type_.endswith("[]"):
        return _several(name, type_, owner)
    if type_ == "uuid":
        return owner.uuid(table, name)
    if type_ in ("smallint", "integer", "bigint"):
        return owner.number % 30000 if type_ == "smallint" else owner.number
    if name == "only_team":
        return ""  # what one team alone sees has a test of its own
    if type_ in ("text", "character varying"):
        return f"CANARY-{owner.name}"
    if type_ == "jsonb":
        return Jsonb({"word": f"CANARY-{owner.name}"})
    if name in ("expires", "public_from"):
        return dt.date(2999, 1, 1)  # what is withheld is not public yet
    if type_ in PLAIN:
        return PLAIN[type_]
    raise UnknownType(f"{table}.{name} is {type_}")


def _several(name, type_, owner):
    """Return a list of one where the list says whose the row is, else an empty list."""
    if name in ("seen_by", "member_ids", "author_ids"):
        return [owner.body_id] if owner.body_id else []
    if type_ == "uuid[]" and name == "person_ids":
        return [owner.uuid("people_person", "id")]
    return []


def plant(admin, known: Catalogue) -> dict[str, dict[str, str]]:
    """Give every owner one row in every guarded table; return {table: {owner: where the row is}}.

    Checks, keys and triggers are switched off in this throwaway database: they are no part of the isolation,
    and a row need not make sense to show whether it can be seen.
    """
    admin.execute("set session_replication_role = replica")
    for table, name in admin.execute(CONSTRAINTS).fetchall():
        admin.execute(f'alter table {table} drop constraint if exists "{name}" cascade')
    for (name,) in admin.execute(UNIQUE).fetchall():
        admin.execute(f"drop index {name}")
    return {table: {name: put(admin, known, table, owner) for name, owner in OWNERS.items()} for table in known.tables}


def insert(known: Catalogue, table: str, owner: Owner) -> tuple[sql.Composed, list]:
    """Return the statement and the values that add an owner's row."""
    columns = known.columns[table]
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
    gaps = sql.SQL(", ").join(sql.SQL("%s::") + sql.SQL(column.type) for column in columns)
    statement = sql.SQL("insert into {} ({}) overriding system value values ({})")
    return statement.format(sql.Identifier(table), names, gaps), [value(known, table, one, owner) for one in columns]


def put(admin, known: Catalogue, table: str, owner: Owner) -> str:
    """Add an owner's row to a table and return where it is."""
    statement, values = insert(known, table, owner)
    return admin.execute(statement + sql.SQL(" returning ctid::text"), values).fetchone()[0]
