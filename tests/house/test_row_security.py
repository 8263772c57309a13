"""What the database itself says about row security, after all migrations."""

import pytest

pytestmark = pytest.mark.django_db

FRAMEWORK = {
    "django_migrations", "django_content_type", "django_session", "auth_group", "auth_group_permissions",
    "auth_permission", "account_emailaddress", "account_emailconfirmation", "mfa_authenticator",
    "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken",
    "procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers",
}  # fmt: skip
TABLES = (
    "select c.oid, c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r','p')"
)


def rows(sql):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def test_every_table_is_secured_or_declared_open_with_a_reason():
    bare = rows(
        f"select t.relname from ({TABLES}) t join pg_class c using (oid) "
        "where not (c.relrowsecurity and c.relforcerowsecurity) "
        "and coalesce(obj_description(t.oid, 'pg_class'), '') not like 'open: %'"
    )
    assert set(bare) - FRAMEWORK == set(), "declare BodyRows, PolicyRows or Open in the migration of these tables"


def test_every_table_with_a_body_is_secured_unless_it_is_declared_open():
    assert (
        rows(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'body_id' "
            "where c.relnamespace = 'public'::regnamespace and c.relkind in ('r','p') and not a.attisdropped "
            "and not (c.relrowsecurity and c.relforcerowsecurity) "
            "and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'open: %'"
        )
        == []
    )


def test_every_secured_table_has_exactly_one_permissive_and_a_restrictive_policy_for_the_app():
    from django.conf import settings

    loose = rows(
        "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relrowsecurity and ("
        "(select count(*) from pg_policy p where p.polrelid = c.oid and p.polpermissive) <> 1 or "
        "not exists (select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive "
        f"and p.polroles = array['{settings.DATABASE_APP_ROLE}'::regrole::oid] and p.polcmd in ('*', 'r')))"
    )
    assert loose == []


def test_no_view_runs_with_its_owner_s_eyes():
    assert (
        rows(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and (relkind = 'm' or "
            "relkind = 'v' and not coalesce(reloptions @> array['security_invoker=true'], false))"
        )
        == []
    )


def test_definer_functions_are_declared_and_fix_their_search_path():
    assert (
        rows(
            "select oid::regprocedure from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and ("
            "coalesce(obj_description(oid, 'pg_proc'), '') not like 'definer: %' "
            "or not exists (select 1 from unnest(proconfig) setting where setting like 'search_path=%'))"
        )
        == []
    )


def test_the_app_s_role_is_unprivileged_and_owns_nothing():
    from django.conf import settings

    role = settings.DATABASE_APP_ROLE
    assert (
        rows(
            f"select rolname from pg_roles where rolname = '{role}' and (rolsuper or rolbypassrls or rolcreaterole) "
            f"union all select relname from pg_class where relowner = '{role}'::regrole "
            f"union all select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid "
            f"where m.member = '{role}'::regrole"
        )
        == []
    )


def test_the_app_may_not_truncate_or_add_triggers():
    from django.conf import settings

    assert (
        rows(
            f"select relname from ({TABLES}) t "
            f"where has_table_privilege('{settings.DATABASE_APP_ROLE}', oid, 'truncate,references,trigger')"
        )
        == []
    )


def test_unique_keys_of_a_body_s_table_hold_the_body_so_that_they_tell_an_outsider_nothing():
    """Random identifiers (uuid columns) tell nothing and may stand alone."""
    assert (
        rows(
            "select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid "
            "join pg_attribute b on b.attrelid = c.oid and b.attname = 'body_id' "
            "where c.relnamespace = 'public'::regnamespace and c.relrowsecurity and i.indisunique "
            "and not i.indisprimary "
            "and not (b.attnum = any(i.indkey::int2[])) and not exists (select 1 from pg_attribute u "
            "where u.attrelid = c.oid and u.attnum = any(i.indkey::int2[]) and u.atttypid = 'uuid'::regtype)"
        )
        == []
    )
