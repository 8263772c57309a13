"""Row security, declared in migrations: one of these for every table, and a lint that reads the database.

Every secured table is forced, has one permissive policy for all and one RESTRICTIVE policy for the app's role;
the owner (migrations, the few definer functions) sees all rows. Policies that OR would widen, so there is one.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from django.conf import settings
from django.db.migrations.operations.base import Operation

BODY = "body_id = any((select app_bodies())::smallint[])"
TEAM = "(only_team = '' or only_team = any((select app_teams())::text[]) or '*' = any((select app_teams())::text[]))"
"""A row that names a team is that team's alone, and the platform's own jobs'."""


class _Sql(ABC, Operation):
    """Runs SQL that is worked out when the migration runs, as it names the app's role."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label, state):
        """Change nothing that models know of."""

    @abstractmethod
    def sql(self, role: str) -> Iterable[str]:
        """Return the statements, for the app's role."""

    def reverse_sql(self, role: str) -> list[str]:
        return []

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for statement in self.sql(settings.DATABASE_APP_ROLE):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for statement in self.reverse_sql(settings.DATABASE_APP_ROLE):
            schema_editor.execute(statement, params=None)


class PolicyRows(_Sql):
    """Let the app see and write only the rows for which `using` holds (and write only where `check` holds).

    With `read` rows are read by another rule than they are written; then `add` may narrow who adds one.
    """

    def __init__(
        self, table: str, using: str, check: str | None = None, *, read: str | None = None, add: str | None = None
    ):
        self.table, self.using, self.check, self.read, self.add = table, using, check or using, read, add

    def deconstruct(self):
        return self.__class__.__name__, [self.table, self.using, self.check], {"read": self.read, "add": self.add}

    def sql(self, role):
        yield f"alter table {self.table} enable row level security"
        yield f"alter table {self.table} force row level security"
        yield f"create policy everyone on {self.table} using (true) with check (true)"
        if self.read is None:
            yield (
                f"create policy scope on {self.table} as restrictive for all to {role} "
                f"using ({self.using}) with check ({self.check})"
            )
            return
        yield f"create policy scope on {self.table} as restrictive for select to {role} using ({self.read})"
        insert = f"as restrictive for insert to {role} with check ({self.add or self.check})"
        yield f"create policy scope_insert on {self.table} {insert}"
        yield (
            f"create policy scope_update on {self.table} as restrictive for update to {role} "
            f"using ({self.using}) with check ({self.check})"
        )
        yield f"create policy scope_delete on {self.table} as restrictive for delete to {role} using ({self.using})"

    def reverse_sql(self, role):
        for name in ("scope", "scope_insert", "scope_update", "scope_delete", "everyone"):
            yield f"drop policy if exists {name} on {self.table}"
        yield f"alter table {self.table} no force row level security"
        yield f"alter table {self.table} disable row level security"

    def describe(self):
        return f"Row security on {self.table}"


class BodyRows(PolicyRows):
    """Let the app see and write only rows of the scope's bodies (`body_id`); `also` widens it, say, to a person."""

    def __init__(self, table: str, *, also: str | None = None):
        self.also = also
        super().__init__(table, f"{BODY} or {also}" if also else BODY)

    def deconstruct(self):
        return "BodyRows", [self.table], {"also": self.also}


class Open(_Sql):
    """Declare a table free of case and personal data: readable by all, with the reason kept in the database."""

    def __init__(self, table: str, reason: str, *, write: bool = True):
        self.table, self.reason, self.write = table, reason, write

    def deconstruct(self):
        return "Open", [self.table, self.reason], {"write": self.write}

    def sql(self, role):
        quoted = self.reason.replace("'", "''")
        yield f"comment on table {self.table} is 'open: {quoted}'"
        if not self.write:
            yield f"revoke insert, update, delete on {self.table} from {role}"

    def describe(self):
        return f"{self.table} is open: {self.reason}"


class AppendOnly(_Sql):
    """Keep history: the app may add rows and never change or remove one; a trigger refuses even the owner."""

    def __init__(self, table: str):
        self.table = table

    def deconstruct(self):
        return "AppendOnly", [self.table], {}

    def sql(self, role):
        yield f"revoke update, delete, truncate on {self.table} from {role}"
        yield (
            f"create trigger {self.table}_append_only before update or delete or truncate on {self.table} "
            "for each statement execute function app_refuse_change()"
        )

    def reverse_sql(self, role):
        yield f"drop trigger if exists {self.table}_append_only on {self.table}"

    def describe(self):
        return f"{self.table} is added to, never edited"


class Definer(_Sql):
    """Create a SECURITY DEFINER function that the app may call; the SQL must fix its search_path.

    `signature` is the name with argument types; the lint compares the database with these declarations.
    """

    def __init__(self, sql: str, signature: str, reason: str):
        self.create, self.signature, self.reason = sql, signature, reason

    def deconstruct(self):
        return "Definer", [self.create, self.signature, self.reason], {}

    def sql(self, role):
        quoted = self.reason.replace("'", "''")
        yield self.create
        yield f"revoke all on function {self.signature} from public"
        yield f"grant execute on function {self.signature} to {role}"
        yield f"comment on function {self.signature} is 'definer: {quoted}'"

    def reverse_sql(self, role):
        yield f"drop function if exists {self.signature}"

    def describe(self):
        return f"Definer function {self.signature}"


class ReadOnly(_Sql):
    """Let the app read a table and never write it: only its chapter's definer functions do."""

    def __init__(self, table: str):
        self.table = table

    def deconstruct(self):
        return "ReadOnly", [self.table], {}

    def sql(self, role):
        yield f"revoke insert, update, delete, truncate on {self.table} from {role}"

    def reverse_sql(self, role):
        yield f"grant insert, update, delete on {self.table} to {role}"

    def describe(self):
        return f"{self.table} is written by functions only"


class NoDelete(_Sql):
    """Let the app add and update rows of a table, and never remove one."""

    def __init__(self, table: str):
        self.table = table

    def deconstruct(self):
        return "NoDelete", [self.table], {}

    def sql(self, role):
        yield f"revoke delete, truncate on {self.table} from {role}"

    def reverse_sql(self, role):
        yield f"grant delete on {self.table} to {role}"

    def describe(self):
        return f"Rows of {self.table} stay"


class UpdateOnly(_Sql):
    """Let the app change only these columns of a table; the rest are kept by triggers and functions."""

    def __init__(self, table: str, columns: tuple[str, ...]):
        self.table, self.columns = table, tuple(columns)

    def deconstruct(self):
        return "UpdateOnly", [self.table, self.columns], {}

    def sql(self, role):
        yield f"revoke update on {self.table} from {role}"
        yield f"grant update ({', '.join(self.columns)}) on {self.table} to {role}"

    def reverse_sql(self, role):
        yield f"grant update on {self.table} to {role}"

    def describe(self):
        return f"Only {', '.join(self.columns)} of {self.table} may be changed"
