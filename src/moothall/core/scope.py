"""Who may see what, for one transaction: PostgreSQL's row security reads what is set here.

Nothing set means no rows. The settings are local to the transaction, so a pooled connection carries nothing over.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection, transaction

from moothall.core.actor import Actor

SETTINGS = ("app.account", "app.bodies", "app.person", "app.case", "app.purpose", "app.actor", "app.teams")
SET = "select " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)


EVERY_TEAM = ("*",)
"""Sees what is kept to one team of its bodies, whichever: for work on a whole body. Jobs do so without naming it."""


@dataclass(frozen=True)
class Scope:
    """What one transaction may see: the rows of these bodies, this person, this one case, for this purpose.

    `teams` are the codes of the teams it speaks for: a row that one team alone may see is shown to no other.
    """

    account: int | None = None
    bodies: tuple[int, ...] = ()
    person: UUID | None = None
    case: UUID | None = None
    purpose: str = ""
    actor: Actor = Actor("contact")
    teams: tuple[str, ...] = ()

    def settings(self) -> list[str]:
        """Return the values for PostgreSQL, in the order of SETTINGS; empty text stands for nothing."""
        bodies = ",".join(str(int(body)) for body in self.bodies)
        teams = ",".join(self.teams)
        values = (self.account, bodies, self.person, self.case, self.purpose, self.actor, teams)
        return ["" if value is None else str(value) for value in values]

    def narrowed(self, **changes) -> "Scope":
        """Return this scope with some parts replaced."""
        return replace(self, **changes)


NOBODY = Scope()
_current: ContextVar[Scope] = ContextVar("scope", default=NOBODY)


def current_scope() -> Scope:
    """Return the scope that is in force."""
    return _current.get()


def _apply(scope: Scope, also: str = "", params: tuple = ()) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(SET + also, [*scope.settings(), *params])
        return cursor.fetchone()[len(SETTINGS) :]


def rescope(scope: Scope, also: str = "", params: tuple = ()) -> tuple:
    """Replace the scope for the rest of the transaction that `scoped` opened.

    `also`, ", columns from function(...)", is asked in the same statement and its one row returned; the function must
    not depend on the scope.
    """
    answer = _apply(scope, also, params)
    _current.set(scope)
    return answer


@contextmanager
def scoped(scope: Scope) -> Iterator[Scope]:
    """Run a block in one transaction that sees only what the scope allows.

    Nested, it runs in a savepoint and puts the earlier scope back at the end (a setting made inside a savepoint
    stays after the savepoint is released; when the savepoint is rolled back, PostgreSQL puts it back itself).
    """
    before, nested = current_scope(), connection.in_atomic_block
    token = _current.set(scope)
    try:
        with transaction.atomic():
            _apply(scope)
            yield scope
            if nested and not connection.needs_rollback:
                _apply(before)
    finally:
        _current.reset(token)
