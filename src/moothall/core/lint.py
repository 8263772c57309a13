"""What the database's catalogue must say of every table once all migrations have run; asked after each `migrate`.

A rule is a query that names what breaks it, and what to write in the migration instead. The tests plant a fault for
each, so a rule that finds nothing any more is found too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

FRAMEWORK = (
    "django_migrations", "django_content_type", "django_session", "auth_group", "auth_group_permissions",
    "auth_permission", "account_emailaddress", "account_emailconfirmation", "mfa_authenticator",
    "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken",
    "procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers",
)  # fmt: skip
"""Tables of the libraries: who signs in and what is queued; no case and no person stands in them."""

OURS = "c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
CLOSED = "c.relrowsecurity and c.relforcerowsecurity"
DECLARED = "coalesce(obj_description(c.oid, 'pg_class'), '') like 'open: %'"


@dataclass(frozen=True)
class Rule:
    """One rule: the query returns the names of what breaks it; `mend` says what to do."""

    name: str
    query: str
    mend: str


RULES = (
    Rule(
        "secured",
        f"select c.relname from pg_class c where {OURS} and not ({CLOSED}) and not ({DECLARED}) "
        f"and c.relname not in {FRAMEWORK}",
        "declare BodyRows, PolicyRows or Open(reason) of core.rows in the table's migration",
    ),
    Rule(
        "policies",
        f"select c.relname from pg_class c where {OURS} and c.relrowsecurity and ("
        "(select count(*) from pg_policy p where p.polrelid = c.oid and p.polpermissive) <> 1 or "
        "not exists (select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive "
        "and p.polroles = array['{app}'::regrole::oid] and p.polcmd in ('*', 'r')))",
        "a secured table has one permissive policy for all and a restrictive one for the app's role: use BodyRows",
    ),
    Rule(
        "views",
        "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and (c.relkind = 'm' or "
        "c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false))",
        "a view must look with the reader's eyes: create it with (security_invoker = true); none may be materialised",
    ),
    Rule(
        "definers",
        "select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace "
        "and p.prosecdef and (coalesce(obj_description(p.oid, 'pg_proc'), '') not like 'definer: %' "
        "or not exists (select 1 from unnest(p.proconfig) setting where setting like 'search_path=%'))",
        "declare the function with Definer(sql, signature, reason) of core.rows, and set its search_path",
    ),
    Rule(
        "role",
        "select rolname from pg_roles where rolname = '{app}' and (rolsuper or rolbypassrls or rolcreaterole) "
        "union all select relname from pg_class where relowner = '{app}'::regrole "
        "union all select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid "
        "where m.member = '{app}'::regrole",
        "the app's role owns nothing, belongs to no other role and may not pass row security by",
    ),
    Rule(
        "powers",
        f"select c.relname from pg_class c where {OURS} "
        "and has_table_privilege('{app}', c.oid, 'truncate,references,trigger')",
        "revoke truncate, references and trigger on the table from the app's role: row security does not hold them",
    ),
    Rule(
        "unique",
        "select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid "
        "join pg_attribute b on b.attrelid = c.oid and b.attname = 'body_id' where c.relnamespace = "
        "'public'::regnamespace and c.relrowsecurity and i.indisunique and not i.indisprimary "
        "and not (b.attnum = any(i.indkey::int2[])) and not exists (select 1 from pg_attribute u "
        "where u.attrelid = c.oid and u.attnum = any(i.indkey::int2[]) and u.atttypid = 'uuid'::regtype)",
        "a unique key holds body_id, or it tells an outsider that a row exists (random ids may stand alone)",
    ),
)


def broken(ask: Callable[[str], Iterable[str]], rules: tuple[Rule, ...] = RULES) -> list[str]:
    """Return a sentence for each rule that something breaks; `ask` runs a query and returns its first column."""
    said = []
    for rule in rules:
        names = sorted(ask(rule.query.replace("{app}", settings.DATABASE_APP_ROLE)))
        if names:
            said.append(f"{', '.join(names)}: {rule.mend}")
    return said


def first_column(alias: str) -> Callable[[str], list[str]]:
    """Return what runs a query by one of Django's connections and returns its first column."""

    def ask(query: str) -> list[str]:
        with connections[alias].cursor() as cursor:
            cursor.execute(query)
            return [row[0] for row in cursor.fetchall()]

    return ask


def after_migrate(*, using: str, **told) -> None:
    """Look at the tables when the last migration has run; a fault ends `migrate` in an error. Raises CommandError."""
    executor = MigrationExecutor(connections[using])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return  # somebody migrates a part of the way: a table and its row security may stand in two migrations
    faults = broken(first_column(using))
    if faults:
        raise CommandError("The tables are not safe to use:\n- " + "\n- ".join(faults))
