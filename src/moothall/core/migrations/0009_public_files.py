"""A file that belongs to something published is read by everybody from its day on."""

from django.db import migrations, models

from moothall.core.rows import BODY, PolicyRows

MINE = "case_id = (select app_case()) or person_id = (select app_person())"
SEEN = f"seen_by && (select app_bodies())::smallint[] or {MINE}"
PUBLIC = "public_from <= (now() at time zone 'Europe/London')::date"


class Migration(migrations.Migration):
    dependencies = [("core", "0008_operation")]

    operations = [
        migrations.AddField("file", "public_from", models.DateField(
            null=True, help_text="The day from which everybody may read it; empty: only who is named here",
        )),
        migrations.RunSQL(
            "drop policy scope on core_file; drop policy everyone on core_file;", migrations.RunSQL.noop
        ),
        PolicyRows("core_file", SEEN, f"{BODY} or {MINE}", read=f"{SEEN} or {PUBLIC}"),
    ]
