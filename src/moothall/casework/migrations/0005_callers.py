"""Find the cases of a caller by a contact they were opened with."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from moothall.core.rows import Definer

CALLERS = """
create function casework_callers(p_digests bytea[], p_limit int) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select id from casework_case where contact_digests && p_digests and seen_by && app_bodies()::smallint[]
  order by opened_at desc limit p_limit
$$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_search")]

    operations = [
        migrations.AddIndex("case", GinIndex(fields=["contact_digests"], name="casework_case_contact")),
        Definer(
            CALLERS,
            "casework_callers(bytea[], int)",
            "Finds the cases of a contact among those that the scope's own bodies may see.",
        ),
    ]
