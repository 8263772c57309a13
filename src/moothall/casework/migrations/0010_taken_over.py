from django.db import migrations, models

from moothall.core.rows import Definer

TRACK = """
create function casework_track(p_reference text, p_digest bytea) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select id from casework_case c where c.reference = p_reference
    and (p_digest = any(c.contact_digests)
      or exists (select 1 from casework_follower f where f.body_id = c.body_id and f.case_id = c.id
                 and f.contact_digest = p_digest and f.stopped_at is null))
$$
"""


class Migration(migrations.Migration):
    """A case keeps its reference when another body takes it over, so cases are found by reference alone."""

    dependencies = [("casework", "0009_former")]

    operations = [
        migrations.RemoveConstraint("case", "casework_case_number"),
        migrations.AddConstraint(
            "case", models.UniqueConstraint(fields=["body", "reference"], name="casework_case_reference")
        ),
        migrations.AddIndex("case", models.Index(fields=["reference"], name="casework_case_by_reference")),
        migrations.RunSQL("drop function casework_track(smallint, int, bytea)", migrations.RunSQL.noop),
        Definer(
            TRACK,
            "casework_track(text, bytea)",
            "Finds one case for who knows its reference and the contact it was opened with; callers limit the rate.",
        ),
    ]
