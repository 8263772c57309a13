"""Some rows are one team's alone: which teams a transaction speaks for, and files and messages that are kept to one."""

from django.db import migrations, models

from moothall.core.rows import BODY, TEAM, PolicyRows

FUNCTION = """
create function app_teams() returns text[] language sql stable parallel safe as $$
  select case when current_setting('app.actor', true) ~ '^(system|external)(:|$)' then array['*']
    else coalesce(string_to_array(nullif(current_setting('app.teams', true), ''), ','), '{}') end
$$;
"""
MINE = "case_id = (select app_case()) or person_id = (select app_person())"
SEEN = f"(seen_by && (select app_bodies())::smallint[] and {TEAM}) or {MINE}"
PUBLIC = "public_from <= (now() at time zone 'Europe/London')::date"
FROM_PLATFORM = "body_id = 0 and (select app_purpose()) in ('demo outbox', 'message', 'sign-in message')"


def replaced(table: str, policy: PolicyRows) -> list:
    """Drop a table's policies and declare them anew."""
    drop = "; ".join(
        f"drop policy if exists {name} on {table}"
        for name in ("scope", "scope_insert", "scope_update", "scope_delete", "everyone")
    )
    return [migrations.RunSQL(drop, migrations.RunSQL.noop), policy]


class Migration(migrations.Migration):
    dependencies = [("core", "0010_published_about_nobody")]

    operations = [
        migrations.RunSQL(FUNCTION, "drop function app_teams()"),
        *(
            migrations.AddField(model, "only_team", models.CharField(
                blank=True, default="", max_length=40,
                help_text="Code of the one team that may read it; empty: all of them",
            ))
            for model in ("file", "outgoing")
        ),
        *replaced("core_file", PolicyRows("core_file", SEEN, f"{BODY} or {MINE}", read=f"{SEEN} or {PUBLIC}")),
        *replaced("core_outgoing", PolicyRows("core_outgoing", f"({BODY} and {TEAM}) or {MINE} or ({FROM_PLATFORM})")),
    ]  # fmt: skip
