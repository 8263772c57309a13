"""A resident sees the cases of everyone they are: links of people count, and their undoing does."""

from django.db import migrations

from moothall.core.rows import PolicyRows

BODIES = "(select app_bodies())::smallint[]"
ME = "person_id = any((select people_identity())::uuid[])"
CASE = f"id = (select app_case()) or {ME} or seen_by && {BODIES}"
DRAFT = f"id = (select app_case()) or {ME}"
FOLLOWER = f"exists (select 1 from casework_case c where c.id = case_id and c.seen_by && {BODIES}) or {ME}"


def replaced(table, using):
    """Drop a table's policies and declare them anew."""
    drop = f"drop policy scope on {table}; drop policy everyone on {table};"
    return [migrations.RunSQL(drop, migrations.RunSQL.noop), PolicyRows(table, using)]


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_rows"), ("people", "0002_row_security")]

    operations = [
        *replaced("casework_case", CASE),
        *replaced("casework_draft", DRAFT),
        *replaced("casework_follower", FOLLOWER),
    ]
