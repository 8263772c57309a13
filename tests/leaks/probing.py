"""Tries, in one scope as the app's role, to read and write every row of a table that belongs to somebody else."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from tests.leaks.catalogue import Catalogue
from tests.leaks.owners import OWNERS, Owner, insert, value

from moothall.core.scope import SET, Scope
from moothall.site.database import APP

ADDED_TO = (OWNERS["Marchshire"], OWNERS["Ann"])
"""The owners that rows are added to: one body and one resident, as an insert is judged by kind of owner alone."""


@contextmanager
def undone(admin) -> Iterator[None]:
    """Run a block and undo what it wrote."""
    with admin.transaction(force_rollback=True):
        yield


def probe(admin, known: Catalogue, rows: dict, table: str, scope: Scope, own: Owner | None = None) -> list[str]:
    """Return what the scope can do to the rows of a table that are not `own`'s: nothing, if they are isolated."""
    foreign = {place: name for name, place in rows[table].items() if not own or name != own.name}
    taker = own or OWNERS["Eastwold"]
    found = []
    if table not in known.published:
        found += [f"sees {name}'s" for name in _seen(admin, table, scope, foreign)]
    for other in ADDED_TO:
        if other is not own and _may_add(admin, known, table, scope, other):
            found.append(f"adds to {other.name}'s")
    if own and _may_push(admin, known, table, own, rows[table][own.name]):
        found.append("pushes a row of its own into another's")
    for verb, statement, values in _writes(known, table, taker):
        found += [f"{verb} {name}'s" for name in _hit(admin, statement, values, table, scope, foreign)]
    return found


def sees(admin, table: str, scope: Scope, place: str) -> bool:
    """Tell whether a scope sees the row at a place of a table."""
    return bool(_seen(admin, table, scope, {place: "it"}))


def any_row(admin, table: str, scope: Scope) -> bool:
    """Tell whether a scope sees anything in a table."""
    with undone(admin):
        _as_app(admin, scope)
        return bool(admin.execute(sql.SQL("select 1 from {} limit 1").format(sql.Identifier(table))).fetchone())


def _as_app(admin, scope: Scope) -> None:
    """Become the app's role with a scope, until the transaction ends."""
    admin.execute(f"set local role {APP}")
    admin.execute(SET, scope.settings())


def _seen(admin, table, scope, places) -> list[str]:
    with undone(admin):
        _as_app(admin, scope)
        try:
            found = admin.execute(sql.SQL("select ctid::text from {}").format(sql.Identifier(table))).fetchall()
        except psycopg.errors.InsufficientPrivilege:
            return []
    return [places[place] for (place,) in found if place in places]


def _may_add(admin, known, table, scope, other) -> bool:
    with undone(admin):
        _as_app(admin, scope)
        try:
            admin.execute(*insert(known, table, other))
        except psycopg.errors.InsufficientPrivilege:
            return False
        return True


def _may_push(admin, known, table, own, place) -> bool:
    """Tell whether an owner can make a row of their own into one that a body sees as its own."""
    columns = [column for column in known.columns[table] if column.may_update]
    other = OWNERS["Marchshire"]
    if not columns or other is own:
        return False
    before = _count(admin, known, table, other)
    with undone(admin):
        try:
            with admin.transaction():
                _as_app(admin, own.scope)
                admin.execute(*_overwrite(known, table, columns, other))
                admin.execute("reset role")
        except psycopg.errors.InsufficientPrivilege:
            return False
        return _count(admin, known, table, other) > before


def _count(admin, known, table, owner) -> int:
    """Return how many rows of a table an owner sees, or where everybody sees them all, how many are theirs."""
    counted = sql.SQL("select count(*) from {}").format(sql.Identifier(table))
    with undone(admin):
        if table in known.published:
            return admin.execute(counted + sql.SQL(" where body_id = %s"), [owner.body_id]).fetchone()[0]
        _as_app(admin, owner.scope)
        return admin.execute(counted).fetchone()[0]


def _overwrite(known, table, columns, owner):
    pairs = sql.SQL(", ").join(
        sql.SQL("{} = %s::").format(sql.Identifier(column.name)) + sql.SQL(column.type) for column in columns
    )
    statement = sql.SQL("update {} set ").format(sql.Identifier(table)) + pairs
    return statement, [value(known, table, column, owner) for column in columns]


def _writes(known, table, taker):
    """Yield what a thief tries: to take rows over by writing their own values into them, and to remove rows."""
    columns = [column for column in known.columns[table] if column.may_update]
    if columns:
        yield "overwrites", *_overwrite(known, table, columns, taker)
    yield "removes", sql.SQL("delete from {}").format(sql.Identifier(table)), []


def _hit(admin, statement, values, table, scope, places) -> list[str]:
    """Return the owners of the rows at these places that are no longer as they were after a write by the app."""
    with undone(admin):
        try:
            with admin.transaction():
                _as_app(admin, scope)
                admin.execute(statement, values)
                admin.execute("reset role")
        except psycopg.errors.InsufficientPrivilege:
            return []
        still = {
            place for (place,) in admin.execute(sql.SQL("select ctid::text from {}").format(sql.Identifier(table)))
        }
    return [name for place, name in places.items() if place not in still]
